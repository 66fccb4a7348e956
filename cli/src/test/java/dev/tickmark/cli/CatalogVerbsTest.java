package dev.tickmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads of the catalog before any run. */
class CatalogVerbsTest {
    @TempDir
    Path folder;

    private Session session = new Session(Path.of(""));

    @BeforeEach
    void begin() {
        session = new Session(folder);
    }

    @Test
    void aControlsPageSaysWhatIsAskedForAndHowFarItReaches() {
        assertThat(session.run("catalog", "show", "iam-006")).isZero();

        assertThat(session.out())
                .startsWith("# IAM-006 Access keys are replaced in time\n")
                .contains("**Objective.** A leaked key stops working")
                .contains("`max_age_days` = 90 days. Origin: CIS AWS Foundations.")
                .contains("- **soc2:CC6.1** Logical access protections guard information assets: supporting.")
                .contains("Not covered: Keys outside AWS")
                .contains("```sql\n");
    }

    @Test
    void aCriterionIsFoundByItsNumberAlone() {
        assertThat(session.run("catalog", "show", "CC6.1")).isZero();

        assertThat(session.out())
                .startsWith("# soc2:CC6.1 ")
                .contains("**Usually asked for.**")
                .contains("**What no control shows.**")
                .contains("**iso27001:A.5.15** Access control (intersects, confidence high).");
    }

    @Test
    void noLineOfAPageIsTooLongForALetter() {
        session.run("catalog", "show", "CC6.1");

        assertThat(session.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(112));
    }

    @Test
    void anAddressableSpecificationNeverReadsAsOptional() {
        session.run("catalog", "show", "hipaa:164.312(a)(2)(iii)");

        assertThat(session.out())
                .contains("Addressable: to be implemented, replaced")
                .contains("never optional");
    }

    @Test
    void theCrosswalkReadsFromBothEnds() {
        assertThat(session.run("catalog", "crosswalk", "hipaa", "164.308(a)(2)", "--to", "soc2"))
                .isZero();
        assertThat(session.out()).contains("subset     soc2:CC1.3");

        assertThat(session.run("catalog", "crosswalk", "CC1.3", "--to", "hipaa"))
                .isZero();
        assertThat(session.out()).contains("superset   hipaa:164.308(a)(2)");
    }

    @Test
    void aCriterionWithoutACounterpartSaysSo() {
        assertThat(session.run("catalog", "crosswalk", "A.8.11", "--to", "soc2"))
                .isZero();

        assertThat(session.out()).contains("Nothing in SOC 2 trust services criteria is near to it");
    }

    @Test
    void aWrongNumberIsSuggestedRight() {
        assertThat(session.run("catalog", "crosswalk", "soc2", "CC6.11")).isEqualTo(2);
        assertThat(session.err()).contains("Did you mean 'soc2:CC6.1'?");

        assertThat(session.run("catalog", "crosswalk", "CC6.1", "--to", "iso27002"))
                .isEqualTo(2);
        assertThat(session.err()).contains("Did you mean 'iso27001'?");
    }

    @Test
    void coverageCountsWhatCanBeLookedAtAndNotHowItComesOut() {
        assertThat(session.run("catalog", "coverage", "--framework", "soc2")).isZero();

        assertThat(session.out())
                .contains("61 criteria: ")
                .containsPattern("CC6\\.1 +automated")
                .contains("not how they come out");
    }

    @Test
    void coverageIsForProgramsToo() {
        session.run("catalog", "coverage", "--framework", "hipaa", "--output", "csv");
        assertThat(session.out())
                .startsWith(
                        "framework_id,criterion_id,title,evidence,automated_controls,manual_controls,other_controls")
                .contains("hipaa-security-rule,164.314(b)(1),");

        session.run("catalog", "coverage", "--framework", "hipaa", "--output", "json");
        assertThat(session.out()).contains("\"criterion\"").contains("164.312(a)(2)(i)");
    }

    @Test
    void anUnknownSourceIsRefusedWithASuggestion() {
        assertThat(session.run("catalog", "coverage", "--sources", "awz")).isEqualTo(2);

        assertThat(session.err()).contains("Did you mean 'aws'?");
    }
}
