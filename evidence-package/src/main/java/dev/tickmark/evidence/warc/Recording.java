package dev.tickmark.evidence.warc;

import dev.tickmark.evidence.TickmarkException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a recording holds. Bodies of answers and resources stay in the file until they are opened.
 *
 * @param facts of the recording as its writer was given them, such as {@code scope}
 * @param exchanges in the order of their numbers
 * @param resources in the order of the file
 * @param records WARC records that were read
 * @param whole whether the writer was closed and everything that it wrote is there and unchanged
 */
public record Recording(
        Path file,
        Map<String, String> facts,
        List<Exchange> exchanges,
        List<Resource> resources,
        long records,
        boolean whole) {
    public Recording {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        exchanges = List.copyOf(exchanges);
        resources = List.copyOf(resources);
    }

    /** This recording, or RECORDING_INCOMPLETE where it ends before its end. */
    public Recording requireWhole() {
        if (!whole) {
            throw TickmarkException.notVerified(
                    "RECORDING_INCOMPLETE: '" + file.getFileName() + "' ends after " + records + " whole records.",
                    "Take an unchanged copy of the package, or collect again.");
        }
        return this;
    }
}
