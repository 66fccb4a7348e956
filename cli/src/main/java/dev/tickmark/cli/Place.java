package dev.tickmark.cli;

import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the configuration is and where everything is written. */
final class Place extends ConfigurationPlace {
    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description =
                    "Where runs and packages are kept (default: 'output' of the configuration, else tickmark-out).")
    private @Nullable Path out;

    OutputFolder output(Host host, Configuration configuration) {
        return new OutputFolder(
                out == null ? configuration.output() : host.folder().resolve(out));
    }

    /** A run that is named by its id or folder; the newest one where none is named. */
    static RunFolder run(Host host, OutputFolder output, @Nullable String named) {
        if (named == null) {
            List<RunFolder> runs = output.allRuns();
            if (runs.isEmpty()) {
                throw TickmarkException.notUnderstood(
                        "There is no run below '" + output.runs() + "'.",
                        "Collect first with 'tickmark collect', or name the folder with --out.");
            }
            return RunFolder.open(runs.get(runs.size() - 1).root());
        }
        Path byId = output.runs().resolve(named);
        return RunFolder.open(Files.isDirectory(byId) ? byId : host.folder().resolve(named));
    }
}
