package dev.tickmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclareCommandTest {
    @TempDir
    Path folder;

    private Session session = new Session(Path.of(""));

    @BeforeEach
    void begin() {
        session = new Session(folder);
    }

    @Test
    void writesAFileToFillInAndNeverOverOne() throws IOException {
        assertThat(session.run("declare", "new", "soa")).isZero();
        assertThat(Files.readString(folder.resolve("statement-of-applicability.yaml")))
                .contains("  - id: A.8.34   # ");

        assertThat(session.run("declare", "new", "statement-of-applicability")).isEqualTo(3);
        assertThat(session.err()).contains("exists already").contains("--file");
        assertThat(session.run("declare", "new", "hipaa-decisions")).isZero();
        assertThat(session.run("declare", "new", "scope")).isZero();
        assertThat(session.run("declare", "new", "soap")).isEqualTo(2);
        assertThat(session.err()).contains("Write statement-of-applicability (or soa), hipaa-decisions or scope.");
    }

    @Test
    void tellsEveryMistakeAtOnce() {
        session.run("declare", "new", "soa", "--file", "draft.yaml");

        assertThat(session.run("declare", "check", "soa", "--file", "draft.yaml"))
                .isEqualTo(2);
        assertThat(session.err())
                .contains("draft.yaml, line 5, column 14, key 'organization': a value is missing.")
                .contains("key 'controls[0].applicable'")
                .contains("key 'controls[92].applicable'");
        assertThat(session.out()).contains("statement-of-applicability: 94 mistakes");
        assertThat(session.run("declare", "check")).isZero();
        assertThat(session.out()).contains("statement-of-applicability: none (");
        assertThat(session.run("declare", "check", "--file", "draft.yaml")).isEqualTo(2);
    }
}
