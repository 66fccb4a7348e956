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
import java.util.function.Consumer;

/**
 * A definition and, where it is a control with a test, the query beside it.
 *
 * @param name how messages name the file
 * @param path inside the catalog, with {@code /}: {@code controls/iam/iam-006-access-key-age.yaml}
 * @param sql the text of the {@code .sql} file of the same name
 * @param own whether it is the organisation's, and not built in
 */
record CatalogFile(String name, String path, String yaml, Optional<String> sql, boolean own) {
    boolean isFramework() {
        return path.startsWith("frameworks/");
    }

    String sqlName() {
        return queryOf(name);
    }

    String sqlPath() {
        return queryOf(path);
    }

    private static String queryOf(String definition) {
        return definition.substring(0, definition.length() - ".yaml".length()) + ".sql";
    }

    /** The files that {@code index.txt} lists, one path a line. */
    static List<CatalogFile> onClassPath(String root) {
        List<CatalogFile> files = new ArrayList<>();
        for (String path : resource(root + "index.txt").orElse("").lines().toList()) {
            if (!path.isBlank() && !path.startsWith("#")) {
                String yaml = resource(root + path)
                        .orElseThrow(() -> new IllegalStateException(root + path + " is listed and missing"));
                files.add(new CatalogFile(
                        root + path, path, yaml, resource(root + path.replaceFirst("\\.yaml$", ".sql")), false));
            }
        }
        return List.copyOf(files);
    }

    /**
     * The definitions of a folder of the organisation's own, with the same layout; other folders beside
     * {@code frameworks} and {@code controls} are not looked into.
     *
     * @param mistakes is given each file that cannot be one; it may throw it
     */
    static List<CatalogFile> inFolder(Path folder, Consumer<TickmarkException> mistakes) {
        List<CatalogFile> files = new ArrayList<>();
        for (Path file : Catalog.files(folder)) {
            String path = folder.relativize(file).toString().replace('\\', '/');
            try {
                if (path.endsWith(".sql")) {
                    refuseLonely(file);
                } else {
                    files.add(definition(file, path));
                }
            } catch (TickmarkException e) {
                mistakes.accept(e);
            }
        }
        return List.copyOf(files);
    }

    private static CatalogFile definition(Path file, String path) {
        if (!path.matches("frameworks/[^/]+\\.yaml|controls/([a-z0-9-]{1,30}/)?[^/]+\\.yaml")) {
            throw TickmarkException.notUnderstood(
                    "'" + file + "' stands where no definition is looked for.",
                    "Put frameworks into 'frameworks/<id>.yaml', and a control into 'controls/<id>-<a few words>.yaml'"
                            + " with its query beside it in '.sql'.");
        }
        Path query = file.resolveSibling(queryOf(String.valueOf(file.getFileName())));
        return new CatalogFile(
                file.toString(),
                path,
                text(file),
                Files.exists(query) ? Optional.of(text(query)) : Optional.empty(),
                true);
    }

    private static void refuseLonely(Path query) {
        Path definition =
                query.resolveSibling(String.valueOf(query.getFileName()).replaceFirst("\\.sql$", ".yaml"));
        if (!Files.exists(definition)) {
            throw TickmarkException.notUnderstood(
                    "'" + query + "' is a query without a control: there is no '" + definition.getFileName()
                            + "' beside it.",
                    "Give both files the same name, or remove the query.");
        }
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
