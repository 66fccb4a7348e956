package dev.tickmark.evidence.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
    @TempDir
    Path folder;

    @Test
    void writesCommaCrlfHeaderAndQuotesOnlyWhereNeeded() throws IOException {
        Path file = folder.resolve("a.csv");

        try (CsvWriter writer = new CsvWriter(file, "t", Columns.ALL_TYPES)) {
            writer.row(List.of("plain text", "12", "true", "2026-11-23T02:00:00Z", "2026-11-23", "{\"a\":1}"));
            writer.row(Arrays.asList("a,b", null, "", null, null, "[1]"));
            writer.finish();
        }

        assertThat(Files.readString(file).split("\r\n", -1))
                .containsExactly(
                        "text,integer,boolean,instant,date,json",
                        "plain text,12,true,2026-11-23T02:00:00Z,2026-11-23,\"{\"\"a\"\":1}\"",
                        "\"a,b\",,,,,[1]",
                        "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd",
                "+1",
                "-1",
                "@sum",
                "\tx",
                "\rx",
                "\nx",
                "'quoted'",
                "\uFF1D1",
                "\uFF0B1",
                "\uFF0D1",
                "\uFF201"
            })
    void putsOneApostropheBeforeATextThatASpreadsheetWouldRun(String text) throws IOException {
        Path file = folder.resolve("a.csv");

        write(file, text);

        String line = Files.readString(file).substring("text\r\n".length());
        assertThat(line.replace("\"", "")).isEqualTo("'" + text + "\r\n");
        assertThat(read(file)).isEqualTo(text);
    }

    @Test
    void leavesNegativeNumbersAlone() throws IOException {
        Path file = folder.resolve("a.csv");

        try (CsvWriter writer = new CsvWriter(file, "t", List.of(Columns.column("n", ColumnType.INTEGER)))) {
            writer.row(List.of("-12"));
            writer.finish();
        }

        assertThat(Files.readString(file)).isEqualTo("n\r\n-12\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1234567890123456789",
        "1, 007",
        "1, 1.0",
        "1, -0",
        "2, TRUE",
        "2, yes",
        "3, 2026-11-23T02:00:00.5Z",
        "3, 2026-11-23T02:00:00+00:00",
        "3, 2026-11-23T02:00Z",
        "3, 2026-02-30T02:00:00Z",
        "3, 2026-11-23T23:59:60Z",
        "4, 2026-02-30",
        "4, 20261123",
        "5, {",
        "5, {} {}",
    })
    void refusesWhatIsNoneOfTheColumnsTypeAndNamesTableAndColumn(int column, String value) {
        @Nullable String[] cells = new String[6];
        cells[column] = value;

        try (CsvWriter writer = new CsvWriter(folder.resolve("a.csv"), "aws_test", Columns.ALL_TYPES)) {
            assertThatThrownBy(() -> writer.row(Arrays.asList(cells)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "aws_test." + Columns.ALL_TYPES.get(column).name())
                    .hasMessageContaining("'" + value + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "half a pair \uD83D"})
    void refusesWhatIsNoText(String text) {
        assertThatThrownBy(() -> write(folder.resolve("a.csv"), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("t.text");
    }

    @Test
    void refusesARowOfAnotherLength() {
        try (CsvWriter writer = new CsvWriter(folder.resolve("a.csv"), "t", Columns.ALL_TYPES)) {
            assertThatThrownBy(() -> writer.row(List.of("a"))).hasMessage("t: a row has 1 cells for 6 columns");
        }
    }

    @Test
    void givesTheDigestOfTheBytesAndTheRows() {
        Path file = folder.resolve("a.csv");

        CsvFacts facts;
        try (CsvWriter writer = new CsvWriter(file, "t", List.of(Columns.column("text", ColumnType.TEXT)))) {
            for (int i = 0; i < 20_000; i++) {
                writer.row(List.of("row " + i));
            }
            facts = writer.finish();
        }

        assertThat(facts.rows()).isEqualTo(20_000);
        assertThat(facts.sha256()).isEqualTo(Disk.sha256(file));
    }

    @Test
    void neverWritesOverAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "mine");

        assertThatThrownBy(() -> new CsvWriter(file, "t", Columns.ALL_TYPES))
                .isInstanceOfSatisfying(
                        TickmarkException.class, e -> assertThat(e.kind()).isEqualTo(TickmarkException.Kind.FIX_FIRST));
        assertThat(file).hasContent("mine");
    }

    @Test
    void anyTextComesBackAsItWas() {
        Random random = new Random(AnyText.seed());
        AnyText texts = new AnyText(random);

        for (int i = 0; i < 1000; i++) {
            Path file = folder.resolve("case-" + i + ".csv");
            String text = texts.next();
            write(file, text);

            assertThat(read(file)).as("seed %d, case %d", AnyText.seed(), i).isEqualTo(text);
        }
    }

    @Test
    void anotherReaderOfTheStandardSeesTheSameCells() throws IOException {
        AnyText texts = new AnyText(new Random(AnyText.seed()));
        Path file = folder.resolve("a.csv");
        List<List<String>> rows = new ArrayList<>();
        List<Column> columns = List.of(Columns.column("a", ColumnType.TEXT), Columns.column("b", ColumnType.TEXT));
        try (CsvWriter writer = new CsvWriter(file, "t", columns)) {
            for (int i = 0; i < 1000; i++) {
                List<String> row = List.of("x" + texts.next(), "y" + texts.next());
                rows.add(row);
                writer.row(row);
            }
            writer.finish();
        }

        List<List<String>> read;
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
            read = parser.stream().skip(1).map(CSVRecord::toList).toList();
        }

        assertThat(read).isEqualTo(rows);
    }

    private static void write(Path file, String text) {
        try (CsvWriter writer = new CsvWriter(file, "t", List.of(Columns.column("text", ColumnType.TEXT)))) {
            writer.row(List.of(text));
            writer.finish();
        }
    }

    private static @Nullable String read(Path file) {
        try (CsvReader reader = CsvReader.open(file, List.of(Columns.column("text", ColumnType.TEXT)))) {
            List<String> row = reader.next();
            assertThat(reader.next()).isNull();
            return row == null ? null : row.get(0);
        }
    }
}
