package dev.tickmark.evidence.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceCheckTest {
    private static final String TASK = "1-evidence/aws_111122223333_global/iam/";

    @TempDir
    Path out;

    private RunFolder run = new RunFolder(Path.of("none"));

    @BeforeEach
    void aRunWithATask() throws IOException {
        run = Runs.folder(out, "2026-11-23T02:00:00Z", 1);
        Path task = run.task(Runs.ACCOUNT, "iam", 1);
        try (Publication publication = new Publication(run, task);
                Journal journal = new Journal(run, Runs.at("2026-11-23T02:00:05Z"))) {
            Files.writeString(publication.folder().resolve("a.csv"), "abc");
            Files.writeString(publication.folder().resolve("b.csv"), "abc");
            journal.append(Journal.Event.TASK_DONE, Runs.ACCOUNT.id() + "/iam", 1, publication.publish(), "");
        }
    }

    @Test
    void anUntouchedRunHasNoDifferences() {
        assertThat(EvidenceCheck.differences(run)).isEmpty();
    }

    @Test
    void namesEveryFileThatIsChangedMissingOrAdded() throws IOException {
        Files.writeString(run.resolve(TASK + "a.csv"), "abd");
        Files.delete(run.resolve(TASK + "b.csv"));
        Files.writeString(run.resolve(TASK + "c.csv"), "abc");

        assertThat(EvidenceCheck.differences(run))
                .containsExactly(
                        new EvidenceCheck.Difference(TASK + "a.csv", EvidenceCheck.Kind.CHANGED),
                        new EvidenceCheck.Difference(TASK + "b.csv", EvidenceCheck.Kind.MISSING),
                        new EvidenceCheck.Difference(TASK + "c.csv", EvidenceCheck.Kind.ADDED));
    }
}
