package dev.tickmark.evidence.seal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.Stock;
import dev.tickmark.evidence.seal.cms.DetachedSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are made by OpenSSL, as users' keys are. */
class KeyFileTest {
    private static final String SECRET = "correct horse";
    private static final Passphrase PASSPHRASE = Passphrase.environment("KEY", Map.of("KEY", SECRET));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256", "ec -pkeyopt ec_paramgen_curve:P-384"})
    void signsWithAKeyStoreSoThatOpensslAccepts(String algorithm) throws IOException {
        make(algorithm, "-sha256");
        openssl("pkcs12 -export -inkey key.pem -in cert.pem -out key.p12 -passout pass:x");
        Passphrase passphrase = Passphrase.environment("KEY", Map.of("KEY", "x"));

        SigningKey key = KeyFile.open(folder.resolve("key.p12"), null, passphrase, now());

        assertThat(signedAndVerified(key)).contains("CMS Verification successful");
        assertThat(key.fingerprint()).isEqualTo(fingerprintByOpenssl());
        assertThat(key.demo()).isFalse();
    }

    @Test
    void opensAnEncryptedPemKeyWithTheCertificateBesideIt() throws IOException {
        make("rsa:2048", "-sha256");
        Files.writeString(folder.resolve("secret"), SECRET + "\n");
        openssl("pkcs8 -topk8 -in key.pem -out encrypted.pem -passout file:secret");

        SigningKey key = KeyFile.open(
                folder.resolve("encrypted.pem"),
                folder.resolve("cert.pem"),
                Passphrase.file(folder.resolve("secret")),
                now());

        assertThat(signedAndVerified(key)).contains("CMS Verification successful");
    }

    @Test
    void takesTheChainInAnyOrderAndLeavesStrangersOut() throws IOException {
        make("rsa:2048", "-sha256");
        rename("root");
        make("rsa:2048", "-sha256");
        rename("stranger");
        openssl("req -new -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.csr -subj /CN=leaf");
        openssl("x509 -req -in leaf.csr -CA root.pem -CAkey root.key -days 30 -out leaf.pem");
        String all = Files.readString(folder.resolve("stranger.pem"))
                + Files.readString(folder.resolve("root.pem"))
                + Files.readString(folder.resolve("leaf.pem"))
                + Files.readString(folder.resolve("leaf.key"));
        Files.writeString(folder.resolve("all.pem"), all);

        SigningKey key = KeyFile.open(folder.resolve("all.pem"), null, Passphrase.none(), now());

        assertThat(key.chain()).extracting(Certificates::name).containsExactly("CN=leaf", "CN=Example");
    }

    @Test
    void saysThatThePassphraseIsWrong() {
        make("rsa:2048", "-sha256");
        openssl("pkcs12 -export -inkey key.pem -in cert.pem -out key.p12 -passout pass:other");
        openssl("pkcs8 -topk8 -in key.pem -out encrypted.pem -passout pass:other");

        assertThat(refusal("key.p12", null, now())).contains("The passphrase does not open");
        assertThat(refusal("encrypted.pem", "cert.pem", now()))
                .contains("The passphrase does not open")
                .doesNotContain(SECRET);
    }

    @Test
    void refusesAKeyOutsideTheTimeOfItsCertificate() {
        make("rsa:2048", "-sha256");
        Instant now = now();

        assertThat(refusal("key.pem", "cert.pem", now.plus(Duration.ofDays(31))))
                .contains("'CN=Example' expired at ")
                .contains("tickmark key new");
        assertThat(refusal("key.pem", "cert.pem", now.minus(Duration.ofDays(1))))
                .contains("is valid only from ")
                .contains("clock");
    }

    @Test
    void refusesACertificateOfAnotherKey() {
        make("rsa:2048", "-sha256");
        rename("other");
        make("rsa:2048", "-sha256");

        assertThat(refusal("key.pem", "other.pem", now()))
                .contains("No certificate in")
                .contains("belongs to its private key");
    }

    @Test
    void refusesWeakAlgorithms() {
        make("rsa:1024", "-sha256");
        rename("short");
        make("rsa:2048", "-sha1");
        rename("sha1");
        make("ec -pkeyopt ec_paramgen_curve:P-224", "-sha256");
        rename("ec224");

        assertThat(refusal("short.key", "short.pem", now())).contains("has an RSA key of 1024 bits");
        assertThat(refusal("sha1.key", "sha1.pem", now())).contains("is signed with SHA1WITHRSA");
        assertThat(refusal("ec224.key", "ec224.pem", now()))
                .contains("The EC key in")
                .contains("cannot be used here");
    }

    @Test
    void refusesOtherKindsOfKeys() {
        make("ed25519", "-sha256");

        assertThat(refusal("key.pem", "cert.pem", now())).contains("is of the kind 'Ed");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        make("rsa:2048", "-sha256");
        Files.writeString(folder.resolve("empty"), "");

        assertThat(refusal("key.pem", null, now())).contains("has no certificate");
        assertThat(refusal("cert.pem", null, now())).contains("holds 0 private keys");
        assertThat(refusal("none.p12", null, now())).contains("cannot be read as a key file");
        assertThat(refusal("empty", null, now())).contains("cannot be read as a PKCS#12 key store");
        assertThatThrownBy(() -> KeyFile.open(folder.resolve("none"), null, Passphrase.none(), now()))
                .isInstanceOf(TickmarkException.class);
    }

    @Test
    void makesAnOwnKeyThatOnlyItsOwnerReadsAndOpensslAccepts() throws IOException {
        Path file = folder.resolve("keys/example.p12");

        NewKey made = NewKey.make("Example GmbH", file, PASSPHRASE, now());

        assertThat(Stock.run(folder, "stat", "-c", "%a", file.toString()).text())
                .isEqualTo("600\n");
        Files.copy(made.certificate(), folder.resolve("cert.pem"));
        SigningKey key = KeyFile.open(file, null, PASSPHRASE, now());
        assertThat(made.fingerprint()).isEqualTo(key.fingerprint()).isEqualTo(fingerprintByOpenssl());
        assertThat(signedAndVerified(key)).contains("CMS Verification successful");
        assertThat(openssl("x509 -in cert.pem -noout -ext keyUsage,extendedKeyUsage,basicConstraints"))
                .contains("X509v3 Key Usage: critical\n    Digital Signature, Non Repudiation")
                .contains("E-mail Protection")
                .contains("CA:FALSE");
        assertThatThrownBy(() -> NewKey.make("Example GmbH", file, PASSPHRASE, now()))
                .hasMessageContaining("a key is never overwritten");
    }

    @Test
    void keepsTheDemoIdentityUntilItExpires() {
        Instant now = now();

        SigningKey first = DemoIdentity.open(folder.resolve("config"), now);
        SigningKey same = DemoIdentity.open(folder.resolve("config"), now.plus(Duration.ofDays(364)));
        SigningKey next = DemoIdentity.open(folder.resolve("config"), now.plus(Duration.ofDays(366)));

        assertThat(first.demo()).isTrue();
        assertThat(same.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(next.fingerprint()).isNotEqualTo(first.fingerprint());
        assertThat(Stock.run(folder, "stat", "-c", "%a", "config/demo-identity.pem")
                        .text())
                .isEqualTo("600\n");
    }

    @Test
    void knowsTheDemoIdentityByItsNameAlone() {
        NewKey.Pair pair = NewKey.pair(new X500Name("O=x,CN=" + DemoIdentity.NAME), now(), Duration.ofDays(1));

        assertThat(DemoIdentity.is(pair.certificate())).isTrue();
    }

    @Test
    void neverShowsAPassphrase() {
        assertThat(PASSPHRASE.toString()).doesNotContain(SECRET);
        assertThatThrownBy(() -> Passphrase.environment("KEY", Map.of()).read())
                .hasMessageContaining("'KEY'")
                .hasMessageContaining("is not set");
        assertThatThrownBy(() -> Passphrase.prompt("Passphrase: ", question -> Optional.empty())
                        .read())
                .hasMessageContaining("no terminal");
    }

    private String refusal(String file, @Nullable String certificates, Instant now) {
        Path beside = certificates == null ? null : folder.resolve(certificates);
        try {
            KeyFile.open(folder.resolve(file), beside, PASSPHRASE, now);
            return "accepted";
        } catch (TickmarkException e) {
            assertThat(e.kind()).isEqualTo(TickmarkException.Kind.FIX_FIRST);
            return String.valueOf(e.getMessage());
        }
    }

    private String signedAndVerified(SigningKey key) throws IOException {
        byte[] data = "data".getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("data"), data);
        Files.write(folder.resolve("data.p7s"), DetachedSignature.overFile(data, key, now()));
        return openssl("cms -verify -binary -inform DER -in data.p7s -content data -CAfile cert.pem -out /dev/null");
    }

    private void make(String algorithm, String digest) {
        openssl(
                "req -x509 -newkey " + algorithm + " " + digest
                        + " -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=Example -addext keyUsage=critical,digitalSignature,nonRepudiation,keyCertSign");
    }

    private void rename(String name) {
        try {
            Files.move(folder.resolve("key.pem"), folder.resolve(name + ".key"));
            Files.move(folder.resolve("cert.pem"), folder.resolve(name + ".pem"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String fingerprintByOpenssl() {
        String text = openssl("x509 -in cert.pem -noout -fingerprint -sha256");
        return text.substring(text.indexOf('=') + 1).strip().replace(":", "").toLowerCase(Locale.ROOT);
    }

    private String openssl(String arguments) {
        Stock done = Stock.run(folder, ("openssl " + arguments).split(" ", -1));
        assertThat(done.exit()).as(done.text()).isZero();
        return done.text();
    }

    /** OpenSSL reads the machine's clock when it makes a certificate, so that the key's age is counted from there. */
    private static Instant now() {
        return Clock.systemUTC().instant();
    }
}
