package dev.tickmark.evidence.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class YamlValueTest {
    @Test
    void keepsAnAccountNumberWithLeadingZerosAsItWasWritten() {
        assertThat(parse("account: 012345678901").at("account").text()).isEqualTo("012345678901");
    }

    @Test
    void namesFileLineColumnAndTheNearestKeyForAMistypedOne() {
        assertThatThrownBy(() -> parse("organization: x\norganisaton: y").map(List.of("organization", "output")))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("t.yaml, line 2, column 14, key 'organisaton'")
                .hasMessageContaining("Did you mean 'organization'?");
    }

    @Test
    void namesTheLineOfBrokenYaml() {
        assertThatThrownBy(() -> parse("a: 1\nb: [1, 2\nc: 3"))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("line 3");
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertThatThrownBy(() -> parse("a: 1\na: 2"))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("twice");
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> parse("# nothing"))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("is empty");
    }

    @Test
    void refusesAliasesThatMultiply() {
        String bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]";

        assertThatThrownBy(() -> parse(bomb).at("d").list().get(0).list()).isInstanceOf(TickmarkException.class);
    }

    @Test
    void saysWhichNumbersAreAllowed() {
        assertThatThrownBy(() -> parse("days: many").at("days").integer(1, 366))
                .hasMessageContaining("'many' is not a whole number from 1 to 366");
    }

    private static YamlValue parse(String text) {
        return YamlValue.parse("t.yaml", text, UnaryOperator.identity());
    }
}
