package dev.tickmark.cli;

import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.completeness.CompletenessTable;
import dev.tickmark.evidence.completeness.PopulationRow;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.seal.key.SigningKey;
import dev.tickmark.evidence.seal.time.TimeAuthority;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries everything that a run needs, and keeps nothing of it. */
@Command(
        name = "doctor",
        description = {
            "Try what a run needs: configuration, credentials, permissions, clock, disk, key, time "
                    + "authority. Each problem is printed with its remedy. It reads every table once and throws "
                    + "away what it read."
        })
final class DoctorCommand extends Verb {
    private static final long LEAST_FREE_BYTES = 1L << 30;
    private static final long LARGEST_OFFSET_MS = Duration.ofMinutes(5).toMillis();
    private static final Duration EXPIRES_SOON = Duration.ofDays(30);

    @Mixin
    private final Place place = new Place();

    @Option(
            names = "--offline",
            description = "Leave out what needs the network: credentials, permissions, time authority.")
    private boolean offline;

    private final List<Exit> problems = new ArrayList<>();

    DoctorCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Setup setup = place.open(host);
        Configuration configuration = setup.configuration();
        CollectStep collect = new CollectStep(host, console, setup.catalog(), setup.tables());
        said(console, "configuration", () -> {
            collect.check(setup);
            return configuration.file().map(Path::toString).orElse("none: the default credential chain is read");
        });
        OutputFolder output = place.output(host, configuration);
        said(console, "disk", () -> disk(output));
        said(console, "key", () -> key(configuration));
        if (!offline) {
            said(console, "time authority", () -> time(configuration));
            sources(console, collect, configuration, setup.tables());
        }
        return Exit.gravest(problems);
    }

    private interface Check {
        String outcome();
    }

    private void said(Console console, String what, Check check) {
        try {
            ok(console, what, check.outcome());
        } catch (TickmarkException e) {
            problem(console, what, e.problem(), e.remedy());
        }
    }

    private static void ok(Console console, String what, String text) {
        console.result(String.format(Locale.ROOT, "ok       %-15s %s", what, text));
    }

    private void problem(Console console, String what, String text, String remedy) {
        problems.add(Exit.FIX_FIRST);
        console.result(String.format(Locale.ROOT, "PROBLEM  %-15s %s", what, text));
        console.result(String.format(Locale.ROOT, "         %-15s %s", "", remedy));
    }

    private static String disk(OutputFolder output) {
        Path folder = output.root().toAbsolutePath();
        while (!Files.isDirectory(folder)) {
            Path parent = folder.getParent();
            if (parent == null) {
                break;
            }
            folder = parent;
        }
        try {
            Files.delete(Files.createTempFile(folder, Disk.UNPUBLISHED, "doctor"));
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw TickmarkException.fixFirst(
                        "Only " + (free >> 20) + " MB are free below '" + folder + "'.",
                        "Free at least 1 GB, or choose another folder with --out.");
            }
            return (free >> 30) + " GB free below " + folder;
        } catch (IOException e) {
            throw Disk.unwritable(output.root(), e);
        }
    }

    private String key(Configuration configuration) {
        SigningKey key = Keys.configured(host, configuration).orElseThrow(Keys::noKey);
        Instant until = key.certificate().getNotAfter().toInstant();
        if (until.isBefore(host.clock().instant().plus(EXPIRES_SOON))) {
            throw TickmarkException.fixFirst(
                    "The signing certificate expires at " + until + ".",
                    "Make a new key with 'tickmark key new' and give its fingerprint to the auditor.");
        }
        return "fingerprint " + key.fingerprint() + ", valid until " + until;
    }

    private static String time(Configuration configuration) {
        if (configuration.timeAuthorities().isEmpty()) {
            return "none configured: packages carry this machine's claimed time only";
        }
        TimeAuthority.Answer answer = new TimeAuthority(configuration.timeAuthorities())
                .ask(Disk.sha256().digest("tickmark doctor".getBytes(StandardCharsets.UTF_8)));
        return answer.token()
                .map(token -> "answered, time " + token.time())
                .orElseThrow(() -> TickmarkException.fixFirst(
                        "No time authority gave a token: " + String.join(" ", answer.problems()),
                        "Check the addresses under 'timestamp' and whether this machine may reach them."));
    }

    /** A trial collection into a folder that is thrown away: exactly the calls that a run makes. */
    private void sources(Console console, CollectStep collect, Configuration configuration, Tables tables) {
        @Nullable Path trial = null;
        try {
            trial = Files.createTempDirectory("tickmark-doctor");
            RunFolder run = collect.collect(configuration, new Declarations(), new OutputFolder(trial), null);
            List<PopulationRow> rows = new CompletenessTable(tables).read(run);
            Optional<Long> offset = rows.stream()
                    .map(PopulationRow::clockOffsetMs)
                    .filter(each -> each != null)
                    .max((a, b) -> Long.compare(Math.abs(a), Math.abs(b)));
            offset.ifPresent(ms -> clock(console, ms));
            TreeSet<String> scopes = new TreeSet<>();
            for (PopulationRow row : rows) {
                scopes.add(row.scopeId());
                if (!row.completeness().verdict().whole()) {
                    problem(
                            console,
                            row.table(),
                            row.scopeId() + ": " + row.completeness().reason(),
                            row.completeness().remedy());
                }
            }
            ok(console, "sources", rows.size() + " tables were tried in " + String.join(", ", scopes));
        } catch (TickmarkException e) {
            problem(console, "credentials", e.problem(), e.remedy());
        } catch (IOException e) {
            problem(console, "disk", "The temporary folder refuses.", "Free some space there.");
        } finally {
            clean(console, trial);
        }
    }

    private void clock(Console console, long offsetMs) {
        if (Math.abs(offsetMs) > LARGEST_OFFSET_MS) {
            problem(
                    console,
                    "clock",
                    "This machine's clock is " + offsetMs / 1000 + " s away from the source's.",
                    "Set the clock (NTP): signatures are refused, and ages come out wrong.");
        } else {
            ok(console, "clock", offsetMs + " ms away from the source's");
        }
    }

    private static void clean(Console console, @Nullable Path trial) {
        if (trial != null) {
            try {
                Disk.deleteTree(trial);
            } catch (IOException e) {
                console.warning("The temporary folder '" + trial + "' could not be deleted. Delete it by hand.");
            }
        }
    }
}
