package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Framework;
import dev.tickmark.cli.config.CatalogSettings;
import dev.tickmark.cli.config.Configuration;
import dev.tickmark.cli.config.ConfigurationFile;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where the configuration is, and with it the catalog. */
class ConfigurationPlace {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: tickmark.yaml in the current folder, if there is one).")
    private @Nullable Path config;

    /**
     * The configuration that was named, or the one of the current folder, or what holds without one; and the catalog
     * that goes with it.
     *
     * @throws TickmarkException NOT_UNDERSTOOD for the first mistake in either
     */
    final Setup open(Host host) {
        return open(host, mistake -> {
            throw mistake;
        });
    }

    /** The configuration alone, for verbs that judge nothing: a mistake in a control does not stop them. */
    final Configuration configuration(Host host) {
        return open(host, mistake -> {}).configuration();
    }

    private Setup open(Host host, Consumer<TickmarkException> mistakes) {
        Tables tables = Tables.builtIn();
        CatalogSettings settings = settings(host);
        Catalog catalog = settings.folder()
                .map(folder -> Catalog.builtInAnd(folder, mistakes))
                .orElseGet(Catalog::builtIn);
        List<String> frameworks =
                catalog.frameworks().stream().map(Framework::id).toList();
        ConfigurationFile reader = new ConfigurationFile(host.environment(), tables, frameworks);
        Configuration configuration = file(host).map(reader::read).orElseGet(() -> reader.withoutFile(host.folder()));
        return new Setup(configuration, settings, catalog, tables);
    }

    /** Where the organisation's own catalog is, without reading it. */
    final CatalogSettings settings(Host host) {
        ConfigurationFile reader = new ConfigurationFile(host.environment(), Tables.builtIn(), List.of());
        return file(host).map(reader::catalog).orElseGet(() -> CatalogSettings.beside(host.folder()));
    }

    private Optional<Path> file(Host host) {
        if (config != null) {
            return Optional.of(host.folder().resolve(config));
        }
        return Optional.of(host.folder().resolve(ConfigurationFile.DEFAULT_NAME))
                .filter(Files::exists);
    }
}
