package dev.tickmark.collect.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CredentialReportTest {
    private static final String REPORT = """
            user,arn,user_creation_time,password_enabled,mfa_active
            <root_account>,arn:aws:iam::111122223333:root,2024-01-02T03:04:05+00:00,TRUE,false
            alice,arn:aws:iam::111122223333:user/alice,2024-01-02T03:04:05+00:00,false,true
            """;

    @Test
    void aLineThatIsNoCsvHidesNoOther() {
        CredentialReport report = CredentialReport.parse(REPORT.replace("<root_account>", "\"root\"x"));

        assertThat(report.unreadable()).containsExactly(2L);
        assertThat(report.lines()).extracting(CredentialReport.Line::user).containsExactly("alice");
    }

    @Test
    void aReportWithoutItsHeaderIsNotOneWithoutUsers() {
        assertThat(CredentialReport.parse("").unreadable()).containsExactly(1L);
        assertThat(CredentialReport.parse("no,report\n").unreadable()).containsExactly(1L);
    }

    @Test
    void aColumnThatIsMissingIsNotStated() {
        CredentialReport.Line alice = CredentialReport.parse(REPORT).lines().get(1);

        assertThat(alice.cells().byColumn())
                .containsEntry("password_enabled", "false")
                .doesNotContainKeys("access_key_1_active", "access_key_1_active_note", "active_access_keys");
    }

    @Test
    void aUserWhoseNameLooksLikeRootIsNotRoot() {
        CredentialReport report = CredentialReport.parse(REPORT.replace("alice", "a:root/x:root"));

        assertThat(report.lines()).extracting(CredentialReport.Line::root).containsExactly(true, false);
    }

    @Test
    void anyTextGivesLinesOrTheirNumbers() {
        long seed = Long.getLong("seed", 20261123L);
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            StringBuilder text = new StringBuilder(REPORT);
            for (int i = random.nextInt(8); i >= 0; i--) {
                text.setCharAt(random.nextInt(text.length()), "\",\n\r\0 éN/A'=".charAt(random.nextInt(12)));
            }

            CredentialReport report = CredentialReport.parse(text.toString());

            assertThat(report.lines())
                    .as("seed %d, round %d", seed, round)
                    .allSatisfy(line -> assertThat(line.cells().byColumn()).isNotNull());
        }
    }
}
