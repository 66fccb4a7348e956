package dev.tickmark.cli;

import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.OutputLock;
import dev.tickmark.evidence.run.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes the report of an assessed run. */
@Command(
        name = "report",
        description =
                "Write report.pdf, index.html and summary.json of an assessed run, marked as a draft until it is sealed.")
final class ReportCommand extends Verb {
    @Mixin
    private final Place place = new Place();

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run's id or folder (default: the newest).")
    private @Nullable String named;

    ReportCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Setup setup = place.open(host);
        Configuration configuration = setup.configuration();
        OutputFolder folder = place.output(host, configuration);
        RunFolder run = Place.run(host, folder, named);
        try (OutputLock lock = OutputLock.acquire(folder, "tickmark report", host.clock())) {
            Steps.of(host, console, setup, run).report(run);
        }
        console.result(run.report().resolve("report.pdf").toString());
        console.result(run.report().resolve("index.html").toString());
        console.result("");
        console.result("Next: tickmark seal " + run.id());
        return Exit.DONE;
    }
}
