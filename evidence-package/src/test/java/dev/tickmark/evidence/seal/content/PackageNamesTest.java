package dev.tickmark.evidence.seal.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageNamesTest {
    @Test
    void allowsTheNamesOfARunFolder() {
        assertThatCode(() -> PackageNames.check(List.of(
                        "1-evidence/aws_111122223333_global/iam.2/aws_iam_user.lineage.csv",
                        "2-findings/tests/IAM-006.run.sql",
                        "run.json")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a",
                "a/",
                "a//b",
                ".",
                "a/../b",
                "a\\b",
                "a b",
                "ä",
                "a\n",
                "a:b",
                "nul",
                "x/COM1.csv",
                "a./b",
                "lpt0"
            })
    void refusesWhatCannotBeUnpackedEverywhere(String name) {
        assertThat(PackageNames.problem(name)).isPresent();
    }

    @Test
    void refusesOneCharacterPastTheLimit() {
        assertThat(PackageNames.problem("a".repeat(120))).isEmpty();
        assertThat(PackageNames.problem("a".repeat(121))).isPresent();
    }

    @Test
    void refusesNamesThatAreTheSameWhereCaseDoesNotCount() {
        assertThatThrownBy(() -> PackageNames.check(List.of("run.json", "Run.json")))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("'Run.json' and 'run.json' are the same name");
    }

    @Test
    void keepsTheListOfFilesOutsideTheListClosed() {
        assertThat(List.of(
                        "SHA256SUMS", "SHA256SUMS.p7s", "SHA256SUMS.p7s.tsr", "COMMITMENTS.p7s.tsr", "RENEWAL-001.crl"))
                .allMatch(PackageNames::outsideTheList);
        assertThat(List.of(
                        "COMMITMENTS.p7s", "COMMITMENTS", "sha256sums", "SHA256SUMS.tsr", "RENEWAL-1", "a/SHA256SUMS"))
                .noneMatch(PackageNames::outsideTheList);
    }
}
