package dev.tickmark.cli.report.source;

import dev.tickmark.evidence.run.Accuracy;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.warc.Exchange;
import dev.tickmark.evidence.warc.RecordingReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows a population's first rows through lineage and recording to the source's own request ids.
 *
 * <p>How much is read is bounded, so that a report costs the same however large the evidence is: beyond the bounds the
 * trail ends earlier, and the files beside it lead on.
 */
final class Trails {
    private static final int ROWS = 2;
    private static final long LINEAGE_LINES = 20_000;
    private static final long RECORDING_BYTES = 8 << 20;
    private static final List<String> REQUEST_IDS = List.of("x-amzn-requestid", "x-amz-request-id", "x-request-id");

    private final Map<Path, Map<String, String>> requestIds = new HashMap<>();

    /** The trails of a table; rows that the collector traced to a console first. */
    List<Trail> of(Path task, String table, Evidence evidence) {
        Map<String, String> consoles = new LinkedHashMap<>();
        evidence.tables().stream()
                .filter(each -> each.table().equals(table))
                .flatMap(each -> each.accuracy().trace().stream())
                .limit(ROWS)
                .forEach((Accuracy.Trace row) -> consoles.put(row.rowKey(), row.consoleUrl()));
        Map<String, Trail> found = new LinkedHashMap<>();
        consoles.forEach((key, url) -> found.put(key, new Trail(key, "", "", "", url)));
        Path lineage = task.resolve(table + ".lineage.csv");
        if (Files.isRegularFile(lineage)) {
            Map<String, String> ids = requestIds(task, evidence);
            try (Rows rows = Rows.open(lineage)) {
                long read = 0;
                int open = ROWS;
                for (Rows.Row row = rows.next();
                        row != null && open > 0 && read < LINEAGE_LINES;
                        row = rows.next(), read++) {
                    String key = row.text("row_key");
                    Trail trail = found.get(key);
                    boolean wanted =
                            trail == null ? found.size() < ROWS : trail.record().isEmpty();
                    if (wanted) {
                        String record = row.text("record");
                        found.put(
                                key,
                                new Trail(
                                        key,
                                        record,
                                        row.text("pointer"),
                                        ids.getOrDefault(bare(record), ""),
                                        consoles.getOrDefault(key, "")));
                        open--;
                    }
                }
            }
        }
        return new ArrayList<>(found.values());
    }

    private Map<String, String> requestIds(Path task, Evidence evidence) {
        Evidence.Recording recording = evidence.recording();
        return requestIds.computeIfAbsent(
                task, folder -> recording == null ? Map.of() : read(folder.resolve(recording.file())));
    }

    private static Map<String, String> read(Path recording) {
        Map<String, String> ids = new HashMap<>();
        try {
            if (Files.isRegularFile(recording) && Files.size(recording) <= RECORDING_BYTES) {
                for (Exchange exchange : RecordingReader.read(recording).exchanges()) {
                    exchange.answered()
                            .ifPresent(answer -> REQUEST_IDS.stream()
                                    .map(answer::header)
                                    .flatMap(Optional::stream)
                                    .findFirst()
                                    .ifPresent(id -> ids.put(bare(answer.record()), id)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }

    private static String bare(String record) {
        return record.startsWith("<") && record.endsWith(">") ? record.substring(1, record.length() - 1) : record;
    }
}
