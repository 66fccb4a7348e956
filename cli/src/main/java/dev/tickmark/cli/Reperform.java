package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.engine.Limits;
import dev.tickmark.catalog.engine.Reperformance;
import dev.tickmark.cli.report.Marking;
import dev.tickmark.cli.report.Report;
import dev.tickmark.cli.report.ReportOptions;
import dev.tickmark.collect.Collector;
import dev.tickmark.collect.aws.AwsFailures;
import dev.tickmark.collect.run.Origin;
import dev.tickmark.collect.run.Replay;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.completeness.CompletenessTable;
import dev.tickmark.evidence.completeness.Equations;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.seal.facts.PackageFacts;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.verify.Reason;
import dev.tickmark.evidence.verify.SealedZip;
import dev.tickmark.evidence.verify.VerifyFinding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Works a package out again, from its own recordings alone: recordings to populations, populations to findings,
 * findings to the numbers in the reports. Every step compares bytes.
 */
final class Reperform {
    private final Host host;
    private final Console console;
    private final Tables tables = Tables.builtIn();
    private final List<VerifyFinding> findings = new ArrayList<>();

    Reperform(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    /** What differs; nothing where all comes out the same. The package was found intact before. */
    List<VerifyFinding> reperform(Path file) {
        @Nullable Path work = null;
        try {
            work = Files.createTempDirectory("tickmark-verify");
            Path there = Files.createDirectories(work.resolve("package"));
            unpack(file, there);
            PackageFacts facts = Packages.facts(file).orElseThrow();
            RunFolder run = new RunFolder(there);
            RunFacts runFacts = RunFacts.read(run);
            console.progress("Reading the recordings again");
            populations(run, runFacts, work);
            equations(run, work);
            console.progress("Running the tests again");
            findings(run, work);
            console.progress("Writing the reports again");
            reports(run, facts, work);
            return findings;
        } catch (IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "The package cannot be worked out again, because the temporary folder refuses.",
                    "Free some disk space there, or set TICKMARK_JAVA_OPTS=-Djava.io.tmpdir=FOLDER.",
                    e);
        } finally {
            clean(work);
        }
    }

    private static void unpack(Path file, Path there) throws IOException {
        try (SealedZip zip = SealedZip.open(file)) {
            for (String name : zip.names()) {
                Path target = there.resolve(name);
                Files.createDirectories(target.getParent());
                try (InputStream in = zip.stream(name)) {
                    Files.copy(in, target);
                }
            }
        }
    }

    private void populations(RunFolder run, RunFacts facts, Path work) throws IOException {
        Map<String, Collector> collectors = new TreeMap<>();
        new CollectStep(host, console, Catalog.builtIn(), tables)
                .tasks(facts)
                .forEach(task -> collectors.put(task.name(), task.collector()));
        Replay replay = new Replay(tables, List.of(new AwsFailures()), host.clock());
        for (Path folder : taskFolders(run)) {
            String place = run.relative(folder);
            Evidence made = Evidence.read(folder);
            String task = made.scope().id() + "/" + made.collector();
            Optional<Collector> collector = Optional.ofNullable(collectors.get(task));
            if (collector.isEmpty() || !Replay.sameCollector(made, collector.get())) {
                String ours = collector
                        .map(each -> "version " + each.source().version())
                        .orElse("none");
                findings.add(VerifyFinding.failure(
                        Reason.COLLECTOR_DIFFERS,
                        place + "/evidence.json",
                        "It was read by version " + made.collectorVersion() + " of collector '" + made.collector()
                                + "'; this Tickmark has " + ours + ", and the package was made by "
                                + facts.tool().version() + "."));
                continue;
            }
            Path again = Files.createDirectories(work.resolve("again").resolve(place));
            Path scratch = Files.createDirectories(work.resolve("scratch"));
            try {
                Replay.Replayed replayed =
                        replay.task(folder.resolve(Origin.RECORDING), made, collector.get(), again, scratch);
                for (String unanswered : replayed.unanswered()) {
                    findings.add(VerifyFinding.failure(
                            Reason.RECORDING_INCOMPLETE,
                            place + "/" + Origin.RECORDING,
                            "It holds no answer to '" + unanswered + "'."));
                }
            } catch (TickmarkException e) {
                findings.add(VerifyFinding.failure(
                        Reason.RECORDING_INCOMPLETE, place + "/" + Origin.RECORDING, e.problem()));
                continue;
            }
            compare(again, folder, run, Reason.POPULATION_DIFFERS, "does not follow from the recording");
        }
        if (facts.tool().version().equals(Version.ofThisBuild().version())) {
            missingTasks(run, collectors.keySet());
        }
    }

    /** Each task that follows from run.json has a folder; another version may have had other collectors. */
    private void missingTasks(RunFolder run, Set<String> tasks) {
        for (String task : tasks) {
            Path folder = run.evidence().resolve(task);
            if (!Files.isRegularFile(folder.resolve("evidence.json"))) {
                findings.add(VerifyFinding.failure(
                        Reason.RECORDING_INCOMPLETE,
                        run.relative(folder),
                        "It was to be read, as run.json says, and nothing of it is in the package."));
            }
        }
    }

    private static List<Path> taskFolders(RunFolder run) throws IOException {
        try (Stream<Path> files = Files.walk(run.evidence(), 3)) {
            return files.filter(file -> String.valueOf(file.getFileName()).equals("evidence.json"))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    /** The verdicts that count follow from the populations. */
    private void equations(RunFolder run, Path work) throws IOException {
        Path sealed = work.resolve("completeness.csv");
        Files.move(run.completeness(), sealed);
        new CompletenessTable(tables)
                .write(run, new Equations(tables).evaluate(run).rows());
        if (Files.mismatch(sealed, run.completeness()) >= 0) {
            findings.add(VerifyFinding.failure(
                    Reason.POPULATION_DIFFERS,
                    run.relative(run.completeness()),
                    "The verdicts do not follow from the populations."));
        }
        Files.move(sealed, run.completeness(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The package's own tests, over the package's own populations. */
    private void findings(RunFolder run, Path work) throws IOException {
        Path again = work.resolve("assessed").resolve("2-findings");
        Files.createDirectories(again.getParent());
        Reperformance.findings(run.root(), again, Limits.usual());
        compare(again, run.findings(), run, Reason.FINDING_DIFFERS, "does not follow from the populations");
    }

    private void reports(RunFolder run, PackageFacts facts, Path work) throws IOException {
        Marking marking = facts.identity() == PackageFacts.Identity.DEMO ? Marking.DEMO : Marking.NONE;
        Path scratch = Files.createDirectories(work.resolve("reported"));
        try {
            List<String> differing = new Report(RunCatalog.of(run, mistake -> {}), tables)
                    .differing(run.root(), new ReportOptions(marking, facts.packageId()), scratch, run.report());
            for (String name : differing) {
                findings.add(VerifyFinding.failure(
                        Reason.NUMBER_DIFFERS,
                        run.relative(run.report().resolve(name)),
                        "It does not come out the same from the findings."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare(Path again, Path sealed, RunFolder run, Reason reason, String what) throws IOException {
        TreeSet<String> names = new TreeSet<>(names(again));
        names.addAll(names(sealed));
        for (String name : names) {
            Path there = sealed.resolve(name);
            Path here = again.resolve(name);
            boolean same = Files.isRegularFile(there) && Files.isRegularFile(here) && Files.mismatch(there, here) < 0;
            if (!same) {
                String how = Files.exists(here) ? what : what + ": nothing makes it";
                findings.add(VerifyFinding.failure(reason, run.relative(there), "It " + how + "."));
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private void clean(@Nullable Path work) {
        if (work != null) {
            try {
                Disk.deleteTree(work);
            } catch (IOException e) {
                console.warning("The temporary folder '" + work + "' could not be deleted. Delete it by hand.");
            }
        }
    }
}
