package dev.tickmark.evidence.seal.time;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.Stock;
import dev.tickmark.evidence.seal.content.ContentDigest;
import dev.tickmark.evidence.seal.time.LoopbackTimeAuthority.Behaviour;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeAuthorityTest {
    private static final Instant TIME = Instant.parse("2026-11-23T02:10:05Z");
    private static final byte[] DATA = "what existed".getBytes(UTF_8);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void givesATokenThatOpensslAccepts() throws IOException {
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(Behaviour.GOOD, TIME)) {
            TimeAuthority.Answer answer = ask(List.of(authority.uri()), LONG);

            TimeToken token = answer.token().orElseThrow();
            assertThat(token.time()).isEqualTo(TIME);
            assertThat(answer.problems()).isEmpty();
            assertThat(verify(token, authority)).contains("Verification: OK");
        }
    }

    @Test
    void leavesOutWhatNoSignatureCovers() throws IOException, TSPException {
        try (LoopbackTimeAuthority authority =
                new LoopbackTimeAuthority(Behaviour.GOOD_WITH_A_CERTIFICATE_TOO_MANY, TIME)) {
            TimeToken token = ask(List.of(authority.uri()), LONG).token().orElseThrow();

            assertThat(new TimeStampResponse(token.response())
                            .getTimeStampToken()
                            .getCertificates()
                            .getMatches(null))
                    .extracting(certificate -> certificate.getSubject().toString())
                    .containsExactlyInAnyOrder("CN=Example Time Authority", "CN=Example Time Root");
            assertThat(verify(token, authority)).contains("Verification: OK");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ERROR, HTTP status 503",
        "REFUSAL, refused",
        "GARBAGE, ''",
        "OVERSIZED, more than 1048576 bytes",
        "WRONG_NONCE, nonce",
        "WRONG_IMPRINT, digest",
        "EXPIRED_CERTIFICATE, valid"
    })
    void takesABadAnswerForNoneAfterTwoTries(Behaviour behaviour, String reason) {
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(behaviour, TIME)) {
            TimeAuthority.Answer answer = ask(List.of(authority.uri()), LONG);

            assertThat(answer.token()).isEmpty();
            assertThat(answer.problems())
                    .hasSize(2)
                    .allSatisfy(problem -> assertThat(problem)
                            .startsWith("Time authority '127.0.0.1', try ")
                            .contains("no usable answer")
                            .containsIgnoringCase(reason));
            assertThat(authority.asked()).isEqualTo(2);
        }
    }

    @Test
    void doesNotWaitForASilentAuthority() {
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(Behaviour.SILENCE, TIME)) {
            TimeAuthority.Answer answer = ask(List.of(authority.uri()), Duration.ofMillis(100));

            assertThat(answer.token()).isEmpty();
            assertThat(answer.problems())
                    .hasSize(2)
                    .allSatisfy(problem -> assertThat(problem).contains("too slow"));
        }
    }

    @Test
    void asksTheNextAuthorityWhereTheFirstIsDown() {
        URI down;
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(Behaviour.GOOD, TIME)) {
            down = authority.uri();
        }
        try (LoopbackTimeAuthority authority = new LoopbackTimeAuthority(Behaviour.GOOD, TIME)) {
            TimeAuthority.Answer answer = ask(List.of(down, authority.uri()), LONG);

            assertThat(answer.token()).isPresent();
            assertThat(answer.problems()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://tsa.example.com/", "https://user:secret@tsa.example.com/", "/tsa", "file:///tsa"})
    void refusesAnAddressThatIsNoneAndNeverRepeatsASecretInIt(String address) {
        List<URI> addresses = List.of(URI.create(address));

        assertThatThrownBy(() -> new TimeAuthority(addresses))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("is not the address of a time authority")
                .hasMessageNotContaining("secret");
    }

    private static TimeAuthority.Answer ask(List<URI> authorities, Duration limit) {
        return new TimeAuthority(authorities, limit, limit)
                .ask(ContentDigest.newSha256().digest(DATA));
    }

    private String verify(TimeToken token, LoopbackTimeAuthority authority) throws IOException {
        Files.write(folder.resolve("data"), DATA);
        Files.write(folder.resolve("data.tsr"), token.response());
        authority.rootPem(folder);
        return Stock.run(
                        folder, "openssl", "ts", "-verify", "-data", "data", "-in", "data.tsr", "-CAfile", "tsa-ca.pem")
                .text();
    }
}
