package dev.tickmark.evidence.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsLogTest {
    private static final String HEADER = "scope_id,account_id,region,as_of,row_key,kind,run_id,started_at,finished_at,"
            + "state,populations,populations_incomplete,tasks_failed,package_id,previous_started_at,schedule_days";
    private static final String LEADING = "tickmark,Example Ltd,global,2026-11-05T02:00:00Z,";

    @TempDir
    Path out;

    @Test
    void listsEveryRunSinceTheLastPackageWhateverBecameOfIt() throws IOException {
        RunFolder sealed = Runs.folder(out, "2026-11-01T02:00:00Z", 1);
        Files.createDirectories(new OutputFolder(out).packages());
        Files.writeString(new OutputFolder(out).packages().resolve("example-" + sealed.id() + "-2.zip"), "zip");
        RunFolder failed = Runs.folder(out, "2026-11-02T02:00:00Z", 2);
        journal(failed, "2026-11-02T02:01:00Z", Journal.Event.RUN_STARTED, Journal.Event.RUN_FAILED);
        RunFolder killed = Runs.folder(out, "2026-11-03T02:00:00Z", 3);
        journal(killed, "2026-11-03T02:01:00Z", Journal.Event.RUN_STARTED, Journal.Event.TASK_FAILED);
        RunFolder red = Runs.folder(out, "2026-11-04T02:00:00Z", 4);
        journal(red, "2026-11-04T02:01:00Z", Journal.Event.RUN_STARTED, Journal.Event.COLLECT_DONE);
        RunFolder current = Runs.folder(out, "2026-11-05T02:00:00Z", 5);

        write(current, 7, Instant.parse("2026-11-05T02:09:00Z"));

        assertThat(Files.readAllLines(current.runsCsv()))
                .containsExactly(
                        HEADER,
                        LEADING + "2026-11-02T02-00-00Z-0002,run,2026-11-02T02-00-00Z-0002,2026-11-02T02:00:00Z,"
                                + "2026-11-02T02:01:00Z,failed,,,0,,2026-11-01T02:00:00Z,7",
                        LEADING + "2026-11-03T02-00-00Z-0003,run,2026-11-03T02-00-00Z-0003,2026-11-03T02:00:00Z,"
                                + ",interrupted,,,1,,2026-11-02T02:00:00Z,7",
                        LEADING + "2026-11-04T02-00-00Z-0004,run,2026-11-04T02-00-00Z-0004,2026-11-04T02:00:00Z,"
                                + "2026-11-04T02:01:00Z,collected,,,0,,2026-11-03T02:00:00Z,7",
                        LEADING + "2026-11-05T02-00-00Z-0005,run,2026-11-05T02-00-00Z-0005,2026-11-05T02:00:00Z,"
                                + "2026-11-05T02:09:00Z,collected,,,0,,2026-11-04T02:00:00Z,7",
                        LEADING + "schedule,schedule,,,,,,,,,,7");
    }

    @Test
    void theFirstRunHasNoneBeforeItAndNoScheduleUnlessDeclared() throws IOException {
        RunFolder current = Runs.folder(out, "2026-11-05T02:00:00Z", 5);

        write(current, null, null);

        assertThat(Files.readAllLines(current.runsCsv()))
                .containsExactly(
                        HEADER,
                        LEADING + "2026-11-05T02-00-00Z-0005,run,2026-11-05T02-00-00Z-0005,2026-11-05T02:00:00Z,"
                                + ",running,,,0,,,");
    }

    @Test
    void aRunThatBeganLaterIsNotInTheLogOfAnEarlierOne() throws IOException {
        RunFolder current = Runs.folder(out, "2026-11-05T02:00:00Z", 5);
        Runs.folder(out, "2026-11-06T02:00:00Z", 6);

        write(current, null, null);

        assertThat(Files.readAllLines(current.runsCsv())).hasSize(2);
    }

    private void write(RunFolder current, @Nullable Integer days, @Nullable Instant finishedAt) {
        new RunsLog(new OutputFolder(out), Tables.builtIn()).write(current, Runs.facts(current, days), finishedAt);
    }

    private static void journal(RunFolder run, String at, Journal.Event... events) {
        try (Journal journal = new Journal(run, Runs.at(at))) {
            for (Journal.Event event : List.of(events)) {
                if (event == Journal.Event.TASK_FAILED) {
                    journal.append(event, "s/iam", 1, Map.of(), "denied");
                } else {
                    journal.append(event, Map.of(), "");
                }
            }
        }
    }
}
