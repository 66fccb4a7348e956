package dev.tickmark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tickmark.catalog.declared.Acceptance;
import dev.tickmark.catalog.declared.Item;
import dev.tickmark.cli.config.Declaration;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Approved deviations: which hold, how long, and what they would accept. */
@Command(
        name = "acceptances",
        description = {
            "List the approved deviations of acceptances.yaml: whether each holds today, how many days are left, and"
                    + " whether the item deviates in the newest run.",
            "",
            "--template prints a skeleton with the deviations of a run. Fill in who asks, who approves (another person),"
                    + " why, what is done instead, and until when; take out what is not accepted."
        })
final class AcceptancesCommand extends Verb {
    private static final List<String> DEVIATING = List.of("FAIL", "ACCEPTED");

    @Mixin
    private final Place place = new Place();

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run's id or folder (default: the newest).")
    private @Nullable String named;

    @Option(names = "--template", description = "Print a skeleton for the deviations that the run has.")
    private boolean template;

    private final ObjectMapper json = new ObjectMapper();

    AcceptancesCommand(Host host) {
        super(host);
    }

    /** A result with a deviation, accepted or not. */
    private record Deviation(String control, Item item, String account, String reason, boolean accepted) {}

    @Override
    Exit run(Console console) {
        Setup setup = place.open(host);
        OutputFolder output = place.output(host, setup.configuration());
        if (template) {
            template(console, deviations(Place.run(host, output, named)));
            return Exit.DONE;
        }
        Optional<Path> file = setup.configuration().find(Declaration.ACCEPTANCES);
        if (file.isEmpty()) {
            console.result("No deviation is accepted: there is no "
                    + setup.configuration().place(Declaration.ACCEPTANCES) + ".");
            return Exit.DONE;
        }
        List<Acceptance> acceptances =
                Acceptance.read(file.get().toString(), text(file.get()), Optional.of(setup.catalog()));
        Optional<RunFolder> run = named == null
                ? output.allRuns().stream()
                        .filter(each -> Files.isRegularFile(each.findingsCsv()))
                        .reduce((first, second) -> second)
                : Optional.of(Place.run(host, output, named));
        list(console, acceptances, run.map(AcceptancesCommand::deviations), run);
        return Exit.DONE;
    }

    private void list(
            Console console,
            List<Acceptance> acceptances,
            Optional<List<Deviation>> deviations,
            Optional<RunFolder> run) {
        LocalDate today = LocalDate.ofInstant(host.clock().instant(), ZoneOffset.UTC);
        for (Acceptance each : acceptances) {
            long days = ChronoUnit.DAYS.between(today, each.expiresOn());
            String state = each.holdsOn(today)
                    ? days + " days left"
                    : days < 0 ? "ended " + -days + " days ago" : "begins on " + each.approvedOn();
            console.result(String.format(
                    Locale.ROOT,
                    "%-16s %-9s %-20s approved by %s, asked for by %s",
                    each.id(),
                    each.controlId(),
                    state,
                    each.approver(),
                    each.requester()));
            for (Item item : each.items()) {
                String met = deviations
                        .map(all -> all.stream()
                                        .anyMatch(found -> found.control().equals(each.controlId())
                                                && item.matches(
                                                        found.item().scopeId(),
                                                        found.account(),
                                                        found.item().rowKey()))
                                ? (each.holdsOn(today) ? "used" : "deviates, and is not accepted today")
                                : "unused: does not deviate")
                        .orElse("no run is assessed yet");
                console.result("  " + item.place() + ": " + met);
            }
        }
        console.result(acceptances.size() + (acceptances.size() == 1 ? " acceptance" : " acceptances")
                + run.map(each -> ", against run " + each.id()).orElse("") + ".");
    }

    private void template(Console console, List<Deviation> deviations) {
        Map<String, List<Deviation>> byControl = new TreeMap<>();
        deviations.stream()
                .filter(each -> !each.accepted())
                .forEach(each -> byControl
                        .computeIfAbsent(each.control(), none -> new ArrayList<>())
                        .add(each));
        if (byControl.isEmpty()) {
            console.document("# No deviation is open in this run.");
            return;
        }
        StringBuilder yaml = new StringBuilder();
        yaml.append("# What is not filled in is refused. The approver is another person than the requester.\n");
        byControl.forEach((control, all) -> {
            yaml.append("- id: ").append(control).append("-1\n");
            yaml.append("  control: ").append(control).append('\n');
            for (String key :
                    List.of("requester", "approver", "reason", "compensating_control", "approved_on", "expires_on")) {
                yaml.append("  ").append(key).append(":\n");
            }
            yaml.append("  items:\n");
            for (Deviation each : all) {
                yaml.append("    # ")
                        .append(Console.plain(each.reason()).replaceAll("\\s+", " "))
                        .append('\n');
                yaml.append("    - {scope: ").append(quoted(each.item().scopeId()));
                yaml.append(", row_key: ").append(quoted(each.item().rowKey())).append("}\n");
            }
        });
        console.document(yaml.toString());
    }

    /** A JSON string is a YAML string. */
    private String quoted(String text) {
        try {
            return json.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Deviation> deviations(RunFolder run) {
        if (!Files.isRegularFile(run.findingsCsv())) {
            throw TickmarkException.notUnderstood(
                    "Run '" + run.id() + "' is not assessed yet.", "Do so with 'tickmark assess'.");
        }
        List<String> columns = ShowCommand.Findings.columns().stream()
                .map(column -> column.name())
                .toList();
        List<Deviation> deviations = new ArrayList<>();
        try (CsvReader rows = CsvReader.open(run.findingsCsv(), ShowCommand.Findings.columns())) {
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                String outcome = row.get(columns.indexOf("outcome"));
                if (DEVIATING.contains(outcome)) {
                    deviations.add(new Deviation(
                            row.get(columns.indexOf("control_id")),
                            new Item(row.get(columns.indexOf("scope_id")), "", row.get(columns.indexOf("row_key"))),
                            row.get(columns.indexOf("account_id")),
                            row.get(columns.indexOf("reason")),
                            outcome.equals("ACCEPTED")));
                }
            }
        }
        return deviations;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }
}
