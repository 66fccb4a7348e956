package dev.tickmark.catalog.declared;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.evidence.yaml.Nearest;
import dev.tickmark.evidence.yaml.YamlValue;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The list that a declaration's file holds, and the forms that its entries share. */
final class Entries {
    private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private Entries() {}

    /** The entries; none where the file holds nothing but comments. */
    static List<YamlValue> of(String file, String text) {
        boolean says = text.lines()
                .map(String::strip)
                .anyMatch(line -> !line.isEmpty()
                        && !line.startsWith("#")
                        && !line.equals("---")
                        && !line.equals("\uFEFF")
                        && !line.equals("[]"));
        return says ? YamlValue.parse(file, text, UnaryOperator.identity()).list() : List.of();
    }

    /** An id that can stand in a CSV and a command. */
    static String id(YamlValue value) {
        if (!value.text().matches(ID)) {
            throw value.mistake(
                    "'" + value.text() + "' cannot be an id.",
                    "Write up to 64 letters, digits, dots, hyphens and underscores.");
        }
        return value.text();
    }

    static LocalDate date(YamlValue value) {
        try {
            return LocalDate.parse(value.text());
        } catch (DateTimeException e) {
            throw value.mistake("'" + value.text() + "' is not a date.", "Write it as 2026-11-23.");
        }
    }

    /** Nothing where the key is absent or its value empty, as in a skeleton. */
    static Optional<YamlValue> stated(YamlValue entry, String key) {
        return entry.find(key)
                .filter(value ->
                        value.isList() || value.isMap() || value.optionalText().isPresent());
    }

    static String textOrNone(YamlValue entry, String key) {
        return stated(entry, key).map(YamlValue::text).orElse("");
    }

    /** The texts of a list that may be absent. */
    static List<String> texts(YamlValue entry, String key) {
        return entry
                .find(key)
                .filter(value -> value.isList() || value.optionalText().isPresent())
                .map(YamlValue::list)
                .orElse(List.of())
                .stream()
                .map(YamlValue::text)
                .toList();
    }

    /** The control that an entry is of; one that the catalog lacks is a mistake. */
    static String control(YamlValue value, Optional<Catalog> catalog) {
        String id = value.text();
        if (catalog.isPresent() && catalog.get().control(id).isEmpty()) {
            List<String> known =
                    catalog.get().controls().stream().map(Control::id).toList();
            throw value.mistake(
                    "no control is called '" + id + "'.",
                    Nearest.of(id, known)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("'tickmark catalog list' prints the controls."));
        }
        return id;
    }

    /** Whether two names are of one person: case, width and spaces do not make another. */
    static boolean samePerson(String one, String other) {
        return folded(one).equals(folded(other));
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("[\\s\\p{Z}\\p{Cf}]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
