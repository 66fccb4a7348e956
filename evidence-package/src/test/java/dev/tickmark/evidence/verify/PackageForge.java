package dev.tickmark.evidence.verify;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.Paragraph;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.PdfSignature;
import com.lowagie.text.pdf.PdfSignatureAppearance;
import com.lowagie.text.pdf.PdfStamper;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * Makes packages for tests, whole ones and, by a step that is changed, any that a forger with a key of their own could
 * make. It shares no code with the sealer.
 */
final class PackageForge {
    static final Instant SEALED_AT = Instant.parse("2026-11-23T03:00:00Z");
    static final Instant STAMPED_AT = Instant.parse("2026-11-23T03:00:05Z");
    static final String TASK = "1-evidence/aws_111122223333_global/account/";

    private final Identity signer;
    private final Map<String, byte[]> content = new TreeMap<>();
    private Identity reportSigner;
    private Identity commitmentsSigner;
    private List<UnaryOperator<byte[]>> reportChanges = new ArrayList<>();
    private UnaryOperator<String> facts = UnaryOperator.identity();
    private UnaryOperator<String> journal = UnaryOperator.identity();
    private UnaryOperator<String> commitments = UnaryOperator.identity();
    private UnaryOperator<String> list = UnaryOperator.identity();
    private UnaryOperator<byte[]> signature = UnaryOperator.identity();
    private UnaryOperator<Map<String, byte[]>> files = UnaryOperator.identity();
    private String previous = "null";
    private long sequence = 1;
    private String runId = "2026-11-23T02-00-00Z-7f3a";

    PackageForge(Identity signer) {
        this.signer = signer;
        this.reportSigner = signer;
        this.commitmentsSigner = signer;
        content.put("1-evidence/completeness.csv", utf8("scope_id,row_key\r\n"));
        content.put(TASK + "aws_account.csv", utf8("scope_id,row_key\r\naws_111122223333_global,111122223333\r\n"));
        content.put(TASK + "evidence.json", utf8("{}\n"));
        content.put(TASK + "raw.warc.gz", utf8("a recording"));
        content.put("2-findings/findings.csv", utf8("control_id,outcome\r\n"));
        content.put("3-report/index.html", utf8("<html></html>\n"));
        content.put("runs.csv", utf8("scope_id,row_key\r\n"));
        content.put("VERIFY.txt", utf8("sha256sum -c SHA256SUMS\n"));
    }

    PackageForge file(String name, byte[] bytes) {
        content.put(name, bytes);
        return this;
    }

    PackageForge reportSignedBy(Identity other) {
        reportSigner = other;
        return this;
    }

    PackageForge commitmentsSignedBy(Identity other) {
        commitmentsSigner = other;
        return this;
    }

    PackageForge report(UnaryOperator<byte[]> change) {
        reportChanges.add(change);
        return this;
    }

    PackageForge facts(UnaryOperator<String> change) {
        facts = change;
        return this;
    }

    PackageForge journal(UnaryOperator<String> change) {
        journal = change;
        return this;
    }

    PackageForge commitments(UnaryOperator<String> change) {
        commitments = change;
        return this;
    }

    PackageForge list(UnaryOperator<String> change) {
        list = change;
        return this;
    }

    PackageForge signature(UnaryOperator<byte[]> change) {
        signature = change;
        return this;
    }

    /** Changes the files after everything was signed. */
    PackageForge files(UnaryOperator<Map<String, byte[]>> change) {
        files = change;
        return this;
    }

    PackageForge run(String id) {
        runId = id;
        return this;
    }

    /** Follows another package, which is read again from its files. */
    PackageForge after(Map<String, byte[]> before, Identity itsSigner, long itsSequence, String itsId) {
        previous = String.format(
                Locale.ROOT,
                "{\"package_id\":\"%s\",\"sha256sums_sha256\":\"%s\",\"sha256sums_p7s_sha256\":\"%s\","
                        + "\"signer_sha256\":\"%s\",\"sequence\":%d}",
                itsId,
                Sha256.hex(of(before, "SHA256SUMS")),
                Sha256.hex(of(before, "SHA256SUMS.p7s")),
                itsSigner.fingerprint(),
                itsSequence);
        sequence = itsSequence + 1;
        return this;
    }

    /** The files of the package. */
    Map<String, byte[]> build() {
        Map<String, byte[]> all = new TreeMap<>(content);
        byte[] report = sign(pdf(), reportSigner, null);
        for (UnaryOperator<byte[]> change : reportChanges) {
            report = change.apply(report);
        }
        all.put("3-report/report.pdf", report);
        all.put("run.json", utf8("{\"format\":\"tickmark-run\",\"run_id\":\"" + runId + "\"}\n"));
        all.put("journal.jsonl", utf8(journal.apply(journalOf(all))));
        all.put("package.json", utf8(facts.apply(factsOf(all))));
        StringBuilder committed = new StringBuilder("tickmark-commitments 1\n");
        StringBuilder keys = new StringBuilder("tickmark-commitment-keys 1\n");
        all.forEach((name, bytes) -> commit(name, bytes, committed, keys));
        byte[] commitment = utf8(commitments.apply(committed.toString()));
        all.put("COMMITMENTS", commitment);
        all.put("COMMITMENTS.keys", utf8(keys.toString()));
        all.put("COMMITMENTS.p7s", Signing.by(commitmentsSigner).over(commitment));
        byte[] sums = utf8(list.apply(sumsOf(all)));
        all.put("SHA256SUMS", sums);
        all.put("SHA256SUMS.p7s", signature.apply(Signing.by(signer).over(sums)));
        return files.apply(all);
    }

    /** Adds time tokens over both signatures. */
    static UnaryOperator<Map<String, byte[]>> stampedBy(Identity authority) {
        return stampedBy(authority, STAMPED_AT);
    }

    static UnaryOperator<Map<String, byte[]>> stampedBy(Identity authority, Instant at) {
        return all -> {
            for (String name : List.of("SHA256SUMS.p7s", "COMMITMENTS.p7s")) {
                all.put(name + ".tsr", Signing.timeResponse(authority, of(all, name), at));
            }
            return all;
        };
    }

    /** Packs the files in the canonical form. */
    static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<CanonicalZip.Entry> entries = new ArrayList<>();
        new TreeMap<>(files).forEach((name, bytes) -> {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            CanonicalZip.Entry entry = new CanonicalZip.Entry(name, bytes.length, crc.getValue());
            entries.add(entry);
            out.writeBytes(CanonicalZip.localHeader(entry));
            out.writeBytes(bytes);
        });
        out.writeBytes(CanonicalZip.directory(entries));
        return out.toByteArray();
    }

    static Path write(Path folder, byte[] zip) {
        return write(folder, zip, "example.zip");
    }

    static Path write(Path folder, byte[] zip, String name) {
        try {
            return Files.write(folder.resolve(name), zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(Path folder) {
        return write(folder, zip(build()));
    }

    /** Commits files as a whole, and the cells of the one column of a table that has no commas and quotes. */
    private static void commit(String name, byte[] bytes, StringBuilder committed, StringBuilder keys) {
        String key = Sha256.hex(utf8(name));
        keys.append("file ").append(key).append("  ").append(name).append('\n');
        committed
                .append("file ")
                .append(hmac(key, bytes))
                .append("  ")
                .append(name)
                .append('\n');
        if (name.endsWith(".csv")) {
            String[] rows = new String(bytes, StandardCharsets.UTF_8).split("\r\n", 0);
            for (int column = 0; column < rows[0].split(",", -1).length; column++) {
                StringBuilder message = new StringBuilder();
                for (String row : rows) {
                    String cell = row.split(",", -1)[column];
                    message.append(utf8(cell).length).append(':').append(cell);
                }
                String place = " " + column + " " + rows.length + "  " + name + "\n";
                keys.append("column ").append(key).append(place);
                committed
                        .append("column ")
                        .append(hmac(key, utf8(message.toString())))
                        .append(place);
            }
        }
    }

    private static String hmac(String key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String journalOf(Map<String, byte[]> all) {
        StringBuilder lines = new StringBuilder("{\"at\":\"2026-11-23T02:00:00Z\",\"event\":\"run_started\"}\n");
        all.forEach((name, bytes) -> {
            if (name.startsWith("1-evidence/") || name.startsWith("2-findings/")) {
                lines.append("{\"event\":\"task_done\",\"files\":{\"")
                        .append(name)
                        .append("\":\"")
                        .append(Sha256.hex(bytes))
                        .append("\"}}\n");
            }
        });
        return lines.toString();
    }

    private String factsOf(Map<String, byte[]> all) {
        StringBuilder described = new StringBuilder();
        for (String name : all.keySet()) {
            described.append(described.isEmpty() ? "" : ",").append("{\"path\":\"" + name + "\"}");
        }
        return "{\"format\":\"tickmark-package\",\"format_version\":1,\"package_id\":\"example-" + runId
                + "\",\"run_id\":\"" + runId + "\",\"sealed_at_claimed\":\"" + SEALED_AT + "\",\"identity\":\""
                + (SignerPolicy.isDemo(signer.certificate()) ? "demo" : "real") + "\",\"signer_sha256\":\""
                + signer.fingerprint() + "\",\"report\":{\"pades_level\":\"B-B\"},\"sequence\":" + sequence
                + ",\"previous\":" + previous + ",\"files\":[" + described + "]}\n";
    }

    private static String sumsOf(Map<String, byte[]> all) {
        StringBuilder lines = new StringBuilder();
        all.forEach((name, bytes) ->
                lines.append(Sha256.hex(bytes)).append("  ").append(name).append('\n'));
        return lines.toString();
    }

    static byte[] pdf() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Document document = new Document()) {
            PdfWriter.getInstance(document, out);
            document.open();
            document.add(new Paragraph("Deviation noted: 1"));
        }
        return out.toByteArray();
    }

    static byte[] sign(byte[] pdf, Identity signer, @Nullable Identity timeAuthority) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PdfStamper stamper = PdfStamper.createSignature(new PdfReader(pdf), out, '\0', null, true);
            PdfSignatureAppearance appearance = stamper.getSignatureAppearance();
            Calendar at = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
            at.setTimeInMillis(SEALED_AT.toEpochMilli());
            PdfSignature dictionary = new PdfSignature(PdfName.ADOBE_PPKLITE, new PdfName("ETSI.CAdES.detached"));
            dictionary.setDate(new PdfDate(at));
            appearance.setCryptoDictionary(dictionary);
            int room = 16384;
            appearance.preClose(new HashMap<>(Map.of(PdfName.CONTENTS, room * 2 + 2)));
            byte[] signature = Signing.by(signer)
                    .withoutTime()
                    .over(appearance.getRangeStream().readAllBytes());
            if (timeAuthority != null) {
                byte[] token = Signing.timeToken(timeAuthority, Signing.signatureValue(signature), STAMPED_AT);
                signature = Signing.withUnsigned(signature, PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, token);
            }
            PdfDictionary contents = new PdfDictionary();
            contents.put(PdfName.CONTENTS, new PdfString(Arrays.copyOf(signature, room)).setHexWriting(true));
            appearance.close(contents);
            return out.toByteArray();
        } catch (DocumentException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] of(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
