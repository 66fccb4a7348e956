package dev.tickmark.bench;

import dev.tickmark.evidence.csv.LineageCsv;
import dev.tickmark.evidence.csv.SortedCsv;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest resident memory of processes that handle one population of 500,000 rows. Linux only: /usr/bin/time. */
class MemoryBench {
    private static final int ROWS = 500_000;
    private static final int SCATTER = 7919;
    private static final int KIB = 1024;
    private static final Pattern PEAK = Pattern.compile("Maximum resident set size \\(kbytes\\): (\\d+)");

    @TempDir
    Path folder;

    @Test
    void oneLargePopulationStaysSmallInMemory() throws Exception {
        Measured table = new Measured("memory");

        table.line("writing " + ROWS + " rows and their lineage, sorted", writing(), "at most 512 MiB");
        Path yaml = roster();
        String tickmark = Processes.tickmark();
        String out = folder.resolve("out").toString();
        table.line(
                "tickmark collect of a declared file of " + ROWS + " rows",
                peak(List.of(tickmark, "collect", "--quiet", "--config", yaml.toString(), "--out", out)),
                "at most 512 MiB");
        table.line(
                "tickmark assess of that run",
                peak(List.of(tickmark, "assess", "--quiet", "--config", yaml.toString(), "--out", out)),
                "at most 512 MiB");

        table.print();
    }

    /** What a collector's rows go through, in a process of its own. */
    private String writing() throws Exception {
        return peak(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Rows.class.getName(),
                folder.resolve("rows").toString()));
    }

    private String peak(List<String> command) throws Exception {
        Path report = folder.resolve("time.txt");
        List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-v", "-o", report.toString()));
        timed.addAll(command);
        Processes.run(Map.of(), timed);
        Matcher matcher = PEAK.matcher(Files.readString(report));
        if (!matcher.find()) {
            throw new IllegalStateException("no peak in " + report);
        }
        return Long.parseLong(matcher.group(1)) / KIB + " MiB";
    }

    private Path roster() throws IOException {
        try (Writer csv = Files.newBufferedWriter(folder.resolve("roster.csv"))) {
            csv.write("Employee ID,Name,Email,Type,Status\n");
            for (int i = 0; i < ROWS; i++) {
                csv.write(key(i) + ",Person " + i + ",person-" + i + "@example.com,Employee,Active\n");
            }
        }
        return Files.writeString(folder.resolve("tickmark.yaml"), """
                organization: Bench
                sources:
                  files:
                    - table: hr_person
                      path: roster.csv
                      columns:
                        worker_id: Employee ID
                        display_name: Name
                        work_email: Email
                        worker_type: Type
                        employment_status: Status
                      declaration:
                        system: Example HR
                        report: All workers
                        filter: none
                        run_by: erin@example.com
                        run_at: 2026-11-20T05:30:00Z
                        row_count: 500000
                """);
    }

    static String key(int i) {
        return String.format(Locale.ROOT, "E%07d", (long) i * SCATTER % ROWS);
    }

    /** The child process. */
    static final class Rows {
        private Rows() {}

        public static void main(String[] arguments) throws IOException {
            Path target = Files.createDirectories(Path.of(arguments[0]));
            write(target, ROWS);
        }

        static void write(Path target, int rows) {
            TableDefinition table = Tables.builtIn().table("hr_person");
            List<@Nullable String> blank =
                    Collections.nCopies(table.allColumns().size(), null);
            try (SortedCsv csv = new SortedCsv(table, target.resolve("hr_person.csv"), target.resolve("scratch"));
                    LineageCsv lineage = new LineageCsv(
                            table.name(), target.resolve("hr_person.lineage.csv"), target.resolve("scratch"))) {
                for (int i = 0; i < rows; i++) {
                    String key = key(i);
                    List<@Nullable String> cells = new ArrayList<>(blank);
                    cells.set(0, "declared_hr_global");
                    cells.set(1, "hr");
                    cells.set(2, "global");
                    cells.set(3, "2026-11-20T05:30:00Z");
                    cells.set(4, key);
                    cells.set(5, key);
                    csv.add(cells);
                    lineage.add(key, "urn:uuid:00000000-0000-4000-8000-000000000001", "/line[" + i + "]", List.of("*"));
                }
                csv.finish();
                lineage.finish();
            }
        }
    }
}
