package dev.tickmark.evidence.seal.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumsTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    @Test
    void writesTheFormatOfSha256sumInOrderOfName() {
        TreeMap<String, String> digests = new TreeMap<>();
        digests.put("run.json", B);
        digests.put("1-evidence/x.csv", A);

        assertThat(new String(new Sums(digests).bytes(), UTF_8))
                .isEqualTo(A + "  1-evidence/x.csv\n" + B + "  run.json\n");
    }

    @Test
    void readsWhatItWrites() {
        byte[] bytes = (A + "  a\n" + B + "  b/c\n").getBytes(UTF_8);

        Sums.Parsed parsed = Sums.parse(bytes);

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.sums().bytes()).isEqualTo(bytes);
    }

    @Test
    void namesTheLineThatStandsTwice() {
        Sums.Parsed parsed = Sums.parse((A + "  a\n" + B + "  a\n").getBytes(UTF_8));

        assertThat(parsed.problems()).containsExactly(new Sums.Problem(2, true, "Line 2 names 'a' a second time."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "A  a",
                "A  a\n\n",
                "A  a\r\n",
                "A *a\n",
                "A a\n",
                "A  ../a\n",
                "A  /a\n",
                "A  a//b\n",
                "A  a b\n",
                "A  a\\b\n",
                "A  con.txt\n",
                "A  SHA256SUMS\n",
                "A  b\nA  a\n",
                "A  a\nA  A\n",
                "A  a\nA  a/b\n",
                "# comment\nA  a\n",
                "\uFEFFA  a\n"
            })
    void refusesEveryOtherForm(String text) {
        byte[] bytes = text.replace("A ", A + " ").getBytes(UTF_8);

        assertThat(Sums.parse(bytes).problems()).isNotEmpty();
    }
}
