package dev.tickmark.evidence.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
    @TempDir
    Path out;

    @Test
    void isNamedAfterItsStartAndFourRandomDigits() {
        RunFolder run = Runs.folder(out, "2026-11-23T02:00:00.987Z", 0x12347f3a);

        assertThat(run.root())
                .isEqualTo(out.resolve("runs/2026-11-23T02-00-00Z-7f3a"))
                .isDirectory();
        assertThat(run.startedAt()).isEqualTo(Instant.parse("2026-11-23T02:00:00Z"));
    }

    @Test
    void twoRunsInOneSecondGetTwoFolders() {
        Iterator<Integer> digits = List.of(1, 1, 2).iterator();

        RunFolder first = new OutputFolder(out).newRun(Runs.at("2026-11-23T02:00:00Z"), digits::next);
        RunFolder second = new OutputFolder(out).newRun(Runs.at("2026-11-23T02:00:00Z"), digits::next);

        assertThat(first.id()).endsWith("-0001");
        assertThat(second.id()).endsWith("-0002");
    }

    @Test
    void aSecondAttemptLiesBesideTheFirst() {
        RunFolder run = new RunFolder(out);

        assertThat(run.relative(run.task(Runs.ACCOUNT, "iam", 1))).isEqualTo("1-evidence/aws_111122223333_global/iam");
        assertThat(run.relative(run.task(Runs.ACCOUNT, "iam", 2)))
                .isEqualTo("1-evidence/aws_111122223333_global/iam.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/passwd", "a\\..\\x"})
    void aPathNeverLeavesTheRun(String path) {
        assertThatThrownBy(() -> new RunFolder(out).resolve(path))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("leaves the run");
    }

    @Test
    void listsRunsOldestFirstAndNothingElse() throws Exception {
        Runs.folder(out, "2026-11-23T02:00:01Z", 1);
        Runs.folder(out, "2026-11-23T02:00:00Z", 2);
        Files.createDirectory(out.resolve("runs/notes"));

        assertThat(new OutputFolder(out).allRuns())
                .extracting(RunFolder::id)
                .containsExactly("2026-11-23T02-00-00Z-0002", "2026-11-23T02-00-01Z-0001");
    }

    @Test
    void aFolderWithoutRunJsonIsNoRun() {
        assertThatThrownBy(() -> RunFolder.open(out))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("is no run folder: it has no run.json.");
    }

    @Test
    void anOutputFolderThatIsAFileIsTheUsersToPutRight() throws Exception {
        Path file = Files.writeString(out.resolve("file"), "x");

        assertThatThrownBy(() -> Runs.folder(file, "2026-11-23T02:00:00Z", 1))
                .isInstanceOfSatisfying(
                        TickmarkException.class, e -> assertThat(e.kind()).isEqualTo(TickmarkException.Kind.FIX_FIRST));
    }
}
