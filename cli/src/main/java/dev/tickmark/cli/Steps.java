package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.engine.Assessment;
import dev.tickmark.catalog.engine.AssessmentRequest;
import dev.tickmark.catalog.engine.AssessmentSummary;
import dev.tickmark.cli.report.Marking;
import dev.tickmark.cli.report.Report;
import dev.tickmark.cli.report.ReportOptions;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.EvidenceCheck;
import dev.tickmark.evidence.run.Journal;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.Publication;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.seal.SealRequest;
import dev.tickmark.evidence.seal.Sealed;
import dev.tickmark.evidence.seal.Sealer;
import dev.tickmark.evidence.seal.SelfCheck;
import dev.tickmark.evidence.seal.facts.PackageFacts;
import dev.tickmark.evidence.seal.facts.PreviousPackage;
import dev.tickmark.evidence.seal.key.SigningKey;
import dev.tickmark.evidence.seal.time.TimeAuthority;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.verify.Trust;
import dev.tickmark.evidence.verify.Verifier;
import dev.tickmark.evidence.verify.VerifyRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What follows a collection, each step reading the folders before it and writing its own. */
final class Steps {
    private static final int LONGEST_SLUG = 40;

    private final Host host;
    private final Catalog catalog;
    private final Tables tables;

    Steps(Host host, Catalog catalog, Tables tables) {
        this.host = host;
        this.catalog = catalog;
        this.tables = tables;
    }

    /** The steps of a run, by the catalog that it began with. */
    static Steps of(Host host, Console console, Setup setup, RunFolder run) {
        return new Steps(host, RunCatalog.of(run, setup.catalog(), console), setup.tables());
    }

    /** Runs every test and writes {@code 2-findings}. */
    AssessmentSummary assess(RunFolder run) {
        RunFacts facts = RunFacts.read(run);
        if (!Files.isRegularFile(run.completeness())) {
            throw TickmarkException.fixFirst(
                    "The collection of run '" + run.id() + "' has not ended.",
                    "Continue it with 'tickmark run --resume', or collect anew.");
        }
        AssessmentSummary summary = Assessment.run(AssessmentRequest.of(run, facts, catalog, tables));
        journal(run, Journal.Event.ASSESS_DONE, run.findings());
        return summary;
    }

    /** Writes {@code 3-report}, marked as a draft: the one in a package is rendered again for it. */
    void report(RunFolder run) {
        render(run, ReportOptions.draft(), run.report());
        journal(run, Journal.Event.REPORT_DONE, run.report());
    }

    /**
     * Seals a run into a new package; the run stays as it is.
     *
     * @throws TickmarkException FIX_FIRST where evidence differs from what the journal says was collected
     */
    Sealed seal(RunFolder run, OutputFolder output, SigningKey key, List<URI> authorities) {
        RunFacts facts = RunFacts.read(run);
        if (!Files.isDirectory(run.report())) {
            throw TickmarkException.fixFirst(
                    "Run '" + run.id() + "' has no report yet.",
                    "Make it with 'tickmark assess' and 'tickmark report'.");
        }
        List<EvidenceCheck.Difference> differences = EvidenceCheck.differences(run);
        if (!differences.isEmpty()) {
            EvidenceCheck.Difference first = differences.get(0);
            throw TickmarkException.fixFirst(
                    "The evidence of run '" + run.id() + "' is not what was collected: '" + first.path() + "' is "
                            + first.kind().name().toLowerCase(Locale.ROOT)
                            + (differences.size() == 1 ? "." : ", and " + (differences.size() - 1) + " more."),
                    "Collect again: evidence that was edited cannot be sealed.");
        }
        String packageId = freePackageId(output, facts);
        Path rendered = run.scratch().resolve("report");
        try {
            Files.createDirectories(rendered);
            render(run, new ReportOptions(key.demo() ? Marking.DEMO : Marking.NONE, packageId), rendered);
            Files.createDirectories(output.packages());
            SortedMap<String, Path> files = new TreeMap<>();
            SealRequest.files(run.root()).forEach((name, path) -> {
                if (!name.startsWith(Disk.UNPUBLISHED) && !name.contains("/" + Disk.UNPUBLISHED)) {
                    files.put(name, path);
                }
            });
            for (String name : Report.FILES) {
                files.put(run.relative(run.report().resolve(name)), rendered.resolve(name));
            }
            SortedMap<String, String> collected = new TreeMap<>();
            Journal.digests(Journal.read(run)).forEach((name, digest) -> {
                if (name.startsWith(run.relative(run.evidence()) + "/")) {
                    collected.put(name, digest);
                }
            });
            return new Sealer(host.clock(), new SecureRandom(), selfCheck(host))
                    .seal(new SealRequest(
                            packageId,
                            subject(facts),
                            files,
                            collected,
                            key,
                            authorities.isEmpty() ? null : new TimeAuthority(authorities),
                            previous(output, key).orElse(null),
                            output.packages()));
        } catch (IOException e) {
            throw Disk.unwritable(output.packages(), e);
        } finally {
            Publication.sweep(run);
        }
    }

    /** Refuses a package that a verifier would find changed. */
    static SelfCheck selfCheck(Host host) {
        return file -> Verifier.verify(
                        VerifyRequest.of(file, Trust.NOBODY, host.clock().instant()))
                .requireIntact();
    }

    private void render(RunFolder run, ReportOptions options, Path folder) {
        try {
            new Report(catalog, tables).write(run.root(), options, folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TickmarkException.fixFirst("The report was interrupted.", "Make it again with 'tickmark report'.");
        }
    }

    private void journal(RunFolder run, Journal.Event event, Path folder) {
        Map<String, String> digests = new TreeMap<>();
        try (Journal journal = new Journal(run, host.clock());
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(run.relative(file), Disk.sha256(file));
            }
            journal.append(event, digests, "");
        } catch (IOException e) {
            throw Disk.unreadable(folder, e);
        }
    }

    private static PackageFacts.Subject subject(RunFacts facts) {
        RunFacts.Period period = facts.period();
        return new PackageFacts.Subject(
                facts.organization(),
                facts.runId(),
                facts.asOf(),
                period == null ? null : new PackageFacts.Period(period.from(), period.to()),
                new PackageFacts.Tool("tickmark", Version.ofThisBuild().version()));
    }

    private static String freePackageId(OutputFolder output, RunFacts facts) {
        String base = slug(facts.organization()) + "-" + facts.runId();
        String id = base;
        for (int i = 2; Files.exists(output.packages().resolve(id + ".zip")); i++) {
            id = base + "-" + i;
        }
        return id;
    }

    /** An organisation's name as part of a file name. */
    static String slug(String organization) {
        String slug = Normalizer.normalize(organization, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String cut =
                slug.length() > LONGEST_SLUG ? slug.substring(0, LONGEST_SLUG).replaceAll("-$", "") : slug;
        return cut.isEmpty() ? "organization" : cut;
    }

    /** The package with the highest number among those of the same kind of identity: a demo never follows a real one. */
    private static Optional<PreviousPackage> previous(OutputFolder output, SigningKey key) {
        if (!Files.isDirectory(output.packages())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(output.packages())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".zip"))
                    .sorted()
                    .filter(file -> Packages.identity(file)
                            .filter(identity -> (identity == PackageFacts.Identity.DEMO) == key.demo())
                            .isPresent())
                    .map(PreviousPackage::of)
                    .max(Comparator.comparingLong(PreviousPackage::sequence));
        } catch (IOException e) {
            throw Disk.unreadable(output.packages(), e);
        }
    }
}
