package dev.tickmark.evidence.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path out;

    private RunFolder run = new RunFolder(Path.of("none"));

    @BeforeEach
    void aRun() {
        run = Runs.folder(out, "2026-11-23T02:00:00Z", 1);
    }

    @Test
    void writesALinePerEventAndAppends() throws Exception {
        try (Journal journal = journal()) {
            journal.append(Journal.Event.RUN_STARTED, Map.of("run.json", "aa"), "");
        }
        try (Journal journal = journal()) {
            journal.append(Journal.Event.TASK_FAILED, "s/iam", 1, Map.of(), "why \"so\"");
        }

        assertThat(Files.readString(run.journal())).isEqualTo("""
                        {"at":"2026-11-23T02:00:05Z","event":"run_started","task":"","attempt":0,"files":{"run.json":"aa"},"note":""}
                        {"at":"2026-11-23T02:00:05Z","event":"task_failed","task":"s/iam","attempt":1,"files":{},"note":"why \\"so\\""}
                        """);
        assertThat(Journal.read(run))
                .extracting(Journal.Entry::event)
                .containsExactly(Journal.Event.RUN_STARTED, Journal.Event.TASK_FAILED);
    }

    @Test
    void aLineThatAKilledRunDidNotFinishIsLeftOutAndThenCutOff() throws Exception {
        try (Journal journal = journal()) {
            journal.append(Journal.Event.TASK_STARTED, "s/iam", 1, Map.of(), "");
        }
        byte[] whole = Files.readAllBytes(run.journal());

        for (int length = 0; length < whole.length; length++) {
            Files.write(run.journal(), whole);
            Files.write(run.journal(), Arrays.copyOf(whole, length), StandardOpenOption.APPEND);

            assertThat(Journal.read(run)).hasSize(1);
            try (Journal journal = journal()) {
                journal.append(Journal.Event.TASK_DONE, "s/iam", 1, Map.of(), "");
            }
            assertThat(Journal.read(run))
                    .extracting(Journal.Entry::event)
                    .containsExactly(Journal.Event.TASK_STARTED, Journal.Event.TASK_DONE);
        }
    }

    @Test
    void aBrokenLineInTheMiddleIsNamed() throws Exception {
        Files.writeString(run.journal(), "{\"at\":\n{}\n");

        assertThatThrownBy(() -> Journal.read(run))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("journal.jsonl, line 1'");
    }

    @Test
    void threadsDoNotTearEachOthersLines() {
        try (Journal journal = journal()) {
            IntStream.range(0, 50)
                    .parallel()
                    .forEach(i -> journal.append(Journal.Event.TASK_STARTED, "s/t" + i, 1, Map.of(), ""));
        }

        assertThat(Journal.read(run))
                .extracting(Journal.Entry::task)
                .doesNotHaveDuplicates()
                .hasSize(50);
    }

    @Test
    void theLastWordOnAFileCounts() {
        List<Journal.Entry> entries = Journal.read("journal", """
                {"at":"2026-11-23T02:00:05Z","event":"assess_done","task":"","attempt":0,"files":{"a":"1","b":"1"},"note":""}
                {"at":"2026-11-23T02:00:05Z","event":"task_done","task":"t","attempt":1,"files":{"c":"3"},"note":""}
                {"at":"2026-11-23T02:00:05Z","event":"assess_done","task":"","attempt":0,"files":{"a":"2"},"note":""}
                """.getBytes(StandardCharsets.UTF_8));

        assertThat(Journal.digests(entries)).isEqualTo(Map.of("a", "2", "c", "3"));
    }

    private Journal journal() {
        return new Journal(run, Runs.at("2026-11-23T02:00:05.4Z"));
    }
}
