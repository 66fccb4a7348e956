package dev.tickmark.evidence.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lowagie.text.Document;
import com.lowagie.text.Paragraph;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfEncryption;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfWriter;
import dev.tickmark.evidence.seal.facts.PackageFacts;
import dev.tickmark.evidence.seal.key.DemoIdentity;
import dev.tickmark.evidence.seal.key.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;

/** A small run folder, and a package of it, for every test that needs one. */
public final class SampleRun {
    public static final Instant NOW = Instant.parse("2026-11-23T02:10:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final PackageFacts.Subject SUBJECT = new PackageFacts.Subject(
            "Example GmbH",
            "2026-11-23T02-00-00Z-7f3a",
            Instant.parse("2026-11-23T02:00:00Z"),
            null,
            new PackageFacts.Tool("tickmark", "0.1.0"));
    public static final String CSV = "scope_id,row_key,user_name\r\n"
            + "aws_111122223333_global,AIDAEXAMPLE1,alice\r\n"
            + "aws_111122223333_global,AIDAEXAMPLE2,\"'=cmd, \"\"x\"\"\"\r\n";

    private static final String TASK = "1-evidence/aws_111122223333_global/aws.iam/";

    private final Path folder;

    private SampleRun(Path folder) {
        this.folder = folder;
    }

    /** Writes the run into {@code run} below a folder. */
    public static SampleRun in(Path folder) {
        Path run = folder.resolve("run");
        Map<String, String> texts = new TreeMap<>();
        texts.put("run.json", "{}\n");
        texts.put("journal.jsonl", "{\"event\":\"run_started\"}\n");
        texts.put("runs.csv", "run_id\r\n2026-11-23T02-00-00Z-7f3a\r\n");
        texts.put("1-evidence/completeness.csv", "row_key,verdict\r\na,COMPLETE\r\n");
        texts.put(TASK + "raw.warc.gz", "not really a recording");
        texts.put(TASK + "evidence.json", "{}\n");
        texts.put(TASK + "aws_iam_user.csv", CSV);
        texts.put(TASK + "aws_iam_user.lineage.csv", "row_key,record\r\nAIDAEXAMPLE1,urn:uuid:1\r\n");
        texts.put(TASK + "aws_iam_user.schema.json", "{}\n");
        texts.put("2-findings/findings.csv", "control_id,outcome\r\nIAM-006,PASS\r\n");
        texts.put("2-findings/tests/IAM-006.sql", "select 1\n");
        texts.put("3-report/index.html", "<!doctype html>\n");
        texts.put("3-report/summary.json", "{}\n");
        try {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Path file = run.resolve(text.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, text.getValue().getBytes(UTF_8));
            }
            Files.write(run.resolve("3-report/report.pdf"), pdf());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SampleRun(run);
    }

    public Path folder() {
        return folder;
    }

    public Path packages() {
        return folder.resolveSibling("packages");
    }

    /** A demo key that is made below the same folder at the first call. */
    public SigningKey demoKey() {
        return DemoIdentity.open(folder.resolveSibling("config"), NOW);
    }

    public SealRequest request(SigningKey key) {
        return new SealRequest(
                "example-2026-11-23T02-00-00Z-7f3a",
                SUBJECT,
                SealRequest.files(folder),
                new TreeMap<>(),
                key,
                null,
                null,
                packages());
    }

    /** A package of it by the demo identity, without a time token. */
    public Path sealed() {
        return sealer().seal(request(demoKey())).file();
    }

    /** Seals without looking at the result. */
    public static Sealer sealer() {
        return new Sealer(CLOCK, new SecureRandom(), file -> {});
    }

    /** One page whose bytes are always the same. */
    public static byte[] pdf() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Calendar date = GregorianCalendar.from(NOW.atZone(ZoneOffset.UTC));
        date.setTimeZone(TimeZone.getTimeZone("UTC"));
        Document document = new Document();
        PdfWriter writer = PdfWriter.getInstance(document, out);
        document.open();
        writer.getInfo().put(PdfName.CREATIONDATE, new PdfDate(date));
        writer.getInfo().put(PdfName.MODDATE, new PdfDate(date));
        writer.getInfo().put(PdfName.FILEID, PdfEncryption.createInfoId(new byte[16], new byte[16]));
        document.add(new Paragraph("Report of a sample run"));
        document.close();
        return out.toByteArray();
    }
}
