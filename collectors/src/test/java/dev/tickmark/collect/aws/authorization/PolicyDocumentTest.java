package dev.tickmark.collect.aws.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolicyDocumentTest {
    private static final String TRUST = "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"*\",\"1\"],"
            + "\"a/b~\":\"x\"},\"Action\":[\"sts:*\"],\"Condition\":{\"StringLike\":{\"sts:ExternalId\":[\"x\"]}}}]}";

    @Test
    void aPlusSignStaysOneWhateverElseIsEncoded() {
        PolicyDocument document = PolicyDocument.of("%7B%22Statement%22:%7B%22Sid%22:%22a+b%20c%22%7D%7D");

        assertThat(document.json()).isEqualTo("{\"Statement\":{\"Sid\":\"a+b c\"}}");
        assertThat(document.statements()).extracting(Statement::pointer).containsExactly("/Statement");
    }

    @Test
    void aKeyThatStandsTwiceLeavesOpenWhichCounts() {
        assertThat(PolicyDocument.of("{\"Statement\":[],\"Statement\":[]}").note())
                .isEqualTo("malformed");
    }

    @Test
    void aKeyOfAPrincipalIsEscapedInItsPointer() {
        assertThat(Principal.of(PolicyDocument.of(TRUST).statements().get(0)))
                .extracting(Principal::pointer)
                .containsExactly(
                        "/Statement/0/Principal/AWS/0",
                        "/Statement/0/Principal/AWS/1",
                        "/Statement/0/Principal/a~1b~0");
    }

    @Test
    void onlyPatternsThatReachAllOfIamCountAsSuch() {
        assertThat(iamAny("iam:*")).isTrue();
        assertThat(iamAny("I?M:**")).isTrue();
        assertThat(iamAny("*:*")).isTrue();
        assertThat(iamAny("iam:Get*")).isFalse();
        assertThat(iamAny("iamx:*")).isFalse();
        assertThat(iamAny("i\\\\Eam:*")).isFalse();
    }

    @Test
    void anyTextIsAPolicyOrNone() {
        long seed = Long.getLong("seed", 20261123L);
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            StringBuilder text =
                    new StringBuilder(random.nextBoolean() ? TRUST : URLEncoder.encode(TRUST, StandardCharsets.UTF_8));
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.setCharAt(random.nextInt(text.length()), "\"{}[],:*1%é\0tn".charAt(random.nextInt(14)));
            }

            PolicyDocument document = PolicyDocument.of(text.toString());

            for (Statement statement : document.statements()) {
                Map<String, String> cells = statement.granted().byColumn();
                assertThat(cells).as("seed %d, round %d", seed, round).containsKey("statement_index");
                assertThat(Principal.of(statement)).isNotEmpty();
                assertThat(statement.conditions().only(key -> true)).isNotEqualTo("");
            }
        }
    }

    private static boolean iamAny(String action) {
        Statement statement = PolicyDocument.of("{\"Statement\":{\"Action\":\"" + action + "\"}}")
                .statements()
                .get(0);
        return "true".equals(statement.granted().byColumn().get("iam_action_any"));
    }
}
