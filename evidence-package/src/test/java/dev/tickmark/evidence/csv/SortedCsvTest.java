package dev.tickmark.evidence.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedCsvTest {
    @TempDir
    Path folder;

    @Test
    void sortsByTheKeysUtf8BytesAndNotByUtf16() {
        CsvFacts facts = sort("a.csv", List.of("\uD83D\uDE00", "\uFF5E", "b", "B", "=", "ab", "a"));

        assertThat(facts.rows()).isEqualTo(7);
        assertThat(keys("a.csv")).containsExactly("=", "B", "a", "ab", "b", "\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void aTableWithoutRowsIsItsHeader() {
        CsvFacts facts = sort("a.csv", List.of());

        assertThat(facts.rows()).isZero();
        assertThat(folder.resolve("a.csv")).hasContent("scope_id,account_id,region,as_of,row_key,note,size\r\n");
    }

    @Test
    void anotherOrderOfTheRowsGivesTheSameBytes() {
        Random random = new Random(AnyText.seed());
        AnyText texts = new AnyText(random);
        for (int i = 0; i < 50; i++) {
            List<String> keys = new ArrayList<>();
            for (int k = 0; k < 20; k++) {
                keys.add(k + texts.next());
            }
            CsvFacts first = sort("a" + i, keys);
            Collections.shuffle(keys, random);

            assertThat(sort("b" + i, keys))
                    .as("seed %d, case %d", AnyText.seed(), i)
                    .isEqualTo(first);
        }
    }

    @Test
    void aKeyThatStandsTwiceIsNamedAndLeavesNoFile() {
        assertThatThrownBy(() -> sort("a.csv", List.of("one", "two", "one")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("test_item: row_key 'one' stands in two rows");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRowWithoutAKeyIsRefused() {
        try (SortedCsv sorted = new SortedCsv(Columns.TABLE, folder.resolve("a.csv"), folder)) {
            assertThatThrownBy(() -> sorted.add(row(""))).hasMessage("test_item.row_key: a row has no key");
        }
    }

    @Test
    void mergesManyRunsInSeveralPassesAndKeepsTheOrderOfEqualKeys() throws IOException {
        List<String> sorted = new ArrayList<>();
        List<String> given = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            given.add(String.format(Locale.ROOT, "%04d", i * 7919 % 1000) + "-" + i);
        }

        try (MergeSort sort = new MergeSort(folder, 1000)) {
            for (String text : given) {
                sort.add(bytes(text.substring(0, 4)), bytes(text));
            }
            sort.forEach((key, value) -> sorted.add(new String(value, StandardCharsets.UTF_8)));
        }

        List<String> expected = new ArrayList<>(given);
        expected.sort((a, b) -> Arrays.compareUnsigned(bytes(a.substring(0, 4)), bytes(b.substring(0, 4))));
        assertThat(sorted).isEqualTo(expected);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void halfAMillionRowsFitAJvmOf512Megabytes() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfAMillionRows.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();

        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(out).isZero();
        assertThat(out).contains("rows 500000");
        String peak =
                out.lines().filter(line -> line.startsWith("VmHWM")).findFirst().orElse("VmHWM: 0 kB");
        assertThat(Long.parseLong(peak.replaceAll("[^0-9]", "")) / 1024).isLessThan(512);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::toFile).map(File::getName)).containsExactly("big.csv");
        }
    }

    @Test
    void aDiskThatTakesNoMoreEndsInTwoSentencesAndLeavesNothing() throws Exception {
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.exists(shell));
        Process process = new ProcessBuilder(
                        shell.toString(),
                        "-c",
                        "ulimit -f 4096; exec \"$@\"", // blocks of 512 or 1024 bytes: less than the rows need
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfAMillionRows.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isNotZero();
        assertThat(said).contains("TickmarkException").contains("could not be written: File too large.");
        assertThat(folder).isEmptyDirectory();
    }

    /** The child process: prints its rows and, where the system tells it, the most memory it ever held. */
    static final class HalfAMillionRows {
        private HalfAMillionRows() {}

        public static void main(String[] args) throws IOException {
            Path folder = Path.of(args[0]);
            String note = "n".repeat(200);
            try (SortedCsv sorted = new SortedCsv(Columns.TABLE, folder.resolve("big.csv"), folder)) {
                for (int i = 0; i < 500_000; i++) {
                    long scattered = i * 2_654_435_761L % 4_294_967_296L;
                    sorted.add(List.of(
                            "aws_111122223333_global",
                            "111122223333",
                            "global",
                            "2026-11-23T02:00:00Z",
                            "key-" + scattered,
                            note,
                            Integer.toString(i)));
                }
                System.out.println("rows " + sorted.finish().rows());
            }
            Path status = Path.of("/proc/self/status");
            if (Files.exists(status)) {
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .forEach(System.out::println);
            }
        }
    }

    private CsvFacts sort(String file, List<String> keys) {
        try (SortedCsv sorted = new SortedCsv(Columns.TABLE, folder.resolve(file), folder.resolve("scratch"))) {
            keys.forEach(key -> sorted.add(row(key)));
            return sorted.finish();
        }
    }

    private List<String> keys(String file) {
        List<String> keys = new ArrayList<>();
        try (CsvReader reader = CsvReader.open(folder.resolve(file), Columns.TABLE.allColumns())) {
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                keys.add(row.get(reader.indexOf("row_key")));
            }
        }
        return keys;
    }

    private static List<String> row(String key) {
        return List.of("s", "a", "global", "2026-11-23T02:00:00Z", key, "note", "1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
