package dev.tickmark.evidence.seal.commitment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommittedFileTest {
    private static final CommittedFile.Keys KEYS = (path, column) -> "key".getBytes(UTF_8);

    @Test
    void commitsToTheFileAndToEachColumnWithItsHeader() {
        List<Commitment> lines = commit("a.csv", "id,name\r\n1,\"x, \"\"y\"\"\"\r\n2,\r\n", 100);

        // printf '2:id1:11:2' | openssl dgst -sha256 -hmac key
        // printf '4:name6:x, "y"0:' | openssl dgst -sha256 -hmac key
        assertThat(new String(Commitment.commitments(lines), UTF_8)).isEqualTo("""
                        tickmark-commitments 1
                        file 5e3483afaf00b25795e19913c18154ee2c332fd370afaf790a6770ec1e51eaec  a.csv
                        column 12e17261915fa84ebf2f7c1fc7026e67e86dfb93450b3ef2da0ec8e01b13547c 0 3  a.csv
                        column b8b18bbba39509e23a12a7a73088cabd13c4fa56c8891527a40d6d4dd4fc3d7f 1 3  a.csv
                        """);
    }

    @Test
    void givesTheSameWhateverTheChunks() {
        Random random = new Random(Long.getLong("seed", 1));
        for (int i = 0; i < 1000; i++) {
            StringBuilder csv = new StringBuilder("a,b\r\n");
            for (int row = random.nextInt(4); row > 0; row--) {
                csv.append(cell(random)).append(',').append(cell(random)).append("\r\n");
            }
            List<Commitment> whole = commit("a.csv", csv.toString(), 1000);

            assertThat(whole).as(csv.toString()).hasSize(3);
            assertThat(commit("a.csv", csv.toString(), 1 + random.nextInt(7))).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a\n",
                "a\r\nb",
                "a,b\r\nc\r\n",
                "a\r\nb,c\r\n",
                "a\r\n\r\n",
                "a\"b\r\n",
                "\"a\"b\r\n",
                "\"a\r\n",
                "a\rb\r\n"
            })
    void commitsToTheFileAloneWhereItIsNoCsv(String text) {
        assertThat(commit("a.csv", text, 100)).extracting(Commitment::column).containsExactly(Commitment.WHOLE_FILE);
    }

    @Test
    void hasColumnsOnlyForFilesNamedSo() {
        assertThat(commit("a.txt", "a\r\nb\r\n", 100)).hasSize(1);
    }

    @Test
    void takesAnotherKeyForEachLine() {
        CommittedFile.RandomKeys keys = new CommittedFile.RandomKeys(new SecureRandom());
        CommittedFile file = new CommittedFile("a.csv", keys);
        byte[] bytes = "a,b\r\nsame,same\r\n".getBytes(UTF_8);
        file.update(bytes, bytes.length);

        List<Commitment> lines = file.commitments();

        assertThat(keys.of(lines)).extracting(Commitment::value).hasSize(3).doesNotHaveDuplicates();
        assertThat(Commitment.parseKeys(Commitment.keys(keys.of(lines))).lines())
                .isEqualTo(keys.of(lines));
    }

    @Test
    void readsWhatItWrites() {
        List<Commitment> lines = commit("a/b.csv", "a,b\r\n1,2\r\n", 100);

        Commitment.Parsed parsed = Commitment.parseCommitments(Commitment.commitments(lines));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.lines()).isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tickmark-commitments 1",
                "tickmark-commitments 2\n",
                "tickmark-commitments 1\n\n",
                "tickmark-commitments 1\nfile X  b\nfile X  a\n",
                "tickmark-commitments 1\nfile X  a\nfile X  a\n",
                "tickmark-commitments 1\nfile X a\n",
                "tickmark-commitments 1\ncolumn X 01 2  a\n",
                "tickmark-commitments 1\ncolumn X -1 2  a\n",
                "tickmark-commitments 1\nfile X  a\r\n"
            })
    void findsEveryOtherForm(String text) {
        byte[] bytes = text.replace("X", "a".repeat(64)).getBytes(UTF_8);

        assertThat(Commitment.parseCommitments(bytes).problems()).isNotEmpty();
    }

    private static List<Commitment> commit(String path, String text, int chunk) {
        CommittedFile file = new CommittedFile(path, KEYS);
        byte[] bytes = text.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at += chunk) {
            int length = Math.min(chunk, bytes.length - at);
            byte[] part = new byte[chunk];
            System.arraycopy(bytes, at, part, 0, length);
            file.update(part, length);
        }
        return file.commitments();
    }

    private static String cell(Random random) {
        String[] cells = {
            "", "a", "'=x", "\"\"", "\"a,b\"", "\"a\"\"b\"", "\"a\r\nb\"", "ä", "\"\"\"\"", "x".repeat(300)
        };
        return cells[random.nextInt(cells.length)];
    }
}
