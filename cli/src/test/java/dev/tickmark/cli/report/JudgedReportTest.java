package dev.tickmark.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.evidence.table.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leaves a whole report of the hard fixture in {@code target/judged/full} for the judges of the conformance module. */
class JudgedReportTest {
    private static final Path FULL = Path.of("target", "judged", "full");

    @TempDir
    Path folder;

    @Test
    void aWholeReportIsLeftForTheJudges() throws Exception {
        Path run = RunFolderFixture.write(folder, 60);
        ReportOptions options = new ReportOptions(Marking.DEMO, "mueller-2026-11-23T02-00-00Z-7f3a");

        new Report(RunFolderFixture.catalog(), Tables.builtIn()).write(run, options, FULL);

        assertThat(Files.size(FULL.resolve("report.pdf"))).isPositive();
    }
}
