package dev.tickmark.evidence.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublicationTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String PATH = "1-evidence/aws_111122223333_global/iam/";

    @TempDir
    Path out;

    private RunFolder run = new RunFolder(Path.of("none"));
    private Path task = Path.of("none");

    /** What a kill looks like from inside: nothing after it runs, not even the closing. */
    private static final class Killed extends RuntimeException {}

    @BeforeEach
    void aRun() {
        run = Runs.folder(out, "2026-11-23T02:00:00Z", 1);
        task = run.task(Runs.ACCOUNT, "iam", 1);
    }

    @Test
    void isInItsPlaceWithTheDigestsOfItsFiles() throws IOException {
        Map<String, String> digests;
        try (Publication publication = new Publication(run, task)) {
            Files.writeString(publication.folder().resolve("a.csv"), "abc");
            Files.createDirectory(publication.folder().resolve("sub"));
            Files.writeString(publication.folder().resolve("sub/b"), "abc");
            assertThat(task).doesNotExist();
            digests = publication.publish();
        }

        assertThat(digests).isEqualTo(Map.of(PATH + "a.csv", ABC, PATH + "sub/b", ABC));
        assertThat(task.resolve("a.csv")).hasContent("abc");
    }

    @Test
    void whatIsGivenUpLeavesNothing() throws IOException {
        try (Publication publication = new Publication(run, task)) {
            Files.writeString(publication.folder().resolve("a.csv"), "abc");
        }

        assertThat(run.evidence().resolve(Runs.ACCOUNT.id())).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(Publication.Step.class)
    void whoeverIsKilledLeavesAWholeFolderOrNone(Publication.Step step) throws IOException {
        kill(step, "abc");

        assertThat(Files.exists(task)).isEqualTo(step == Publication.Step.RENAMED);
        if (Files.exists(task)) {
            assertThat(task.resolve("a.csv")).hasContent("abc");
        }
        Publication.sweep(run);
        assertThat(run.evidence().resolve(Runs.ACCOUNT.id())).isEmptyDirectory();
        try (Publication again = new Publication(run, task)) {
            Files.writeString(again.folder().resolve("a.csv"), "abc");
            assertThat(again.publish()).containsOnlyKeys(PATH + "a.csv");
        }
    }

    @ParameterizedTest
    @EnumSource(Publication.Step.class)
    void whoeverIsKilledWhileReplacingLeavesAWholeFolderOrNone(Publication.Step step) throws IOException {
        publish("old");

        kill(step, "new");

        switch (step) {
            case FILLED, FORCED -> assertThat(task.resolve("a.csv")).hasContent("old");
            case OLD_ASIDE -> assertThat(task).doesNotExist();
            case RENAMED -> assertThat(task.resolve("a.csv")).hasContent("new");
        }
    }

    @Test
    void anErrorWhileReplacingPutsTheOldFolderBack() throws IOException {
        publish("old");

        assertThatThrownBy(() -> {
                    try (Publication publication = new Publication(run, task, step -> {
                        if (step == Publication.Step.OLD_ASIDE) {
                            throw new Killed();
                        }
                    })) {
                        Files.writeString(publication.folder().resolve("a.csv"), "new");
                        publication.publish();
                    }
                })
                .isInstanceOf(Killed.class);

        assertThat(task.resolve("a.csv")).hasContent("old");
    }

    @Test
    void sweepingKeepsWhatTheJournalKnowsAsDone() throws IOException {
        Map<String, String> digests = publish("abc");
        try (Journal journal = new Journal(run, Runs.at("2026-11-23T02:00:05Z"))) {
            journal.append(Journal.Event.TASK_DONE, Runs.ACCOUNT.id() + "/iam", 1, digests, "");
        }
        Files.createDirectories(run.scratch());
        Files.createDirectories(run.task(Runs.ACCOUNT, "other", 1));

        Publication.sweep(run);

        assertThat(task.resolve("a.csv")).hasContent("abc");
        assertThat(run.task(Runs.ACCOUNT, "other", 1)).doesNotExist();
        assertThat(run.scratch()).doesNotExist();
    }

    private Map<String, String> publish(String text) throws IOException {
        try (Publication publication = new Publication(run, task)) {
            Files.writeString(publication.folder().resolve("a.csv"), text);
            return publication.publish();
        }
    }

    private void kill(Publication.Step at, String text) throws IOException {
        Publication publication = new Publication(run, task, step -> {
            if (step == at) {
                throw new Killed();
            }
        });
        Files.writeString(publication.folder().resolve("a.csv"), text);
        assertThatThrownBy(publication::publish).isInstanceOf(Killed.class);
    }
}
