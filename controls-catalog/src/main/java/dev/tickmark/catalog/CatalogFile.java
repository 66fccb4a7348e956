package dev.tickmark.catalog;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A definition and, where it is a control with a test, the query beside it.
 *
 * @param name how messages name the file
 * @param path inside the catalog, with {@code /}: {@code controls/iam/iam-006-access-key-age.yaml}
 * @param sql the text of the {@code .sql} file of the same name
 */
record CatalogFile(String name, String path, String yaml, Optional<String> sql) {
    boolean isFramework() {
        return path.startsWith("frameworks/");
    }

    String sqlName() {
        return name.substring(0, name.length() - ".yaml".length()) + ".sql";
    }

    /** The files that {@code index.txt} lists, one path a line. */
    static List<CatalogFile> onClassPath(String root) {
        List<CatalogFile> files = new ArrayList<>();
        for (String path : resource(root + "index.txt").orElse("").lines().toList()) {
            if (!path.isBlank() && !path.startsWith("#")) {
                String yaml = resource(root + path)
                        .orElseThrow(() -> new IllegalStateException(root + path + " is listed and missing"));
                files.add(new CatalogFile(
                        root + path, path, yaml, resource(root + path.replaceFirst("\\.yaml$", ".sql"))));
            }
        }
        return List.copyOf(files);
    }

    static List<CatalogFile> inFolder(Path folder) {
        List<CatalogFile> files = new ArrayList<>();
        for (Path definition : Catalog.definitions(folder)) {
            String path = folder.relativize(definition).toString().replace('\\', '/');
            if (!path.matches("frameworks/[^/]+|controls/[^/]+/[^/]+")) {
                throw TickmarkException.notUnderstood(
                        "'" + definition + "' stands where no definition is looked for.",
                        "Put frameworks into 'frameworks/' and controls into 'controls/<family>/'.");
            }
            Path query = definition.resolveSibling(
                    definition.getFileName().toString().replaceFirst("\\.yaml$", ".sql"));
            files.add(new CatalogFile(
                    definition.toString(),
                    path,
                    text(definition),
                    Files.exists(query) ? Optional.of(text(query)) : Optional.empty()));
        }
        return List.copyOf(files);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD, "'" + file + "' is not UTF-8 text.", "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "'" + file + "' cannot be read.",
                    "Check that it is a file and that you may read it.",
                    e);
        }
    }

    private static Optional<String> resource(String name) {
        try (InputStream in = CatalogFile.class.getClassLoader().getResourceAsStream(name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
