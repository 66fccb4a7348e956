package dev.tickmark.evidence.verify;

import com.lowagie.text.pdf.AcroFields;
import com.lowagie.text.pdf.PdfArray;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.PdfString;
import dev.tickmark.evidence.verify.CmsSignature.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The signature inside the report: one, over the whole file, with nothing in its gap but itself, by the one who signed
 * the package.
 *
 * <p>This version seals reports of the levels B-B and B-T. Neither adds anything behind the signature, so nothing may
 * stand there.
 *
 * @see <a href="https://www.etsi.org/deliver/etsi_en/319100_319199/31914201/">ETSI EN 319 142-1, PAdES baseline</a>
 */
final class ReportSignature {
    private static final String FILE = PackageNames.REPORT;
    private static final PdfName CADES = new PdfName("ETSI.CAdES.detached");

    private final byte[] pdf;
    private final Findings findings;

    ReportSignature(byte[] pdf, Findings findings) {
        this.pdf = pdf;
        this.findings = findings;
    }

    /** The token inside the signature, if any, and the level that the signature reaches. */
    record Found(String level, Optional<TimeToken> token) {}

    /** Empty where there is no valid signature; what is wrong is added to the findings. */
    Optional<Found> check(Optional<X509Certificate> packageSigner) {
        List<PdfDictionary> signatures;
        try {
            signatures = signatures();
        } catch (IOException | RuntimeException | StackOverflowError e) { // the PDF library's answers to broken files
            failure(Reason.PDF_SIGNATURE_INVALID, FILE + " cannot be read as a PDF.");
            return Optional.empty();
        }
        if (signatures.isEmpty()) {
            failure(Reason.PDF_SIGNATURE_MISSING, FILE + " is not signed.");
            return Optional.empty();
        }
        try {
            return checkFirst(signatures, packageSigner);
        } catch (RuntimeException e) { // as above: values of other types than the standard names
            failure(Reason.PDF_SIGNATURE_INVALID, "The signature in " + FILE + " cannot be read.");
            return Optional.empty();
        }
    }

    private List<PdfDictionary> signatures() throws IOException {
        List<PdfDictionary> signatures = new ArrayList<>();
        try (PdfReader reader = new PdfReader(pdf)) {
            if (reader.isRebuilt() || reader.isEncrypted()) {
                throw new IOException("a broken or encrypted file");
            }
            AcroFields fields = reader.getAcroFields();
            for (String name : fields.getSignedFieldNames()) {
                signatures.add(fields.getSignatureDictionary(name));
            }
        }
        return signatures;
    }

    private Optional<Found> checkFirst(List<PdfDictionary> signatures, Optional<X509Certificate> packageSigner) {
        PdfDictionary first = signatures.get(0);
        long[] range = range(first);
        boolean ordered = range.length == 4
                && range[0] == 0
                && range[1] > 0
                && range[2] > range[1]
                && range[3] > 0
                && range[2] <= pdf.length
                && range[3] <= pdf.length - range[2];
        if (!ordered) {
            failure(Reason.PDF_SIGNATURE_INVALID, "The signature in " + FILE + " covers ranges that make no sense.");
            return Optional.empty();
        }
        int gapStart = (int) range[1];
        int gapEnd = (int) range[2];
        int end = (int) (range[2] + range[3]);
        if (signatures.size() > 1 || end != pdf.length) {
            failure(
                    Reason.PDF_CHANGED_AFTER_SIGNING,
                    (pdf.length - end) + " bytes and " + (signatures.size() - 1)
                            + " more signatures follow the first signature of " + FILE + ".");
        }
        Optional<byte[]> der = contents(first, gapStart, gapEnd);
        if (der.isEmpty()) {
            failure(
                    Reason.PDF_SIGNATURE_INVALID,
                    "What the signature in " + FILE + " leaves out is not the signature alone.");
            return Optional.empty();
        }
        if (!CADES.equals(first.get(PdfName.SUBFILTER))) {
            failure(Reason.PDF_SIGNATURE_INVALID, "The signature in " + FILE + " is of another kind than PAdES.");
        }
        MessageDigest covered = Sha256.digest();
        covered.update(pdf, 0, gapStart);
        covered.update(pdf, gapEnd, end - gapEnd);
        return judge(der.get(), covered.digest(), packageSigner);
    }

    private Optional<Found> judge(byte[] der, byte[] covered, Optional<X509Certificate> packageSigner) {
        CmsSignature signature;
        try {
            signature = CmsSignature.ofPdf(der, covered);
        } catch (Refused e) {
            failure(Reason.PDF_SIGNATURE_INVALID, "The signature in " + FILE + " " + e.problem() + ".");
            return Optional.empty();
        }
        if (packageSigner.isPresent() && !packageSigner.get().equals(signature.signer())) {
            failure(
                    Reason.PDF_OTHER_SIGNER,
                    FILE + " was signed by '" + Certificates.subject(signature.signer()) + "' ("
                            + Certificates.fingerprint(signature.signer()) + "), the package by another.");
        }
        if (signature.timeToken().isEmpty()) {
            return Optional.of(new Found("B-B", Optional.empty()));
        }
        try {
            TimeToken token = TimeToken.ofToken(
                    signature.timeToken().get().bytes(), signature.value().bytes());
            return Optional.of(new Found("B-T", Optional.of(token)));
        } catch (Refused e) {
            failure(e.reason(), "The time token in the signature of " + FILE + " " + e.problem() + ".");
            return Optional.of(new Found("B-T", Optional.empty()));
        }
    }

    private static long[] range(PdfDictionary signature) {
        PdfArray array = signature.getAsArray(PdfName.BYTERANGE);
        long[] range = new long[array == null ? 0 : array.size()];
        for (int i = 0; i < range.length; i++) {
            range[i] = (long) array.getAsNumber(i).doubleValue();
        }
        return range;
    }

    /** The signature's bytes without their padding; empty where the gap holds anything else. */
    private Optional<byte[]> contents(PdfDictionary signature, int gapStart, int gapEnd) {
        String gap = new String(pdf, gapStart, gapEnd - gapStart, StandardCharsets.ISO_8859_1);
        PdfString contents = signature.getAsString(PdfName.CONTENTS);
        if (contents == null || !gap.matches("<([0-9A-Fa-f]{2})+>")) {
            return Optional.empty();
        }
        byte[] padded = HexFormat.of().parseHex(gap.substring(1, gap.length() - 1));
        int length = StrictDer.length(padded);
        if (length < 0 || !Arrays.equals(padded, contents.getOriginalBytes())) {
            return Optional.empty();
        }
        for (int i = length; i < padded.length; i++) {
            if (padded[i] != 0) {
                return Optional.empty();
            }
        }
        return Optional.of(Arrays.copyOf(padded, length));
    }

    private void failure(Reason reason, String problem) {
        findings.failure(reason, FILE, problem);
    }
}
