package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.yaml.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins definitions of the organisation's own, as commented files that are valid from the start. */
@Command(name = "new", description = "Write a commented control or framework into your catalog folder.")
final class CatalogNew extends Verb {
    CatalogNew(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        if (spec != null) {
            console.document(spec.commandLine().getUsageMessage());
        }
        return Exit.DONE;
    }

    /** A control: with a test, with a document, or over a built-in one. */
    @Command(
            name = "control",
            description = {
                "Write a commented control into your catalog folder; never over a file.",
                "",
                "With --table it has a query and a first case, else a document is its evidence. The id of a built-in"
                        + " control gives a file that overrides it."
            })
    static final class Control extends Verb {
        @Mixin
        private final ConfigurationPlace place = new ConfigurationPlace();

        @Parameters(paramLabel = "ID", description = "Such as ACME-001: 2 to 8 capitals or digits, then 1 to 4 digits.")
        private String id = "";

        @Option(names = "--table", paramLabel = "TABLE", description = "The table whose every row gets a finding.")
        private @Nullable String table;

        Control(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            if (!id.matches("[A-Z][A-Z0-9]{1,7}-[0-9]{1,4}")) {
                throw TickmarkException.notUnderstood(
                        "'" + id + "' is not the id of a control.",
                        "Write two to eight capitals or digits, a hyphen and one to four digits, such as ACME-001.");
            }
            Path home = place.settings(host).home();
            String name = "controls/" + id.toLowerCase(Locale.ROOT);
            Map<String, String> files = new LinkedHashMap<>();
            if (Catalog.builtIn().control(id).isPresent()) {
                if (table != null) {
                    throw TickmarkException.notUnderstood(
                            id + " is a built-in control, and has its table.",
                            "Leave --table out to override it, or choose an id of your own.");
                }
                files.put(name + ".yaml", skeleton("override.yaml"));
            } else if (table == null) {
                files.put(name + ".yaml", skeleton("document.yaml"));
            } else {
                withTest(files, name, known(table));
            }
            Map<String, String> filled = new LinkedHashMap<>();
            files.forEach((path, text) -> filled.put(path, text.replace("{ID}", id)));
            refuseSecond(home);
            write(console, home, filled);
            console.result("");
            console.result(
                    "Next: tickmark catalog check" + (table == null ? "" : ", then: tickmark catalog test " + id));
            return Exit.DONE;
        }

        private void withTest(Map<String, String> files, String name, TableDefinition definition) {
            String columns = definition.columns().stream()
                    .map(column -> "--   " + column.name() + " ("
                            + column.type().name().toLowerCase(Locale.ROOT) + "): " + column.description())
                    .collect(Collectors.joining("\n"));
            String of = definition.name();
            files.put(name + ".yaml", skeleton("test.yaml").replace("{TABLE}", of));
            files.put(name + ".sql", skeleton("test.sql").replace("{TABLE}", of).replace("{COLUMNS}", columns));
            String first = "cases/" + id + "/not-written-yet/";
            files.put(first + of + ".csv", "row_key\nr1\n");
            files.put(first + "expected.csv", "row_key,outcome,reason\nr1,NOT_EVALUATED,not written yet\n");
        }

        private static TableDefinition known(String table) {
            Tables tables = Tables.builtIn();
            if (!tables.has(table)) {
                List<String> names =
                        tables.all().stream().map(TableDefinition::name).toList();
                throw TickmarkException.notUnderstood(
                        "No table is called '" + table + "'.",
                        Nearest.of(table, names)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("'tickmark catalog list --tables' prints the names."));
            }
            return tables.table(table);
        }

        /** A second file of the same id may have another name. */
        private void refuseSecond(Path home) {
            if (Files.isDirectory(home)) {
                Catalog.ownFiles(home).stream()
                        .filter(file -> file.id().equals(id))
                        .findFirst()
                        .ifPresent(file -> {
                            throw exists(home.resolve(file.path()));
                        });
            }
        }
    }

    /** A framework. */
    @Command(
            name = "framework",
            description = "Write a commented framework into your catalog folder; never over a file.")
    static final class Framework extends Verb {
        @Mixin
        private final ConfigurationPlace place = new ConfigurationPlace();

        @Parameters(paramLabel = "ID", description = "Names the edition and the file, such as acme-2026.")
        private String id = "";

        Framework(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            String key = id.replaceFirst("-[0-9.v-]*$", "");
            if (!id.matches("[a-z0-9][a-z0-9-]{1,39}") || !key.matches("[a-z][a-z0-9-]{1,19}")) {
                throw TickmarkException.notUnderstood(
                        "'" + id + "' is not the id of a framework.",
                        "Write a word of 2 to 20 small letters, digits and hyphens, and an edition, such as acme-2026.");
            }
            Catalog.builtIn()
                    .framework(id)
                    .or(() -> Catalog.builtIn().framework(key))
                    .ifPresent(framework -> {
                        throw TickmarkException.notUnderstood(
                                "'" + id + "' would have the id or the key of the built-in " + framework.id() + ".",
                                "Choose another word; to change a built-in framework, write 'frameworks/"
                                        + framework.id() + ".yaml' with 'overrides: built-in'.");
                    });
            write(
                    console,
                    place.settings(host).home(),
                    Map.of(
                            "frameworks/" + id + ".yaml",
                            skeleton("framework.yaml").replace("{ID}", id).replace("{KEY}", key)));
            console.result("");
            console.result("Next: tickmark catalog check, then 'frameworks: [" + id + "]' in tickmark.yaml");
            return Exit.DONE;
        }
    }

    private static TickmarkException exists(Path file) {
        return TickmarkException.fixFirst(
                "'" + file + "' exists already.", "Change it there, or choose another id; nothing was written.");
    }

    private static void write(Console console, Path home, Map<String, String> files) {
        for (String path : files.keySet()) {
            if (Files.exists(home.resolve(path))) {
                throw exists(home.resolve(path));
            }
        }
        files.forEach((path, text) -> {
            Path file = home.resolve(path);
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
            } catch (IOException e) {
                throw Disk.unwritable(file, e);
            }
            console.result("Wrote " + file);
        });
    }

    private static String skeleton(String name) {
        try (InputStream in = CatalogNew.class.getResourceAsStream("/skeleton/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
