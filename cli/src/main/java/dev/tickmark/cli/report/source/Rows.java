package dev.tickmark.cli.report.source;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one of the run's CSVs by column name; columns that a later version added are left alone. */
final class Rows implements Closeable {
    /** The one column whose numbers may be negative, which a text column would have to guard. */
    private static final String SIGNED = "clock_offset_ms";

    private final String name;
    private final CsvReader reader;
    private final Map<String, Integer> places;

    private Rows(String name, CsvReader reader, Map<String, Integer> places) {
        this.name = name;
        this.reader = reader;
        this.places = places;
    }

    /** A row; a column that the file lacks is a mistake of the file. */
    record Row(String file, Map<String, Integer> places, List<String> cells) {
        String text(String column) {
            Integer place = places.get(column);
            if (place == null) {
                throw notOurs(file, "it has no column '" + column + "'");
            }
            return cells.get(place);
        }

        boolean has(String column) {
            return places.containsKey(column);
        }

        long number(String column) {
            String text = text(column);
            try {
                return text.isEmpty() ? 0 : Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw notOurs(file, "'" + text + "' in column '" + column + "' is no number");
            }
        }

        <E extends Enum<E>> E constant(String column, Class<E> type) {
            String text = text(column);
            for (E each : type.getEnumConstants()) {
                if (each.name().equalsIgnoreCase(text)) {
                    return each;
                }
            }
            throw notOurs(file, "'" + text + "' in column '" + column + "' is no " + type.getSimpleName());
        }
    }

    static Rows open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw TickmarkException.fixFirst(
                    "'" + file + "' is not there.", "Collect and assess the run first: 'tickmark assess RUN'.");
        }
        String header;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            header = lines.readLine();
        } catch (IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "'" + file + "' cannot be read.",
                    "Check that you may read it.",
                    e);
        }
        List<Column> columns = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (String column : header == null ? List.<String>of() : List.of(header.split(",", -1))) {
            if (!column.matches("[a-z][a-z0-9_]{0,62}") || places.put(column, columns.size()) != null) {
                throw notOurs(file.toString(), "its header is not one of ours");
            }
            ColumnType type = column.equals(SIGNED) ? ColumnType.INTEGER : ColumnType.TEXT;
            columns.add(new Column(column, type, "", column, List.of(), Column.Sensitivity.NONE));
        }
        return new Rows(file.toString(), CsvReader.open(file, columns), places);
    }

    @Nullable
    Row next() {
        List<String> cells = reader.next();
        return cells == null ? null : new Row(name, places, cells);
    }

    @Override
    public void close() {
        reader.close();
    }

    static TickmarkException notOurs(String file, String why) {
        return TickmarkException.notVerified(
                "'" + file + "' is not as Tickmark writes it: " + why + ".",
                "Take the file from the run or package that it came from, unchanged.");
    }
}
