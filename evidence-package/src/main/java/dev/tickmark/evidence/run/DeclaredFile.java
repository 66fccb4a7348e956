package dev.tickmark.evidence.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A CSV file with the declaration of the person who exported it: completeness then rests on their word.
 *
 * @param table that the file fills
 * @param system that holds the records, as its owner calls it
 * @param report name of the report or query in that system
 * @param filter what the report leaves out; {@code none} where it leaves out nothing
 * @param runAt when the system made it; the as-of of every row
 * @param rowCount the number of rows that the system showed
 * @param columns table column to the file's column; the file's other columns are cut before anything is recorded
 * @param delimiter between cells; empty where it is to be found in the header
 * @param encoding of the text where no byte order mark tells; UTF-8 unless said otherwise
 * @param dateFormat of dates, as {@link java.time.format.DateTimeFormatter} has it; empty for {@code 2026-11-23}
 * @param timeZone in which a date without time ends, where the row does not say
 */
public record DeclaredFile(
        String table,
        Path path,
        String system,
        String report,
        String filter,
        String runBy,
        Instant runAt,
        long rowCount,
        Map<String, String> columns,
        Optional<String> delimiter,
        String encoding,
        Optional<String> dateFormat,
        String timeZone) {
    public DeclaredFile {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** The same declaration of a file that lies elsewhere. */
    public DeclaredFile at(Path elsewhere) {
        return new DeclaredFile(
                table,
                elsewhere,
                system,
                report,
                filter,
                runBy,
                runAt,
                rowCount,
                columns,
                delimiter,
                encoding,
                dateFormat,
                timeZone);
    }

    /** The name under which the file's bytes are recorded: no folder of the machine that ran it. */
    public Path recordedName() {
        Path name = path.getFileName();
        return name == null ? path : name;
    }
}
