package dev.tickmark.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the organisation's own catalog is.
 *
 * @param home where the folder is, or would be made
 * @param criteriaText files with the publishers' own text, licensed to the organisation
 * @param sealLicensedText whether that text may go into the package
 */
public record CatalogSettings(Path home, List<Path> criteriaText, boolean sealLicensedText) {
    private static final String DEFAULT_NAME = "catalog";

    public CatalogSettings {
        criteriaText = List.copyOf(criteriaText);
    }

    /** Without a word of it in the configuration: the folder {@code catalog} beside it. */
    public static CatalogSettings beside(Path folder) {
        return new CatalogSettings(folder.resolve(DEFAULT_NAME), List.of(), false);
    }

    /** The folder, where there is one. */
    public Optional<Path> folder() {
        return Optional.of(home).filter(Files::isDirectory);
    }
}
