package dev.tickmark.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tickmark.evidence.completeness.CompletenessTable;
import dev.tickmark.evidence.completeness.Equations;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.Tables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Someone who holds the key edits a run, makes its journal agree, and seals it: intact, but not reproducible. */
class DoctoredRunTest {
    private static final String TASK = "1-evidence/aws_111122223333_global/aws-iam-authorization/";

    @TempDir
    Path folder;

    private LiveCompany company;
    private Path run;

    @BeforeEach
    void collected() throws IOException {
        company = new LiveCompany(folder.resolve("company"), Estate.generated(3));
        assertThat(company.run("run", "--no-seal", "--out", "x"))
                .as(company.session().err())
                .isZero();
        run = company.runs("x").get(0);
    }

    @AfterEach
    void close() throws IOException {
        company.close();
    }

    @Test
    void aTableThatDoesNotFollowFromTheRecordingIsFound() throws IOException {
        edit(TASK + "aws_iam_user.csv", csv -> csv.replace("user-00000001", "user-00000009"));
        assertThat(company.run("assess", "--out", "x")).isZero();
        assertThat(company.run("report", "--out", "x")).isZero();

        assertThat(reasons())
                .contains("POPULATION_DIFFERS " + TASK + "aws_iam_user.csv")
                .allMatch(reason -> reason.startsWith("POPULATION_DIFFERS "));
    }

    @Test
    void aFindingThatDoesNotFollowFromTheTablesIsFound() throws IOException {
        edit("2-findings/findings.csv", csv -> csv.replaceFirst("limit 90 days", "limit 900 days"));
        assertThat(company.run("report", "--out", "x"))
                .as(company.session().err())
                .isZero();

        assertThat(reasons()).contains("FINDING_DIFFERS 2-findings/findings.csv");
    }

    @Test
    void aRecordingFromWhichAnotherTableFollowsIsFound() throws IOException {
        Path recording = run.resolve(TASK + "raw.warc.gz");
        String before = Disk.sha256(recording);
        byte[] plain;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(recording)))) {
            plain = in.readAllBytes();
        }
        String changed = new String(plain, StandardCharsets.ISO_8859_1).replace("user-00000001", "user-00000009");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(changed.getBytes(StandardCharsets.ISO_8859_1));
        }
        Files.write(recording, packed.toByteArray());
        follow(TASK + "raw.warc.gz", before);

        assertThat(reasons())
                .isNotEmpty()
                .allMatch(
                        reason -> reason.startsWith("POPULATION_DIFFERS") || reason.startsWith("RECORDING_INCOMPLETE"))
                .allMatch(reason -> reason.contains(TASK));
    }

    @Test
    void aTaskThatIsTakenOutWithEveryTraceOfItIsMissed() throws IOException {
        String task = "aws_111122223333_global/aws-organization";
        Disk.deleteTree(run.resolve("1-evidence").resolve(task));
        Path journal = run.resolve("journal.jsonl");
        Files.write(
                journal,
                Files.readAllLines(journal).stream()
                        .filter(line -> !line.contains(task))
                        .toList());
        RunFolder folderOfRun = new RunFolder(run);
        String before = Disk.sha256(folderOfRun.completeness());
        Files.delete(folderOfRun.completeness());
        Tables tables = Tables.builtIn();
        new CompletenessTable(tables)
                .write(folderOfRun, new Equations(tables).evaluate(folderOfRun).rows());
        replaceInJournal(before, Disk.sha256(folderOfRun.completeness()));
        company.run("assess", "--out", "x");
        company.run("report", "--out", "x");

        assertThat(reasons()).containsExactly("RECORDING_INCOMPLETE 1-evidence/" + task);
    }

    @Test
    void aRunIsNotContinuedWithTheCredentialsOfAnotherAccount() throws IOException {
        assertThat(company.run("collect", "--out", "y")).isZero();
        Path begun = company.folder().resolve("y");
        Estate here = Estate.generated(3);
        Estate elsewhere = new Estate(
                "444455556666",
                here.alias(),
                here.reportGenerated(),
                here.passwordPolicy(),
                here.root(),
                here.users(),
                here.groups(),
                here.roles(),
                here.policies(),
                here.providers(),
                here.members(),
                here.denied());
        try (LiveCompany other = new LiveCompany(folder.resolve("other"), elsewhere)) {
            assertThat(other.run("collect", "--resume", "--out", begun.toString()))
                    .isEqualTo(3);

            assertThat(other.session().err()).contains("111122223333").contains("444455556666");
        }
    }

    private void edit(String name, UnaryOperator<String> change) throws IOException {
        Path file = run.resolve(name);
        String before = Disk.sha256(file);
        String text = Files.readString(file);
        String changed = change.apply(text);
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(file, changed);
        follow(name, before);
    }

    /** Lets the account of the task and the journal say the new digest of a file. */
    private void follow(String name, String before) throws IOException {
        String now = Disk.sha256(run.resolve(name));
        Path account = run.resolve(name).resolveSibling("evidence.json");
        if (Files.exists(account)) {
            String was = Disk.sha256(account);
            Files.writeString(account, Files.readString(account).replace(before, now));
            replaceInJournal(was, Disk.sha256(account));
        }
        replaceInJournal(before, now);
    }

    private void replaceInJournal(String before, String now) throws IOException {
        Path journal = run.resolve("journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replace(before, now));
    }

    /** Seals the run, verifies the package, and gives each failure as its reason and file. */
    private Set<String> reasons() throws IOException {
        assertThat(company.run("seal", "--demo-identity", "--out", "x"))
                .as(company.session().err())
                .isZero();
        Path zip;
        try (Stream<Path> files = Files.list(company.folder().resolve("x/packages"))) {
            zip = files.findFirst().orElseThrow();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        company.run("verify", zip.toString());
        String signer = company.session()
                .out()
                .lines()
                .filter(line -> line.startsWith("fingerprint"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("fingerprint *", "");
        String[] verify = {
            "verify", zip.toString(), "--signer", signer, "--allow-demo", "--output", "json", "--reperform"
        };

        assertThat(company.run(verify)).as(company.session().out()).isEqualTo(10);

        Set<String> reasons = new TreeSet<>();
        for (JsonNode finding : company.json().path("findings")) {
            if (finding.path("severity").asText().equals("failure")) {
                reasons.add(finding.path("reason").asText() + " "
                        + finding.path("file").asText());
            }
        }
        return reasons;
    }
}
