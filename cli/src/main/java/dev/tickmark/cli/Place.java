package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Framework;
import dev.tickmark.cli.config.Configuration;
import dev.tickmark.cli.config.ConfigurationFile;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the configuration is and where everything is written. */
final class Place {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: tickmark.yaml in the current folder, if there is one).")
    private @Nullable Path config;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description =
                    "Where runs and packages are kept (default: 'output' of the configuration, else tickmark-out).")
    private @Nullable Path out;

    /** The configuration that was named, or the one of the current folder, or what holds without one. */
    Configuration configuration(Host host, Catalog catalog, Tables tables) {
        List<String> frameworks =
                catalog.frameworks().stream().map(Framework::id).toList();
        ConfigurationFile reader = new ConfigurationFile(host.environment(), tables, frameworks);
        if (config != null) {
            return reader.read(host.folder().resolve(config));
        }
        Path usual = host.folder().resolve(ConfigurationFile.DEFAULT_NAME);
        return Files.exists(usual) ? reader.read(usual) : reader.withoutFile(host.folder());
    }

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
