package dev.tickmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickmarkTest {
    @TempDir
    Path folder;

    @Test
    void anUnknownVerbIsNotUnderstoodAndTheNearestIsNamed() {
        Session session = new Session(folder);

        int exit = session.run("inti");

        assertThat(exit).isEqualTo(2);
        assertThat(session.err()).contains("inti").contains("Did you mean").contains("init");
        assertThat(session.out()).isEmpty();
    }

    @Test
    void anUnknownOptionIsNotUnderstood() {
        Session session = new Session(folder);

        assertThat(session.run("init", "--confg", "x")).isEqualTo(2);
        assertThat(session.err()).contains("--confg").contains("tickmark init --help");
    }

    @Test
    void initWritesAConfigurationOnceAndNeverOverIt() throws Exception {
        Session session = new Session(folder);

        assertThat(session.run("init")).isZero();
        String written = Files.readString(folder.resolve("tickmark.yaml"));
        assertThat(session.run("init")).isEqualTo(3);

        assertThat(session.err()).contains("exists already");
        assertThat(folder.resolve("tickmark.yaml")).hasContent(written);
    }

    @Test
    void helpNamesEveryExitStatus() {
        Session session = new Session(folder);

        assertThat(session.run("--help")).isZero();

        for (Exit exit : Exit.values()) {
            assertThat(session.out().replaceAll("\\s+", " ")).contains(exit.code() + " " + exit.meaning());
        }
    }

    @Test
    void controlSequencesOfOthersDoNotReachTheTerminal() {
        assertThat(Console.plain("user \u001b[2Jx \u202etxt")).isEqualTo("user <U+001B>[2Jx <U+202E>txt");
    }
}
