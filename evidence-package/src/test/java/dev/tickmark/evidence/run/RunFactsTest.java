package dev.tickmark.evidence.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFactsTest {
    @TempDir
    Path out;

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        RunFolder run = Runs.folder(out, "2026-11-23T02:00:00Z", 1);
        RunFacts facts = Runs.facts(run, 7);

        facts.write(run);

        assertThat(RunFacts.read(run)).isEqualTo(facts);
        assertThat(Files.readString(run.runJson()))
                .startsWith("{\n  \"format\": \"tickmark-run\",\n  \"format_version\": 1,\n"
                        + "  \"run_id\": \"2026-11-23T02-00-00Z-0001\",")
                .contains("\"started_at\": \"2026-11-23T02:00:00Z\"")
                .contains("\"tree\": \"modified\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tickmark-run\" | \"other\" | '/format' is not 'tickmark-run'",
                "\"modified\" | \"dirty\" | it says what cannot be",
                "2026-10-01T00:00:00Z | 2026-06-01T00:00:00Z | a period ends after it begins",
                "\"schedule_days\": 7 | \"schedule_days\": 7.5 | '/schedule_days' is not a whole number",
                "\"sandbox\" | \"\" | a scope that is left out needs a reason",
            })
    void refusesWhatNoRunWrites(String from, String to, String message) {
        String json = new String(
                Runs.facts(Runs.folder(out, "2026-11-23T02:00:00Z", 1), 7).bytes(), StandardCharsets.UTF_8);

        assertThatThrownBy(
                        () -> RunFacts.read("run.json", json.replace(from, to).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("'run.json'")
                .hasMessageContaining(message);
    }
}
