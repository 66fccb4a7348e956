package dev.tickmark.catalog;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.yaml.Nearest;
import dev.tickmark.evidence.yaml.YamlValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The publishers' own sentences, from files that the organisation has a licence for: a CSV or a YAML list with
 * {@code framework}, {@code criterion} and {@code text}. It is a local copy, and no part of the catalog.
 */
public final class LicensedText {
    private static final List<String> KEYS = List.of("framework", "criterion", "text");

    private final Catalog catalog;
    private final Map<String, String> texts = new TreeMap<>();

    private LicensedText(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Reads files.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming file and line, for a framework or criterion that does not exist,
     *     one that has two texts, or a file of another form
     */
    public static LicensedText read(Collection<Path> files, Catalog catalog) {
        LicensedText licensed = new LicensedText(catalog);
        for (Path file : files) {
            String text = text(file);
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
                licensed.csv(file, text);
            } else {
                licensed.yaml(file, text);
            }
        }
        return licensed;
    }

    /** The publisher's text of a criterion, where a file has it. */
    public Optional<String> of(Framework framework, Criterion criterion) {
        return Optional.ofNullable(texts.get(key(framework, criterion)));
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (MalformedInputException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD, "'" + file + "' is not UTF-8 text.", "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    private void yaml(Path file, String text) {
        for (YamlValue each :
                YamlValue.parse(file.toString(), text, UnaryOperator.identity()).list()) {
            each.map(KEYS);
            add(
                    each.place(),
                    each.at("framework").text(),
                    each.at("criterion").text(),
                    each.at("text").text());
        }
    }

    private void csv(Path file, String text) {
        char delimiter = text.lines().findFirst().orElse("").contains(";") ? ';' : ',';
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser = format.parse(new StringReader(text))) {
            if (!parser.getHeaderNames().containsAll(KEYS)) {
                throw TickmarkException.notUnderstood(
                        file + ", line 1: the columns are " + parser.getHeaderNames() + ".",
                        "Write the header framework,criterion,text.");
            }
            long line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord row : parser) {
                String place = file + ", line " + line;
                if (!row.isConsistent()) {
                    throw TickmarkException.notUnderstood(
                            place + ": the row has " + row.size() + " cells.",
                            "Put quotes around a text that holds the delimiter.");
                }
                add(
                        place,
                        row.get("framework").strip(),
                        row.get("criterion").strip(),
                        row.get("text").strip());
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException | IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD,
                    "'" + file + "' is not a CSV file.",
                    "Put quotes around a text that holds a comma, and double the quotes inside it.",
                    e);
        }
    }

    private void add(String place, String name, String number, String text) {
        Framework framework = catalog.framework(name).orElseThrow(() -> {
            List<String> keys =
                    catalog.frameworks().stream().map(Framework::key).toList();
            return TickmarkException.notUnderstood(
                    place + ": no framework is called '" + name + "'.",
                    Nearest.of(name, keys)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Known are " + String.join(", ", keys) + "."));
        });
        Criterion criterion = framework.criterion(number).orElseThrow(() -> {
            List<String> numbers =
                    framework.criteria().stream().map(Criterion::id).toList();
            return TickmarkException.notUnderstood(
                    place + ": " + framework.id() + " has no criterion '" + number + "'.",
                    Nearest.of(number, numbers)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Take the number from 'tickmark catalog show'; a spreadsheet makes 5.10 to 5.1."));
        });
        if (text.isBlank()) {
            throw TickmarkException.notUnderstood(
                    place + ": the text of " + number + " is missing.", "Write it, or take the row out.");
        }
        if (texts.put(key(framework, criterion), text) != null) {
            throw TickmarkException.notUnderstood(
                    place + ": " + framework.key() + ":" + number + " has a text already.", "Keep one of the two.");
        }
    }

    private static String key(Framework framework, Criterion criterion) {
        return framework.key() + ":" + criterion.id();
    }
}
