package dev.tickmark.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole processes that only say what they are. */
class StartBench {
    private static final int PAIRS = 21;

    @Test
    void startsBesideAnotherCommandLineTool() throws Exception {
        if (!Files.isExecutable(Path.of(Processes.AWS))) {
            throw new IllegalStateException(Processes.AWS + " is not installed: nothing to compare with.");
        }
        String tickmark = Processes.tickmark();
        Measured table = new Measured("start");

        for (String option : List.of("--version", "--help")) {
            Pairs pairs = Pairs.measured(
                    PAIRS,
                    () -> Processes.run(Map.of(), List.of(tickmark, option)),
                    () -> Processes.run(Map.of(), List.of(Processes.AWS, "--version")));
            table.pairs("tickmark " + option + " / aws --version", pairs, "at most 1");
        }
        table.print();
    }
}
