package dev.tickmark.evidence.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLockTest {
    @TempDir
    Path folder;

    @Test
    void theSecondOfTwoIsToldWhoHoldsItAndSinceWhen() {
        OutputFolder out = new OutputFolder(folder.resolve("out"));
        try (OutputLock first = OutputLock.acquire(out, "alice", Runs.at("2026-11-23T02:00:00Z"))) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> OutputLock.acquire(out, "bob", Runs.at("2026-11-23T03:00:00Z")))
                    .isInstanceOfSatisfying(TickmarkException.class, e -> {
                        assertThat(e.kind()).isEqualTo(TickmarkException.Kind.ALREADY_RUNNING);
                        assertThat(e.problem())
                                .isEqualTo("A run of 'alice' (process "
                                        + ProcessHandle.current().pid()
                                        + "), begun 2026-11-23T02:00:00Z, is writing to '" + out.root() + "'.");
                    });
        }
    }

    @Test
    void theNextOneGetsItAfterClosing() {
        OutputFolder out = new OutputFolder(folder);
        OutputLock.acquire(out, "alice", Runs.at("2026-11-23T02:00:00Z")).close();

        try (OutputLock second = OutputLock.acquire(out, "bob", Runs.at("2026-11-23T03:00:00Z"))) {
            assertThat(second).isNotNull();
        }
    }

    @Test
    void aKilledProcessHoldsNothing() throws Exception {
        OutputFolder out = new OutputFolder(folder);
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> OutputLock.acquire(out, "bob", Runs.at("2026-11-23T03:00:00Z")))
                    .hasMessageContaining("A run of 'carol' (process " + holder.pid() + ")");
        } finally {
            holder.destroyForcibly().waitFor();
        }

        try (OutputLock lock = OutputLock.acquire(out, "bob", Runs.at("2026-11-23T03:00:00Z"))) {
            assertThat(lock).isNotNull();
        }
    }

    /** The child process: takes the lock, says so, and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            OutputLock lock =
                    OutputLock.acquire(new OutputFolder(Path.of(args[0])), "carol", Runs.at("2026-11-23T02:00:00Z"));
            System.out.println("held");
            if (System.in.read() < 0) {
                lock.close();
            }
        }
    }
}
