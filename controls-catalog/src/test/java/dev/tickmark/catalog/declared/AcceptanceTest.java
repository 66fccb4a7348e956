package dev.tickmark.catalog.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.evidence.TickmarkException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
    private static final String GOOD = """
            # approved by the risk board
            - id: A-1
              control: IAM-006
              requester: Erin Example
              approver: Frank Example
              reason: The vendor takes no second key before March.
              compensating_control: The key is used from one address only.
              approved_on: 2026-11-01
              expires_on: 2027-03-31
              items:
                - {scope: aws_111122223333_global, row_key: AKIAIOSFODNN7EXAMPLE}
                - {account: "111122223333", row_key: AKIAI44QH8DHBEXAMPLE}
            """;

    @Test
    void readsWhoAcceptedWhatUntilWhen() {
        Acceptance read = read(GOOD).get(0);

        assertThat(read.approver()).isEqualTo("Frank Example");
        assertThat(read.items())
                .containsExactly(
                        new Item("aws_111122223333_global", "", "AKIAIOSFODNN7EXAMPLE"),
                        new Item("", "111122223333", "AKIAI44QH8DHBEXAMPLE"));
        assertThat(read.holdsOn(LocalDate.parse("2026-10-31"))).isFalse();
        assertThat(read.holdsOn(LocalDate.parse("2026-11-01"))).isTrue();
        assertThat(read.holdsOn(LocalDate.parse("2027-03-31"))).isTrue();
        assertThat(read.holdsOn(LocalDate.parse("2027-04-01"))).isFalse();
    }

    @Test
    void aFileOfCommentsAcceptsNothing() {
        assertThat(read("# none yet\n---\n")).isEmpty();
        assertThat(read("")).isEmpty();
        assertThat(read("[]\n")).isEmpty();
    }

    @Test
    void whoAsksDoesNotApproveHoweverTheNameIsWritten() {
        for (String same : List.of("Erin Example", "  erin  EXAMPLE ", "Erin\u00a0Example", "Ｅrin Example")) {
            assertThatThrownBy(() -> read(GOOD.replace("Frank Example", '"' + same + '"')))
                    .isInstanceOf(TickmarkException.class)
                    .hasMessageContaining("acceptances.yaml, line 5, ")
                    .hasMessageContaining("key '[0].approver'")
                    .hasMessageContaining("another person");
        }
    }

    @Test
    void anIdAndAnItemStandOnce() {
        assertThatThrownBy(() -> read(GOOD + GOOD)).hasMessageContaining("the id 'A-1' stands twice");
        assertThatThrownBy(() -> read(GOOD + GOOD.replace("A-1", "A-2")))
                .hasMessageContaining("'A-1' accepts the item 'aws_111122223333_global AKIAIOSFODNN7EXAMPLE'");
        assertThatThrownBy(() ->
                        read(GOOD.replace("AKIAI44QH8DHBEXAMPLE", "x").replace("account: \"111122223333\"", "scope: s")
                                + "    - {scope: s, row_key: x}\n"))
                .hasMessageContaining("twice in this acceptance");
    }

    @Test
    void aRenewalMayFollowTheAcceptanceThatEnds() {
        String renewed =
                GOOD.replace("A-1", "A-2").replace("2027-03-31", "2027-06-30").replace("2026-11-01", "2027-04-01");

        assertThat(read(GOOD + renewed)).hasSize(2);
    }

    @Test
    void everyOtherMistakeIsNamedByLineAndKey() {
        assertThatThrownBy(() -> read(GOOD.replace("IAM-006", "IAM-999")))
                .hasMessageContaining("line 3,")
                .hasMessageContaining("no control is called 'IAM-999'");
        assertThatThrownBy(() -> read(GOOD.replace("2027-03-31", "2026-10-31")))
                .hasMessageContaining("line 9,")
                .hasMessageContaining("before it was approved");
        assertThatThrownBy(() -> read(GOOD.replace("2027-03-31", "soon"))).hasMessageContaining("'soon' is not a date");
        assertThatThrownBy(() -> read(GOOD.replace("reason:", "reasons:")))
                .hasMessageContaining("Did you mean 'reason'");
        assertThatThrownBy(() -> read(GOOD.replace("scope: aws_111122223333_global, ", "")))
                .hasMessageContaining("scope or its account");
        assertThatThrownBy(() -> read(GOOD.replaceAll("(?s)items:.*", "items: []")))
                .hasMessageContaining("names no item");
        assertThatThrownBy(() -> read(GOOD.replace("id: A-1", "id: ../A"))).hasMessageContaining("cannot be an id");
    }

    private static List<Acceptance> read(String text) {
        return Acceptance.read("acceptances.yaml", text, Optional.of(Catalog.builtIn()));
    }
}
