package dev.tickmark.evidence.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
    @TempDir
    Path task;

    @Test
    void whatIsWrittenIsReadAgain() {
        Runs.evidence().write(task);

        assertThat(Evidence.read(task)).isEqualTo(Runs.evidence());
    }

    @Test
    void aVerdictThatContradictsItsRowsIsRefused() {
        String json =
                new String(Runs.evidence().bytes(), StandardCharsets.UTF_8).replace("\"COMPLETE\"", "\"EMPTY_PROVEN\"");

        assertThatThrownBy(() -> Evidence.read("evidence.json", json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("EMPTY_PROVEN contradicts 2 rows");
    }

    @Test
    void everyRecordIsARowOrLeftOutForAReason() {
        Accuracy accuracy = Runs.evidence().tables().get(0).accuracy();

        assertThat(accuracy.leftOutTotal()).isEqualTo(1);
        assertThat(accuracy.balanced()).isTrue();
    }
}
