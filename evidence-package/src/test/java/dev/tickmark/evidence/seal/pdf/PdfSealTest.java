package dev.tickmark.evidence.seal.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lowagie.text.pdf.PdfReader;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.SampleRun;
import dev.tickmark.evidence.seal.Stock;
import dev.tickmark.evidence.seal.key.DemoIdentity;
import dev.tickmark.evidence.seal.key.KeyFile;
import dev.tickmark.evidence.seal.key.Passphrase;
import dev.tickmark.evidence.seal.key.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfSealTest {
    private static final Instant AT = Instant.parse("2026-12-01T23:30:00Z");

    @TempDir
    Path folder;

    private Path unsigned;
    private Path signed;

    @BeforeEach
    void makePdf() throws IOException {
        unsigned = Files.write(folder.resolve("report.pdf"), SampleRun.pdf());
        signed = folder.resolve("signed.pdf");
    }

    @Test
    void addsAfterTheLastByteAndKeepsTheDocumentsOwnDates() throws IOException {
        PdfSeal.Result result = PdfSeal.sign(unsigned, signed, demo(), AT, null);

        byte[] before = Files.readAllBytes(unsigned);
        byte[] after = Files.readAllBytes(signed);
        assertThat(result).isEqualTo(new PdfSeal.Result(PdfSeal.Level.B_B, List.of()));
        assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
        try (PdfReader reader = new PdfReader(after)) {
            assertThat(reader.getInfo())
                    .containsEntry("ModDate", "D:20261123021000Z")
                    .containsEntry("CreationDate", "D:20261123021000Z");
        }
    }

    @Test
    void isAcceptedByPdfsigAndWholeForQpdf() {
        PdfSeal.sign(unsigned, signed, demo(), AT, null);

        assertThat(Stock.run(folder, "pdfsig", "signed.pdf").text())
                .contains(
                        "ETSI.CAdES.detached", "Signature is Valid.", "Total document signed", "Dec 01 2026 23:30:00");
        assertThat(Stock.run(folder, "qpdf", "--check", "signed.pdf").text())
                .contains("No syntax or stream encoding errors found");
    }

    @Test
    void givesTheSameBytesWithAKeyWhoseSignaturesHoldNoChance() throws IOException {
        String request = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=Example";
        assertThat(Stock.run(folder, ("openssl " + request).split(" ", -1)).exit())
                .isZero();
        Instant now = Clock.systemUTC().instant(); // OpenSSL reads the machine's clock for the certificate
        SigningKey key = KeyFile.open(folder.resolve("key.pem"), folder.resolve("cert.pem"), Passphrase.none(), now);

        PdfSeal.sign(unsigned, signed, key, AT, null);
        PdfSeal.sign(unsigned, folder.resolve("again.pdf"), key, AT, null);

        assertThat(folder.resolve("again.pdf")).hasSameBinaryContentAs(signed);
    }

    @Test
    void refusesWhatIsSignedAlready() {
        PdfSeal.sign(unsigned, signed, demo(), AT, null);

        assertThatThrownBy(() -> PdfSeal.sign(signed, folder.resolve("twice.pdf"), demo(), AT, null))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("is signed already");
    }

    @Test
    void refusesWhatIsNoPdf() throws IOException {
        Files.write(unsigned, "<html>".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> PdfSeal.sign(unsigned, signed, demo(), AT, null))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("could not be signed");
        assertThat(signed).doesNotExist();
    }

    private SigningKey demo() {
        return DemoIdentity.open(folder.resolve("config"), SampleRun.NOW);
    }
}
