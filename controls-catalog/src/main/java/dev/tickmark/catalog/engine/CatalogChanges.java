package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.OwnFile;
import dev.tickmark.evidence.csv.CsvWriter;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.yaml.YamlValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the organisation's own catalog changes in the built-in one: {@code catalog-changes.csv}, key by key with the
 * digest of the file that says so, and {@code built-in/} with the definitions that are overridden, as they were.
 */
final class CatalogChanges {
    static final String FILE = "catalog-changes.csv";
    static final String BUILT_IN = "built-in";
    private static final List<Column> COLUMNS = List.of(
            Finding.text("kind", "control or framework"),
            Finding.text("id", "Its id"),
            Finding.text("change", "added, changed, removed, or none where an override changes nothing"),
            Finding.text("key", "The key of the definition, such as parameters.max_age_days.value; empty where all is"),
            Finding.text("built_in", "The built-in value; of a query its digest"),
            Finding.text("used", "The value used; of a query its digest"),
            Finding.text("file", "The organisation's file, below 1-evidence/declared/catalog"),
            Finding.text("sha256", "The digest of that file"));
    private static final String QUERY = "query";

    private final Catalog catalog;
    private final List<List<String>> rows = new ArrayList<>();

    private CatalogChanges(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Writes both into {@code 2-findings}; where nothing is the organisation's own, the list alone, without a row. */
    static void write(Catalog catalog, Path folder) {
        CatalogChanges changes = new CatalogChanges(catalog);
        changes.keep(folder.resolve(BUILT_IN));
        changes.list();
        try (CsvWriter writer = new CsvWriter(folder.resolve(FILE), FILE, COLUMNS)) {
            changes.rows.forEach(writer::row);
            writer.finish();
        }
    }

    private void keep(Path folder) {
        try {
            for (Control control : catalog.own().replacedControls()) {
                Path controls = Files.createDirectories(folder.resolve("controls"));
                text(controls.resolve(control.id() + ".yaml"), yaml(control));
                if (control.test().isPresent()) {
                    text(
                            controls.resolve(control.id() + ".sql"),
                            control.test().get().sql());
                }
            }
            for (Framework framework : catalog.own().replacedFrameworks()) {
                Path frameworks = Files.createDirectories(folder.resolve("frameworks"));
                text(frameworks.resolve(framework.id() + ".yaml"), FrameworkAsUsed.yaml(framework));
            }
        } catch (IOException e) {
            throw Disk.unwritable(folder, e);
        }
    }

    private static void text(Path file, String text) {
        Disk.writeWhole(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String yaml(Control control) {
        return ControlAsUsed.yaml(control, ParameterUse.of(control, List.of()), List.of());
    }

    private void list() {
        for (OwnFile file : catalog.own().files()) {
            switch (file.kind()) {
                case CONTROL -> control(file);
                case FRAMEWORK -> framework(file);
                case QUERY -> query(file);
            }
        }
        rows.sort((a, b) -> String.join("\0", a.subList(0, 2)).compareTo(String.join("\0", b.subList(0, 2))));
    }

    private void framework(OwnFile file) {
        Framework used = catalog.framework(file.id()).orElseThrow();
        Optional<Framework> before = catalog.own().replacedFrameworks().stream()
                .filter(each -> each.id().equals(file.id()))
                .findFirst();
        compare(file, used.title(), before.map(FrameworkAsUsed::yaml), FrameworkAsUsed.yaml(used));
    }

    private void control(OwnFile file) {
        Control used = catalog.control(file.id()).orElseThrow();
        compare(file, used.title(), before(file.id()).map(CatalogChanges::yaml), yaml(used));
    }

    private Optional<Control> before(String id) {
        return catalog.own().replacedControls().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
    }

    private void query(OwnFile file) {
        String before = before(file.id())
                .flatMap(Control::test)
                .map(test -> sha256(test.sql()))
                .orElse("");
        row(file, before.isEmpty() ? "added" : "changed", QUERY, before, sha256(file.text()));
    }

    private void compare(OwnFile file, String title, Optional<String> before, String used) {
        if (before.isEmpty()) {
            row(file, "added", "", "", title);
            return;
        }
        Map<String, String> builtIn = flat(before.get());
        Map<String, String> now = flat(used);
        Set<String> keys = new LinkedHashSet<>(builtIn.keySet());
        keys.addAll(now.keySet());
        boolean changed = false;
        for (String key : keys) {
            String was = builtIn.getOrDefault(key, "");
            String is = now.getOrDefault(key, "");
            if (!was.equals(is)) {
                String change = is.isEmpty() ? "removed" : "changed";
                row(file, was.isEmpty() ? "added" : change, key, was, is);
                changed = true;
            }
        }
        if (!changed) {
            row(file, "none", "", "", "");
        }
    }

    private void row(OwnFile file, String change, String key, String before, String used) {
        String kind = file.kind() == OwnFile.Kind.FRAMEWORK ? "framework" : "control";
        rows.add(List.of(kind, file.id(), change, key, before, used, file.path(), sha256(file.text())));
    }

    /** Every scalar by its path; elements of a list by their id, or all of them together. */
    private static Map<String, String> flat(String yaml) {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", YamlValue.parse("a definition", yaml, UnaryOperator.identity()), flat);
        return flat;
    }

    private static void flatten(String path, YamlValue value, Map<String, String> flat) {
        if (value.isMap()) {
            value.map().forEach((key, member) -> flatten(path.isEmpty() ? key : path + "." + key, member, flat));
        } else if (value.isList()) {
            List<String> texts = new ArrayList<>();
            for (YamlValue element : value.list()) {
                if (element.isMap()) {
                    String id = element.find("criterion")
                            .or(() -> element.find("id"))
                            .map(YamlValue::text)
                            .orElse("");
                    flatten(path + "." + id, element, flat);
                } else {
                    texts.add(element.text());
                }
            }
            if (!texts.isEmpty()) {
                flat.put(path, String.join("; ", texts));
            }
        } else {
            flat.put(path, value.optionalText().orElse(""));
        }
    }

    private static String sha256(String text) {
        return HexFormat.of()
                .formatHex(Disk.sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
                .toLowerCase(Locale.ROOT);
    }
}
