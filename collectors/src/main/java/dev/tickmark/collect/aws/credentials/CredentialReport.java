package dev.tickmark.collect.aws.credentials;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.collect.Cells;
import dev.tickmark.collect.aws.Arn;
import dev.tickmark.evidence.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The credential report: a header and one line for each user, root first.
 *
 * @param lines that could be read
 * @param unreadable the numbers of those that could not
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html">Report format</a>
 */
record CredentialReport(List<Line> lines, List<Long> unreadable) {
    private static final String USER = "user";
    private static final String ARN = "arn";
    private static final String ADDITIONAL = "additional_credentials_info";
    private static final Set<String> SENTINELS = Set.of("N/A", "no_information", "not_supported");
    private static final Map<String, Kind> COLUMNS = columns();

    private enum Kind {
        BOOLEAN,
        INSTANT,
        TEXT
    }

    CredentialReport {
        lines = List.copyOf(lines);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * One line.
     *
     * @param number in the report, where the header is 1
     */
    record Line(long number, Map<String, String> byColumn) {
        String user() {
            return byColumn.getOrDefault(USER, "");
        }

        String arn() {
            return byColumn.getOrDefault(ARN, "");
        }

        /** By the ARN: a user may be called what the report calls root. */
        boolean root() {
            return Arn.of(arn()).filter(arn -> arn.resource().equals("root")).isPresent();
        }

        boolean is(String column) {
            return "true".equalsIgnoreCase(byColumn.get(column));
        }

        /** A value of the column's type, or the note that says what stands there instead. */
        Cells cells() {
            Cells cells = Cells.of("user_name", stated(user())).and("arn", stated(arn()));
            COLUMNS.forEach((column, kind) -> {
                String text = byColumn.get(column);
                if (text != null && !text.isEmpty()) {
                    String name = column.equals("user_creation_time") ? "created_at" : column;
                    Object value = value(kind, text);
                    cells.and(value == null ? name + "_note" : name, value == null ? text : value);
                }
            });
            return cells.and("additional_credentials_info", stated(byColumn.get(ADDITIONAL)))
                    .and("active_access_keys", active("access_key_1_active", "access_key_2_active"))
                    .and("active_certificates", active("cert_1_active", "cert_2_active"))
                    .and("other_columns", others());
        }

        /** Nothing where one of the flags is not stated. */
        private @Nullable Integer active(String... flags) {
            int count = 0;
            for (String flag : flags) {
                if (value(Kind.BOOLEAN, byColumn.getOrDefault(flag, "")) == null) {
                    return null;
                }
                count += is(flag) ? 1 : 0;
            }
            return count;
        }

        private @Nullable String others() {
            ObjectNode others = Json.object();
            new TreeMap<>(byColumn).forEach((column, text) -> {
                if (!COLUMNS.containsKey(column)
                        && !Set.of(USER, ARN, ADDITIONAL).contains(column)) {
                    others.put(column, text);
                }
            });
            return others.isEmpty() ? null : Json.line(others);
        }
    }

    /** Each line by itself, so that one that cannot be read hides no other: no value of the report spans lines. */
    static CredentialReport parse(String text) {
        List<Line> lines = new ArrayList<>();
        List<Long> unreadable = new ArrayList<>();
        List<String> header = List.of();
        long number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            List<String> cells = rejoined(cells(line), header);
            if (header.isEmpty() && cells.containsAll(List.of(USER, ARN))) {
                header = cells;
            } else if (cells.size() == header.size() && !header.isEmpty()) {
                lines.add(new Line(number, byColumn(header, cells)));
            } else {
                unreadable.add(number);
            }
        }
        if (header.isEmpty() && unreadable.isEmpty()) {
            unreadable.add(1L);
        }
        return new CredentialReport(lines, unreadable);
    }

    /** Nothing where the line is no CSV. */
    private static List<String> cells(String line) {
        try (CSVParser parser = CSVParser.parse(line, CSVFormat.RFC4180)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? records.get(0).toList() : List.of();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static Map<String, String> byColumn(List<String> header, List<String> cells) {
        Map<String, String> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            byColumn.put(header.get(i), cells.get(i));
        }
        return byColumn;
    }

    /** User names may hold commas, which stand unquoted in the name and again in the ARN. */
    private static List<String> rejoined(List<String> cells, List<String> header) {
        int extra = cells.size() - header.size();
        if (extra <= 0 || extra % 2 != 0 || header.indexOf(USER) != 0 || header.indexOf(ARN) != 1) {
            return cells;
        }
        int half = extra / 2 + 1;
        String user = String.join(",", cells.subList(0, half));
        String arn = String.join(",", cells.subList(half, 2 * half));
        if (!arn.endsWith("/" + user)) {
            return cells;
        }
        List<String> joined = new ArrayList<>(List.of(user, arn));
        joined.addAll(cells.subList(2 * half, cells.size()));
        return joined;
    }

    private static @Nullable Object value(Kind kind, String text) {
        return switch (kind) {
            case BOOLEAN ->
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                };
            case INSTANT -> instant(text);
            case TEXT -> SENTINELS.contains(text) ? null : text;
        };
    }

    private static @Nullable Object instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable String stated(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static Map<String, Kind> columns() {
        Map<String, Kind> columns = new LinkedHashMap<>();
        columns.put("user_creation_time", Kind.INSTANT);
        columns.put("password_enabled", Kind.BOOLEAN);
        columns.put("password_last_used", Kind.INSTANT);
        columns.put("password_last_changed", Kind.INSTANT);
        columns.put("password_next_rotation", Kind.INSTANT);
        columns.put("mfa_active", Kind.BOOLEAN);
        for (String key : List.of("access_key_1", "access_key_2")) {
            columns.put(key + "_active", Kind.BOOLEAN);
            columns.put(key + "_last_rotated", Kind.INSTANT);
            columns.put(key + "_last_used_date", Kind.INSTANT);
            columns.put(key + "_last_used_region", Kind.TEXT);
            columns.put(key + "_last_used_service", Kind.TEXT);
        }
        for (String certificate : List.of("cert_1", "cert_2")) {
            columns.put(certificate + "_active", Kind.BOOLEAN);
            columns.put(certificate + "_last_rotated", Kind.INSTANT);
        }
        return columns;
    }
}
