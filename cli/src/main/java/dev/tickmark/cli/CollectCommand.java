package dev.tickmark.cli;

import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.completeness.CompletenessTable;
import dev.tickmark.evidence.completeness.PopulationRow;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.OutputLock;
import dev.tickmark.evidence.run.RunFolder;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the sources into a run folder. */
@Command(
        name = "collect",
        description = "Read the configured sources into a new run folder, and judge how complete it is.")
final class CollectCommand extends Verb {
    @Mixin
    private final Place place = new Place();

    @Option(
            names = "--resume",
            description =
                    "Continue the newest run where it was stopped, without reading anything twice; begin a new one where none was.")
    private boolean resume;

    @Option(names = "--output", paramLabel = "text|json", description = "How the result is printed (default: text).")
    private Output output = Output.text;

    CollectCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Setup setup = place.open(host);
        Configuration configuration = setup.configuration();
        OutputFolder folder = place.output(host, configuration);
        CollectStep collect = new CollectStep(host, console, setup.catalog(), setup.tables());
        Declarations declared = collect.check(setup);
        try (OutputLock lock = OutputLock.acquire(folder, "tickmark collect", host.clock())) {
            RunFolder run = collect.collect(
                    configuration,
                    declared,
                    folder,
                    resume ? Runs.stopped(folder).orElse(null) : null);
            List<PopulationRow> populations = new CompletenessTable(setup.tables()).read(run);
            Summary summary = new Summary(
                    run,
                    populations,
                    null,
                    null,
                    RunCommand.exits(populations, null, List.of(), null),
                    "tickmark assess " + run.id());
            summary.print(console, output);
            return summary.exit();
        }
    }
}
