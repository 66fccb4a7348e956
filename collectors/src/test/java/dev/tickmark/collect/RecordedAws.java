package dev.tickmark.collect;

import dev.tickmark.collect.aws.AwsFailures;
import dev.tickmark.collect.run.PopulationFacts;
import dev.tickmark.collect.run.TaskConnections;
import dev.tickmark.collect.run.TaskEvidence;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.csv.LineageCsv;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.warc.Body;
import dev.tickmark.evidence.warc.Exchange;
import dev.tickmark.evidence.warc.Header;
import dev.tickmark.evidence.warc.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recording made of readable files, for tests of collectors: a folder beside the test class, one file an exchange, in
 * the order of their names, {@code NN-<service>-<Operation>[-note].txt}:
 *
 * <pre>
 * # a comment
 * = 2026-11-23T02:00:01Z            (optional: when; else one second after the file before)
 * &gt; POST https://iam.amazonaws.com/
 * &gt; X-Amz-Target: …                 (headers, where they matter)
 * &gt;
 * &gt; Action=ListGroups&amp;Version=2010-05-08
 * &gt; &amp;MaxItems=1000                  (lines of a body are joined without a break)
 * &lt; 200
 * &lt; Date: Mon, 23 Nov 2026 02:00:01 GMT
 *
 * the answer, to the end of the file
 * </pre>
 *
 * <p>Instead of an answer, {@code < no answer: timeout} is an attempt that got none. The id of a file's record is {@code
 * urn:test:<its name without .txt>}. A request that no file answers fails the test and is shown as it would be written.
 */
public final class RecordedAws {
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    private final Recording recording;

    private RecordedAws(Recording recording) {
        this.recording = recording;
    }

    /** The folder {@code name} beside {@code test} on the class path. */
    public static RecordedAws from(Class<?> test, String name) {
        URL folder = test.getResource(name);
        if (folder == null) {
            throw new IllegalArgumentException("no folder '" + name + "' beside " + test.getName());
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            List<Exchange> exchanges = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                exchanges.add(exchange(file, exchanges.size() + 1));
            }
            return new RecordedAws(
                    new Recording(Path.of(name), Map.of(), exchanges, List.of(), exchanges.size(), true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The recording itself, as it would be read from a WARC file. */
    public Recording recording() {
        return recording;
    }

    /** Runs the collector on the recording; the files go into a new folder below {@code folder}. */
    public Result collect(Collector collector, Scope scope, Path folder) {
        try {
            Path out = Files.createDirectories(folder.resolve("out-" + UUID.randomUUID()));
            Tables tables = Tables.builtIn();
            try (TaskConnections connections = TaskConnections.replaying(recording)) {
                TaskEvidence evidence = new TaskEvidence(
                        collector.source(),
                        scope,
                        tables,
                        out,
                        out.resolve("scratch"),
                        List.of(new AwsFailures()),
                        connections::firstExchange);
                collector.collect(scope, connections, evidence);
                if (!connections.unanswered().isEmpty()) {
                    throw new AssertionError("no file answers:\n" + String.join("\n", connections.unanswered()));
                }
                return new Result(out, tables, evidence.finish(), evidence.counts());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a collector wrote. */
    public record Result(Path folder, Tables tables, List<PopulationFacts> populations, Map<String, Long> counts) {
        /** The rows of a table by column, in the order of the file; an empty cell is "". */
        public List<Map<String, String>> rows(String table) {
            return read(folder.resolve(table + ".csv"), tables.table(table).allColumns());
        }

        public List<Map<String, String>> lineage(String table) {
            return read(folder.resolve(table + ".lineage.csv"), LineageCsv.COLUMNS);
        }

        public PopulationFacts facts(String table) {
            return populations.stream()
                    .filter(population -> population.table().name().equals(table))
                    .findFirst()
                    .orElseThrow();
        }

        public Completeness completeness(String table) {
            return facts(table).completeness();
        }

        private static List<Map<String, String>> read(Path file, List<Column> columns) {
            List<Map<String, String>> rows = new ArrayList<>();
            try (CsvReader reader = CsvReader.open(file, columns)) {
                for (List<String> cells = reader.next(); cells != null; cells = reader.next()) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        row.put(columns.get(i).name(), cells.get(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    private static Exchange exchange(Path file, int number) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.txt$", "");
        String[] parts = name.split("-", 4);
        String text = Files.readString(file).replace("\r\n", "\n");
        Instant started = START.plusSeconds(number);
        List<Header> asked = new ArrayList<>();
        List<Header> answered = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        String first = null;
        String status = null;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end);
            at += line.length() + 1;
            if (line.startsWith("= ")) {
                started = Instant.parse(line.substring(2).strip());
            } else if (line.startsWith("> ") && first == null) {
                first = line.substring(2).strip();
            } else if (line.startsWith("> ") && line.matches("> [A-Za-z-]+: .*") && body.length() == 0) {
                asked.add(header(line));
            } else if (line.startsWith("> ")) {
                body.append(line.substring(2).strip());
            } else if (line.startsWith("< ") && status == null) {
                status = line.substring(2).strip();
            } else if (line.startsWith("< ")) {
                answered.add(header(line));
            } else if (line.isEmpty()) {
                break;
            }
        }
        if (first == null || status == null || parts.length < 3) {
            throw new IllegalArgumentException(name + " is not an exchange");
        }
        String[] asks = first.split(" ", 2);
        Exchange.Request request = new Exchange.Request(
                asks[0], URI.create(asks[1]), asked, Body.of(body.toString().getBytes(StandardCharsets.UTF_8)));
        Exchange.@Nullable Answer answer = null;
        Exchange.@Nullable Failure failure = null;
        if (status.startsWith("no answer: ")) {
            failure = Exchange.Failure.valueOf(
                    status.substring(11).toUpperCase(Locale.ROOT).replace(' ', '_'));
        } else {
            String content = at >= text.length() ? "" : text.substring(at);
            answer = new Exchange.Answer(
                    Integer.parseInt(status),
                    answered,
                    Body.of(content.getBytes(StandardCharsets.UTF_8)),
                    List.of(),
                    "urn:test:" + name);
        }
        return new Exchange(
                number, number, 1, parts[1], parts[2], started, started.plusMillis(100), request, answer, failure);
    }

    private static Header header(String line) {
        String[] parts = line.substring(2).split(":", 2);
        return new Header(parts[0], parts[1]);
    }
}
