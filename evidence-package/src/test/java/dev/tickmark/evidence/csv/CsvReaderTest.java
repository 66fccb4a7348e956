package dev.tickmark.evidence.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvReaderTest {
    private static final List<Column> TWO =
            List.of(Columns.column("name", ColumnType.TEXT), Columns.column("size", ColumnType.INTEGER));

    @TempDir
    Path folder;

    @Test
    void readsRowsAndKnowsTheirLines() {
        try (CsvReader reader = reader("name,size\r\n\"a\r\nb\",1\r\n'=x,\r\n")) {
            assertThat(reader.next()).containsExactly("a\r\nb", "1");
            assertThat(reader.line()).isEqualTo(2);
            assertThat(reader.next()).containsExactly("=x", "");
            assertThat(reader.line()).isEqualTo(4);
            assertThat(reader.next()).isNull();
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("", "line 1, column 1 (name): the header is missing where 'name' belongs"),
                Arguments.of("name\r\n", "line 2, column 2 (size): the header is missing where 'size' belongs"),
                Arguments.of("name,sise\r\n", "column 2 (size): the header is 'sise' where 'size' belongs"),
                Arguments.of("\uFEFFname,size\r\n", "the header is '\uFEFFname' where 'name' belongs"),
                Arguments.of("name,size,more\r\n", "column 3: the header has a column more: 'more'"),
                Arguments.of("name,size\n", "column 2 (size): a line ends with LF alone instead of CRLF"),
                Arguments.of("name,size\r\na,1", "line 2, column 2 (size): the file ends inside a line"),
                Arguments.of("name,size\r\na\r\n", "line 3, column 2 (size): the row has 1 cells for 2 columns"),
                Arguments.of("name,size\r\n\r\n", "the row has 1 cells for 2 columns"),
                Arguments.of("name,size\r\na,1,2\r\n", "column 3: the row has more cells than the 2 of the header"),
                Arguments.of("name,size\r\na\rb,1\r\n", "a CR stands outside quotes without its LF"),
                Arguments.of("name,size\r\na\"b,1\r\n", "a quote stands inside a cell that is not quoted"),
                Arguments.of("name,size\r\n\"a,\"b,1\r\n", "something follows the closing quote of a cell"),
                Arguments.of("name,size\r\n\"a,1\r\n", "a quoted cell is not closed"),
                Arguments.of("name,size\r\n\"a\",1\r\n", "a cell is quoted that needs no quotes"),
                Arguments.of("name,size\r\n\"\",1\r\n", "a cell is quoted that needs no quotes"),
                Arguments.of("name,size\r\na\0b,1\r\n", "line 2, column 1 (name): a NUL byte stands in a cell"),
                Arguments.of("name,size\r\n=x,1\r\n", "a spreadsheet would run '=x', which lacks its apostrophe"),
                Arguments.of("name,size\r\n'x,1\r\n", "a cell begins with an apostrophe that it does not need"),
                Arguments.of("name,size\r\na,one\r\n", "column 2 (size): 'one' is no whole number"),
                Arguments.of("name,size\r\na,1\r\n\u001A", "line 3, column 1 (name): the file ends inside a line"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatTheWriterWouldNotWriteAndNamesThePlace(String csv, String message) {
        assertThatThrownBy(() -> readAll(csv.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        TickmarkException.class,
                        e -> assertThat(e.kind()).isEqualTo(TickmarkException.Kind.NOT_VERIFIED))
                .hasMessageContaining("'a.csv'")
                .hasMessageContaining(message);
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        byte[] csv = "name,size\r\na?b,1\r\n".getBytes(StandardCharsets.UTF_8);
        csv[12] = (byte) 0xC0;

        assertThatThrownBy(() -> readAll(csv)).hasMessageContaining("line 2, column 1 (name): a cell is not UTF-8");
    }

    @Test
    void stopsAtACellThatIsTooLongInsteadOfHoldingIt() {
        byte[] header = "name,size\r\n".getBytes(StandardCharsets.UTF_8);
        InputStream endless = new SequenceInputStream(
                new ByteArrayInputStream(header),
                new ByteArrayInputStream("a".repeat(9_000_000).getBytes(StandardCharsets.UTF_8)));

        try (CsvReader reader = new CsvReader(endless, "a.csv", TWO)) {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(TickmarkException.class)
                    .hasMessageContaining("a cell is longer than 8388608 bytes");
        }
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> CsvReader.open(folder.resolve("none.csv"), TWO))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("none.csv' could not be read: no such file or folder.");
    }

    @Test
    void anyBytesGiveRowsOrATickmarkExceptionAndWhatIsReadIsWrittenTheSame() throws Exception {
        byte[] good = "name,size\r\n\"a,\"\"b\",1\r\n'=cmd,-20\r\n\u00E9\u4E2D,\r\n".getBytes(StandardCharsets.UTF_8);
        Random random = new Random(AnyText.seed());
        int read = 0;

        for (int i = 0; i < 1000; i++) {
            byte[] mutated = mutate(good, random);
            List<List<String>> rows;
            try {
                rows = readAll(mutated);
            } catch (TickmarkException e) {
                continue;
            }
            read++;
            Path file = folder.resolve("case-" + i + ".csv");
            try (CsvWriter writer = new CsvWriter(file, "t", TWO)) {
                rows.forEach(writer::row);
                writer.finish();
            }
            assertThat(Files.readAllBytes(file))
                    .as("seed %d, case %d", AnyText.seed(), i)
                    .isEqualTo(mutated);
        }

        assertThat(read).isGreaterThan(50);
    }

    private static byte[] mutate(byte[] good, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = random.nextInt(good.length);
        out.write(good, 0, at);
        switch (random.nextInt(3)) {
            case 0 -> out.write(good, at + 1, good.length - at - 1);
            case 1 -> {
                out.write(random.nextInt(128));
                out.write(good, at + 1, good.length - at - 1);
            }
            default -> {
                out.write(random.nextInt(256));
                out.write(good, at, good.length - at);
            }
        }
        return out.toByteArray();
    }

    private static List<List<String>> readAll(byte[] csv) {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader reader = new CsvReader(new ByteArrayInputStream(csv), "a.csv", TWO)) {
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static CsvReader reader(String csv) {
        return new CsvReader(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), "a.csv", TWO);
    }
}
