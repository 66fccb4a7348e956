package dev.tickmark.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every test of the catalog over estates of three sizes: time and memory grow with the rows. Linux only: /usr/bin/time. */
class AssessBench {
    private static final int[] ACCOUNTS = {100, 300, 1000};
    private static final int IAM_ROWS_AN_ACCOUNT = 500;
    private static final int ROWS_AN_ACCOUNT = 2000;
    private static final int KIB = 1024;
    private static final double MILLION = 1_000_000;
    private static final Pattern PEAK = Pattern.compile("Maximum resident set size \\(kbytes\\): (\\d+)");

    @TempDir
    Path folder;

    @Test
    void allTestsOverAThousandAccountsTakeLessThanAMinute() throws Exception {
        Measured table = new Measured("assess");
        for (int accounts : ACCOUNTS) {
            Path out = folder.resolve("out-" + accounts);
            GeneratedEstate estate = new GeneratedEstate(out.resolve("runs/2026-11-23T02-00-00Z-0001"), accounts);
            estate.write(IAM_ROWS_AN_ACCOUNT, ROWS_AN_ACCOUNT);
            Path report = folder.resolve("time.txt");
            List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-v", "-o", report.toString()));
            timed.addAll(List.of(Processes.tickmark(), "assess", "--quiet", "--out", out.toString()));
            long begin = System.nanoTime();
            Processes.run(Map.of(), timed, 4);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Matcher peak = PEAK.matcher(Files.readString(report));
            if (!peak.find()) {
                throw new IllegalStateException("no peak in " + report);
            }
            table.line(
                    "tickmark assess, " + accounts + " accounts, " + estate.rows() + " rows, " + estate.iamRows()
                            + " of identities",
                    String.format(
                            Locale.ROOT,
                            "%.1f s, %.1f s a million rows, %d MiB",
                            seconds,
                            seconds / (estate.rows() / MILLION),
                            Long.parseLong(peak.group(1)) / KIB),
                    accounts == ACCOUNTS[ACCOUNTS.length - 1] ? "at most 60 s and 1024 MiB" : "");
        }
        table.print();
    }
}
