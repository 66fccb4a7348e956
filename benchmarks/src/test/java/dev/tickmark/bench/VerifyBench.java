package dev.tickmark.bench;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.cli.Session;
import dev.tickmark.cli.report.Marking;
import dev.tickmark.cli.report.Report;
import dev.tickmark.cli.report.ReportOptions;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Journal;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.seal.SealRequest;
import dev.tickmark.evidence.seal.Sealed;
import dev.tickmark.evidence.seal.Sealer;
import dev.tickmark.evidence.seal.facts.PackageFacts;
import dev.tickmark.evidence.seal.key.DemoIdentity;
import dev.tickmark.evidence.table.Tables;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole processes that read one gigabyte of recordings: our verification, and one digest over the same bytes. */
class VerifyBench {
    private static final int PAIRS = 5;
    private static final int RECORDINGS = 8;
    private static final int MEGABYTES_EACH = 128;
    private static final long SEED = 1;
    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final String ID = "bench-package";

    @TempDir
    Path folder;

    @Test
    void verifiesBesideADigestOfTheSameBytes() throws Exception {
        String tickmark = Processes.tickmark();
        Sealed sealed = sealed();
        String file = sealed.file().toString();
        List<String> ours =
                List.of(tickmark, "verify", file, "--signer", sealed.facts().signer(), "--allow-demo");
        Measured table = new Measured("verify");

        Pairs pairs = Pairs.measured(
                PAIRS,
                () -> Processes.run(Map.of(), ours),
                () -> Processes.run(Map.of(), List.of("openssl", "dgst", "-sha256", file)));

        table.pairs("tickmark verify of 1 GiB of recordings / openssl dgst -sha256", pairs, "at most 1.2");
        table.print();
    }

    /** The demo's package with recordings beside it that are as long as those of a large estate. */
    private Sealed sealed() throws Exception {
        Session session = new Session(folder).at(NOW);
        if (session.run("demo") != 0) {
            throw new IllegalStateException(session.err());
        }
        RunFolder run;
        try (Stream<Path> runs = Files.list(folder.resolve("tickmark-out").resolve("runs"))) {
            run = new RunFolder(runs.findFirst().orElseThrow());
        }
        addRecordings(run);
        Path rendered = Files.createDirectories(folder.resolve("rendered"));
        new Report(Catalog.builtIn(), Tables.builtIn())
                .write(run.root(), new ReportOptions(Marking.DEMO, ID), rendered);
        SortedMap<String, Path> files = new TreeMap<>(SealRequest.files(run.root()));
        for (String name : Report.FILES) {
            files.put(run.relative(run.report().resolve(name)), rendered.resolve(name));
        }
        RunFacts facts = RunFacts.read(run);
        Sealed sealed = new Sealer(Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom(), file -> {})
                .seal(new SealRequest(
                        ID,
                        new PackageFacts.Subject(
                                facts.organization(),
                                facts.runId(),
                                facts.asOf(),
                                null,
                                new PackageFacts.Tool("tickmark", "bench")),
                        files,
                        new TreeMap<>(),
                        DemoIdentity.open(folder.resolve("identity"), NOW),
                        null,
                        null,
                        Files.createDirectories(folder.resolve("packages"))));
        Disk.deleteTree(run.root());
        return sealed;
    }

    private static void addRecordings(RunFolder run) throws Exception {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        try (Journal journal = new Journal(run, clock)) {
            for (int i = 0; i < RECORDINGS; i++) {
                Path file =
                        run.evidence().resolve("large_" + i).resolve("large").resolve("raw.warc.gz");
                Files.createDirectories(file.getParent());
                writeNoise(file, i);
                journal.append(Journal.Event.TASK_DONE, Map.of(run.relative(file), Disk.sha256(file)), "");
            }
        }
    }

    private static void writeNoise(Path file, int number) throws Exception {
        Random random = new Random(SEED + number);
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < MEGABYTES_EACH; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }
}
