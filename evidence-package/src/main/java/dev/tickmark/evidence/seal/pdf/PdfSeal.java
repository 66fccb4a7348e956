package dev.tickmark.evidence.seal.pdf;

import com.lowagie.text.DocumentException;
import com.lowagie.text.pdf.PdfArray;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfEncryption;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfObject;
import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.PdfSignature;
import com.lowagie.text.pdf.PdfSignatureAppearance;
import com.lowagie.text.pdf.PdfStamper;
import com.lowagie.text.pdf.PdfString;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.cms.DetachedSignature;
import dev.tickmark.evidence.seal.content.ContentDigest;
import dev.tickmark.evidence.seal.key.Certificates;
import dev.tickmark.evidence.seal.key.SigningKey;
import dev.tickmark.evidence.seal.time.TimeAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Signs a PDF in an update after its last byte, so that the report as rendered stays in it byte by byte.
 *
 * @see <a href="https://www.etsi.org/deliver/etsi_en/319100_319199/31914201/">ETSI EN 319 142-1, PAdES baseline</a>
 */
public final class PdfSeal {
    private static final int RESERVED = 16 * 1024;

    private PdfSeal() {}

    /** How much the signature inside the PDF proves by itself. */
    public enum Level {
        /** Who signed what. */
        B_B("B-B"),
        /** And that the signature existed at the time that an authority states. */
        B_T("B-T");

        private final String text;

        Level(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * What was reached.
     *
     * @param problems why the level is not higher, one sentence each
     */
    public record Result(Level level, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Signs {@code unsigned} into the new file {@code signed}.
     *
     * @param at the time that the signature claims
     */
    public static Result sign(
            Path unsigned, Path signed, SigningKey key, Instant at, @Nullable TimeAuthority authority) {
        try (PdfReader reader = new PdfReader(Files.readAllBytes(unsigned))) {
            if (!reader.getAcroFields().getSignedFieldNames().isEmpty()) {
                throw TickmarkException.fixFirst(
                        "The report '" + unsigned + "' is signed already.", "Render it again with 'tickmark report'.");
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PdfSignatureAppearance appearance = appearance(reader, out, key, at);
            byte[] covered = appearance.getRangeStream().readAllBytes();
            byte[] signature = DetachedSignature.insidePdf(covered, key);
            Level level = Level.B_B;
            List<String> problems = List.of();
            if (authority != null) {
                TimeAuthority.Answer answer = authority.ask(DetachedSignature.digestOfSignature(signature));
                problems = answer.problems();
                if (answer.token().isPresent()) {
                    byte[] withTime = DetachedSignature.withTime(
                            signature, answer.token().get().token());
                    if (withTime.length <= RESERVED) {
                        signature = withTime;
                        level = Level.B_T;
                    } else {
                        problems = List.of("The time authority's token is too large for the report's signature.");
                    }
                }
            }
            if (signature.length > RESERVED) {
                throw TickmarkException.fixFirst(
                        "The certificate chain is too large for the report's signature.",
                        "Leave out what does not lead from the signer's certificate to its root.");
            }
            PdfDictionary contents = new PdfDictionary();
            contents.put(PdfName.CONTENTS, new PdfString(Arrays.copyOf(signature, RESERVED)).setHexWriting(true));
            appearance.close(contents);
            Files.write(signed, out.toByteArray());
            return new Result(level, problems);
        } catch (IOException | DocumentException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "The report '" + unsigned + "' could not be signed: " + e.getMessage() + ".",
                    "Render it again with 'tickmark report', and check that the disk has room.",
                    e);
        }
    }

    private static PdfSignatureAppearance appearance(
            PdfReader reader, ByteArrayOutputStream out, SigningKey key, Instant at)
            throws DocumentException, IOException {
        Calendar when = GregorianCalendar.from(at.atZone(ZoneOffset.UTC));
        when.setTimeZone(TimeZone.getTimeZone("UTC"));
        PdfStamper stamper = PdfStamper.createSignature(reader, out, '\0', null, true);
        stamper.setEnforcedModificationDate(modified(reader, when));
        stamper.setUpdateDocInfo(true);
        stamper.setUpdateMetadata(false);
        stamper.setOverrideFileId(fileId(reader, key, at));
        PdfSignatureAppearance appearance = stamper.getSignatureAppearance();
        appearance.setSignDate(when);
        PdfSignature signature = new PdfSignature(PdfName.ADOBE_PPKLITE, new PdfName("ETSI.CAdES.detached"));
        signature.setName(Certificates.name(key.certificate()));
        signature.setReason("Tickmark seal");
        signature.setDate(new PdfDate(when));
        appearance.setCryptoDictionary(signature);
        appearance.preClose(new HashMap<>(Map.of(PdfName.CONTENTS, RESERVED * 2 + 2)));
        return appearance;
    }

    /** The date that the PDF has: its own metadata names it too, and the time of the signature stands in the signature. */
    private static Calendar modified(PdfReader reader, Calendar otherwise) {
        String date = reader.getInfo().get("ModDate");
        Calendar own = date == null ? null : PdfDate.decode(date);
        return own == null ? otherwise : own;
    }

    /** The first half says which document and is kept; the second, which state of it, comes from neither chance nor clock. */
    private static PdfObject fileId(PdfReader reader, SigningKey key, Instant at) {
        PdfArray before = reader.getTrailer().getAsArray(PdfName.ID);
        byte[] document = id(before == null ? "document" : String.valueOf(before.getPdfObject(0)));
        return PdfEncryption.createInfoId(document, id(HexFormat.of().formatHex(document) + key.fingerprint() + at));
    }

    private static byte[] id(String of) {
        String digest = ContentDigest.sha256(of.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().parseHex(digest.substring(0, 32));
    }
}
