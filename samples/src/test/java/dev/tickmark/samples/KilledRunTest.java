package dev.tickmark.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.evidence.run.EvidenceCheck;
import dev.tickmark.evidence.run.RunFolder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KilledRunTest {
    @TempDir
    Path folder;

    private LiveCompany company;

    @BeforeEach
    void open() throws IOException {
        company = new LiveCompany(folder.resolve("company")).configured();
    }

    @AfterEach
    void close() throws IOException {
        company.close();
    }

    /** Killed while the source holds back its answer to the nth call, then resumed. */
    @Test
    void aCollectionKilledAtAnyCallIsResumedAndReadsTheSame() throws Exception {
        assertThat(company.run("collect", "--out", "whole")).isEqualTo(4);
        SortedMap<String, String> whole = tables(company.runs("whole").get(0));
        int calls = company.server().calls();
        assertThat(calls).isGreaterThan(20);

        for (int at : List.of(2, calls / 3, calls - 2)) {
            String out = "killed-" + at;
            kill(at, out);
            assertThat(company.runs(out)).hasSize(1);
            Path run = company.runs(out).get(0);
            assertThat(run.resolve("1-evidence/completeness.csv")).doesNotExist();

            int exit = company.run("collect", "--resume", "--out", out);

            assertThat(exit)
                    .as("killed at call " + at + ": " + company.session().err())
                    .isEqualTo(4);
            assertThat(company.runs(out)).containsExactly(run);
            whole(run);
            assertThat(tables(run)).as("killed at call " + at).isEqualTo(whole);
        }
    }

    @Test
    void aRunKilledAfterItHasReadIsResumedWithoutReadingAgain() throws Exception {
        List<String> findings = new ArrayList<>();
        for (String said : List.of("Writing the report", "Sealing")) {
            String out = "killed-" + said.length();
            killWhenItSays(said, out);
            int before = company.server().calls();

            assertThat(company.run("run", "--resume", "--demo-identity", "--out", out))
                    .as(said + ": " + company.session().err())
                    .isEqualTo(4);

            // the caller, and the task whose table was refused before
            assertThat(company.server().calls() - before).as(said).isLessThan(10);
            assertThat(company.runs(out)).hasSize(1);
            whole(company.runs(out).get(0));
            assertThat(Digests.of(company.folder().resolve(out).resolve("packages"))
                            .keySet())
                    .as(said)
                    .hasSizeBetween(1, 2)
                    .allMatch(name -> name.endsWith(".zip"));
            findings.add(Outcomes.findings(company.runs(out).get(0)));
        }
        assertThat(findings).allMatch(findings.get(0)::equals);
    }

    /** What was read: the lineage and the recordings hold random record ids, and runs.csv tells of the kill. */
    private static SortedMap<String, String> tables(Path run) throws IOException {
        SortedMap<String, String> tables = new TreeMap<>(Digests.of(run.resolve("1-evidence")));
        tables.keySet().removeIf(name -> !name.endsWith(".csv") || name.endsWith(".lineage.csv"));
        return tables;
    }

    private void kill(int atCall, String out) throws Exception {
        CompletableFuture<Process> child = new CompletableFuture<>();
        int before = company.server().calls();
        company.server().misbehaving((action, number, usual) -> {
            if (number - before == atCall) {
                child.join().toHandle().destroyForcibly();
            }
            return usual;
        });
        child.complete(start(out, "collect"));
        while (child.join().inputReader().readLine() != null) {
            // until it ends
        }
        assertThat(child.join().waitFor()).isNotIn(0, 4);
        company.server().misbehaving((action, number, usual) -> usual);
    }

    private void killWhenItSays(String line, String out) throws Exception {
        Process child = start(out, "run", "--demo-identity");
        try (BufferedReader lines = child.inputReader()) {
            for (String said = lines.readLine(); said != null; said = lines.readLine()) {
                if (said.equals(line)) {
                    child.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(child.waitFor()).isNotIn(0, 4);
    }

    private Process start(String out, String... command) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                InterruptibleRun.class.getName(),
                company.server().endpoint().toString(),
                company.folder().toString()));
        all.addAll(List.of(command));
        all.addAll(List.of("--out", out));
        return new ProcessBuilder(all)
                .redirectError(new File(company.folder().toFile(), "stderr.txt"))
                .start();
    }

    /** No file is there that the journal does not know, none differs, and nothing unpublished is left. */
    private static void whole(Path run) throws IOException {
        assertThat(EvidenceCheck.differences(new RunFolder(run))).isEmpty();
        try (Stream<Path> files = Files.walk(run)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith(".tmp"));
        }
    }
}
