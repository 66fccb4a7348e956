package dev.tickmark.cli;

import dev.tickmark.catalog.engine.AssessmentSummary;
import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.completeness.CompletenessTable;
import dev.tickmark.evidence.completeness.PopulationRow;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.OutputLock;
import dev.tickmark.evidence.run.RunFolder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the tests over what was collected. */
@Command(name = "assess", description = "Run every control's test over the populations of a run and write 2-findings.")
final class AssessCommand extends Verb {
    @Mixin
    private final Place place = new Place();

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run's id or folder (default: the newest).")
    private @Nullable String named;

    @Option(
            names = "--fail-on",
            paramLabel = "OUTCOME",
            split = ",",
            description = "End with 5 where a control has one of these outcomes: ${COMPLETION-CANDIDATES}.")
    private List<Outcome> failOn = List.of();

    @Option(names = "--output", paramLabel = "text|json", description = "How the result is printed (default: text).")
    private Output output = Output.text;

    AssessCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Setup setup = place.open(host);
        Configuration configuration = setup.configuration();
        OutputFolder folder = place.output(host, configuration);
        RunFolder run = Place.run(host, folder, named);
        try (OutputLock lock = OutputLock.acquire(folder, "tickmark assess", host.clock())) {
            AssessmentSummary assessed = Steps.of(host, console, setup, run).assess(run);
            assessed.remarks().forEach(console::warning);
            List<PopulationRow> populations = new CompletenessTable(setup.tables()).read(run);
            Summary summary = new Summary(
                    run,
                    populations,
                    assessed,
                    null,
                    RunCommand.exits(populations, assessed, failOn, null),
                    "tickmark report " + run.id());
            summary.print(console, output);
            return summary.exit();
        }
    }
}
