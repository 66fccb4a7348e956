package dev.tickmark.collect.file;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.run.DeclaredFile;
import dev.tickmark.evidence.yaml.Nearest;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * What is kept of a declared file: its mapped columns, with the line that each row began on.
 *
 * <p>The form is RFC 4180 with the columns {@code line}, {@code problem} and then the mapped ones. A row that cannot be
 * read keeps its line and the problem, and none of its cells: they could belong to a column that must not be kept.
 */
final class Extract {
    static final String LINE = "line";
    static final String PROBLEM = "problem";
    static final CSVFormat FORM =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    private static final int LONGEST_CELL = 32 * 1024;

    /** The extract, and the names of the columns that were cut. */
    record Kept(String text, List<String> cutColumns) {}

    private Extract() {}

    /**
     * @throws TickmarkException NOT_UNDERSTOOD where the header lacks a mapped column, FIX_FIRST where the file is empty
     *     or in another encoding
     */
    static Kept of(byte[] file, DeclaredFile declared) {
        String text = text(file, declared);
        if (text.isBlank()) {
            throw TickmarkException.fixFirst(
                    "'" + declared.path() + "' is empty.",
                    "Export it again, with its header line; an empty " + declared.table()
                            + " has a header and no rows.");
        }
        String headerLine = text.lines().findFirst().orElse("");
        String delimiter = declared.delimiter().orElseGet(() -> delimiter(headerLine, declared));
        CSVFormat form = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(true)
                .get();
        StringBuilder kept = new StringBuilder();
        try (Reader reader = new StringReader(text);
                var parser = form.parse(reader);
                CSVPrinter printer = new CSVPrinter(kept, CSVFormat.RFC4180)) {
            var records = parser.iterator();
            List<String> header = trimmed(records.next());
            List<Integer> places = places(header, declared);
            List<String> outHeader = new ArrayList<>(List.of(LINE, PROBLEM));
            outHeader.addAll(declared.columns().values());
            printer.printRecord(outHeader);
            readRows(records, parser::getCurrentLineNumber, header, places, printer);
            printer.flush();
            LinkedHashSet<String> cut = new LinkedHashSet<>(header);
            cut.removeAll(declared.columns().values());
            return new Kept(kept.toString(), List.copyOf(cut));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Lines {
        long current();
    }

    private static void readRows(
            java.util.Iterator<CSVRecord> records,
            Lines lines,
            List<String> header,
            List<Integer> places,
            CSVPrinter printer)
            throws IOException {
        while (true) {
            long line = lines.current() + 1;
            CSVRecord row;
            try {
                if (!records.hasNext()) {
                    return;
                }
                row = records.next();
            } catch (UncheckedIOException | IllegalStateException e) {
                // Quotes that do not end: where the next row begins is not known, so the rest of the file is unread.
                printer.printRecord(
                        problem(line, "the quotes of a cell do not end; nothing after this line was read", places));
                return;
            }
            if (blank(row)) {
                continue;
            }
            if (row.size() != header.size()) {
                printer.printRecord(problem(line, row.size() + " cells where the header has " + header.size(), places));
                continue;
            }
            List<String> cells = new ArrayList<>(List.of(Long.toString(line), ""));
            boolean tooLong = false;
            for (int place : places) {
                String cell = row.get(place).strip();
                tooLong |= cell.length() > LONGEST_CELL;
                cells.add(cell);
            }
            printer.printRecord(
                    tooLong ? problem(line, "a cell is longer than " + LONGEST_CELL + " characters", places) : cells);
        }
    }

    private static List<String> problem(long line, String what, List<Integer> places) {
        List<String> cells = new ArrayList<>(List.of(Long.toString(line), what));
        places.forEach(place -> cells.add(""));
        return cells;
    }

    private static boolean blank(CSVRecord row) {
        for (String cell : row) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> trimmed(CSVRecord header) {
        List<String> names = new ArrayList<>();
        header.forEach(name -> names.add(name.strip()));
        return names;
    }

    private static List<Integer> places(List<String> header, DeclaredFile declared) {
        List<Integer> places = new ArrayList<>();
        declared.columns().forEach((column, name) -> {
            int place = header.indexOf(name);
            if (place < 0) {
                throw TickmarkException.notUnderstood(
                        "'" + declared.path() + "', line 1: there is no column '" + name + "', which is mapped to '"
                                + column + "'.",
                        Nearest.of(name, header)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("The file has: " + String.join(", ", header) + "."));
            }
            if (header.lastIndexOf(name) != place) {
                throw TickmarkException.notUnderstood(
                        "'" + declared.path() + "', line 1: the column '" + name + "' stands twice.",
                        "Rename one of the two in the report, and export it again.");
            }
            places.add(place);
        });
        return places;
    }

    private static String delimiter(String headerLine, DeclaredFile declared) {
        String best = ",";
        long most = -1;
        for (String delimiter : DELIMITERS) {
            List<String> names =
                    List.of(headerLine.replace("\"", "").split(java.util.regex.Pattern.quote(delimiter), -1));
            long found = declared.columns().values().stream()
                    .filter(name ->
                            names.stream().anyMatch(other -> other.strip().equals(name)))
                    .count();
            if (found > most) {
                most = found;
                best = delimiter;
            }
        }
        return best;
    }

    private static String text(byte[] file, DeclaredFile declared) {
        Charset charset = charset(file, declared);
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "'" + declared.path() + "' is not " + charset.name() + " text.",
                    "Save it as 'CSV UTF-8', or state its 'encoding', such as windows-1252, in the configuration.",
                    e);
        }
    }

    private static Charset charset(byte[] file, DeclaredFile declared) {
        if (file.length >= 2 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        if (file.length >= 2 && (file[0] & 0xFF) == 0xFE && (file[1] & 0xFF) == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        return Charset.forName(declared.encoding());
    }
}
