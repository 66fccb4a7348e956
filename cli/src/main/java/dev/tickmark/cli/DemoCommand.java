package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.engine.AssessmentSummary;
import dev.tickmark.collect.run.ReplayOrigin;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.completeness.CompletenessTable;
import dev.tickmark.evidence.completeness.PopulationRow;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.OutputLock;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.seal.Sealed;
import dev.tickmark.evidence.seal.key.DemoIdentity;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job on the recorded estate that comes with the tool. */
@Command(
        name = "demo",
        description = {
            "Make a sealed package from a recorded estate: everything is real but the company.",
            "",
            "It needs no account, no network and no configuration. The recording holds 39 users and 12 "
                    + "roles of an invented AWS account, an HR roster and registers, deviations of most kinds, and "
                    + "one table that was refused."
        })
final class DemoCommand extends Verb {
    private static final String HOME = "/demo/";
    private static final String FACTS = "run.json";

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "tickmark-out",
            description = "Where the run and the package are kept (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("tickmark-out");

    @Option(names = "--output", paramLabel = "text|json", description = "How the result is printed (default: text).")
    private Output output = Output.text;

    DemoCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Catalog catalog = Catalog.builtIn();
        Tables tables = Tables.builtIn();
        OutputFolder folder = new OutputFolder(host.folder().resolve(out));
        Path recordings = recordings();
        try (OutputLock lock = OutputLock.acquire(folder, "tickmark demo", host.clock())) {
            unpack(recordings);
            RunFacts recorded = RunFacts.read(FACTS, Files.readAllBytes(recordings.resolve(FACTS)));
            console.progress("Playing back the recording of " + recorded.asOf());
            Host then = host.at(recorded.asOf());
            Steps steps = new Steps(then, catalog, tables);
            RunFolder run = folder.newRun(then.clock(), new SecureRandom()::nextInt);
            RunFacts facts = recorded.again(
                    run.id(), run.startedAt(), ToolFacts.ofThisProcess(), System.getProperty("user.name", ""));
            new CollectStep(then, console, catalog, tables)
                    .read(
                            run,
                            facts,
                            facts.files(),
                            new Declarations(),
                            folder,
                            new ReplayOrigin((task, attempt) -> Optional.of(recordings
                                            .resolve(task.name() + (attempt == 1 ? "" : "." + attempt))
                                            .resolve("raw.warc.gz"))
                                    .filter(Files::isRegularFile)),
                            false);
            console.progress("Assessing");
            AssessmentSummary assessed = steps.assess(run);
            console.progress("Writing the report");
            steps.report(run);
            console.progress("Sealing with the demo identity");
            Sealed sealed = new Steps(host, catalog, tables)
                    .seal(
                            run,
                            folder,
                            DemoIdentity.open(host.configFolder(), host.clock().instant()),
                            List.of());
            List<PopulationRow> populations = new CompletenessTable(tables).read(run);
            Set<Exit> real = RunCommand.exits(populations, assessed, List.of(), sealed);
            String next = "tickmark verify " + sealed.file() + " --signer "
                    + sealed.facts().signer() + " --allow-demo --reperform";
            new Summary(run, populations, assessed, sealed, EnumSet.noneOf(Exit.class), next).print(console, output);
            Exit would = Exit.gravest(real);
            if (output == Output.text && would != Exit.DONE) {
                console.result("A real run with this estate ends with exit status " + would.code() + ": "
                        + would.meaning() + ".");
            }
            return Exit.DONE;
        } catch (IOException e) {
            throw Disk.unwritable(folder.root(), e);
        } finally {
            clean(console, recordings);
        }
    }

    private static Path recordings() {
        try {
            return Files.createTempDirectory("tickmark-demo");
        } catch (IOException e) {
            throw Disk.unwritable(Path.of(System.getProperty("java.io.tmpdir", "")), e);
        }
    }

    private static void clean(Console console, Path folder) {
        try {
            Disk.deleteTree(folder);
        } catch (IOException e) {
            console.warning("The temporary folder '" + folder + "' could not be deleted. Delete it by hand.");
        }
    }

    /** The recording lies in the jar; {@code index.txt} names its files. */
    private static void unpack(Path folder) throws IOException {
        for (String name : new String(resource("index.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList()) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, resource("recording/" + name));
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = DemoCommand.class.getResourceAsStream(HOME + name)) {
            if (in == null) {
                throw TickmarkException.fixFirst(
                        "This build comes without the demo's recording (" + name + ").",
                        "Take the distribution as it was released, or build it again.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
