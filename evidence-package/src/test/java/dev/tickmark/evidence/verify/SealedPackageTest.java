package dev.tickmark.evidence.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tickmark.evidence.seal.SampleRun;
import dev.tickmark.evidence.seal.SealRequest;
import dev.tickmark.evidence.seal.Sealer;
import dev.tickmark.evidence.seal.Stock;
import dev.tickmark.evidence.seal.key.SigningKey;
import dev.tickmark.evidence.seal.time.TimeAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the sealer makes, judged by the verifier. The packages stay in {@code target/judged} with the certificates to
 * trust, unpacked beside the zip: the conformance module shows them to judges that know nothing of us.
 */
class SealedPackageTest {
    private static final Path JUDGED = Path.of("target", "judged");
    private static final Identity ROOT = Identity.authority("Example Root");
    private static final Identity SIGNER = ROOT.issue("Example Signer");
    private static final Identity TIME = ROOT.issueTimeAuthority("Example Time");
    private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    Path folder;

    private SampleRun run;

    @BeforeEach
    void writeRunWithItsJournal() throws IOException {
        run = SampleRun.in(folder);
        Path root = run.folder();
        StringBuilder journal = new StringBuilder();
        for (Map.Entry<String, Path> file : SealRequest.files(root).entrySet()) {
            if (file.getKey().startsWith("1-evidence/")) {
                journal.append("{\"event\":\"task_done\",\"files\":{\"")
                        .append(file.getKey())
                        .append("\":\"")
                        .append(Sha256.hex(Files.readAllBytes(file.getValue())))
                        .append("\"}}\n");
            }
        }
        Files.writeString(root.resolve("journal.jsonl"), journal.toString(), UTF_8);
        Files.writeString(root.resolve("run.json"), "{\"run_id\":\"" + SampleRun.SUBJECT.runId() + "\"}\n", UTF_8);
    }

    @Test
    void isIntactAndItsSignerAcceptedWithoutATimeToken() throws IOException {
        Path sealed = seal(null);

        VerifyResult result =
                Verifier.verify(VerifyRequest.of(sealed, trust(false), AT).inFull());

        assertThat(result.findings()).extracting(VerifyFinding::reason).containsExactly(Reason.NOT_TIMESTAMPED);
        assertThat(result.exitCode()).isZero();
        assertThat(result.facts().reportLevel()).isEqualTo("B-B");
        keep(sealed, "without-time");
    }

    @Test
    void isIntactAndItsTimeProvenWithTokens() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = Signing.answer(TIME, exchange.getRequestBody().readAllBytes(), SampleRun.NOW);
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Path sealed;
        try {
            sealed = seal(new TimeAuthority(
                    List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))));
        } finally {
            server.stop(0);
        }

        VerifyResult result =
                Verifier.verify(VerifyRequest.of(sealed, trust(true), AT).inFull());

        assertThat(result.findings()).isEmpty();
        assertThat(result.headline()).isEqualTo("INTACT, SIGNER ACCEPTED, TIME PROVEN");
        assertThat(result.facts().reportLevel()).isEqualTo("B-T");
        keep(sealed, "with-time");
    }

    private static Trust trust(boolean time) {
        return new Trust(List.of(SIGNER.fingerprint()), List.of(), List.of(ROOT.certificate()), List.of(), false, time);
    }

    private Path seal(@Nullable TimeAuthority authority) {
        SigningKey key = new SigningKey(
                () -> new JcaContentSignerBuilder("SHA256withECDSA").build(SIGNER.key()), SIGNER.chain());
        Sealer sealer = new Sealer(
                SampleRun.CLOCK,
                new SecureRandom(),
                file -> Verifier.verify(VerifyRequest.of(file, Trust.NOBODY, SampleRun.NOW))
                        .requireIntact());
        SealRequest request = new SealRequest(
                "example-2026-11-23T02-00-00Z-7f3a",
                SampleRun.SUBJECT,
                SealRequest.files(run.folder()),
                new TreeMap<>(),
                key,
                authority,
                null,
                run.packages());
        return sealer.seal(request).file();
    }

    private static void keep(Path sealed, String name) throws IOException {
        Path target = JUDGED.resolve(name);
        Files.createDirectories(target);
        Files.copy(sealed, target.resolve("package.zip"), StandardCopyOption.REPLACE_EXISTING);
        pem(target.resolve("signer.pem"), SIGNER.certificate());
        pem(target.resolve("ca.pem"), ROOT.certificate());
        pem(target.resolve("tsa.pem"), TIME.certificate());
        assertThat(Stock.run(target, "openssl", "x509", "-in", "ca.pem", "-noout")
                        .exit())
                .isZero();
    }

    private static void pem(Path file, X509Certificate certificate) throws IOException {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n", UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
