package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.TableDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs every control's test over a run's populations and writes the findings. */
public final class Assessment {
    private final AssessmentRequest request;
    private final Populations populations;
    private final Acceptances acceptances;
    private final Documents documents;
    private final Map<String, ReadyTest> ready = new TreeMap<>();
    private final Path folder;

    private Assessment(AssessmentRequest request, Populations populations, Path folder) {
        this.request = request;
        this.populations = populations;
        this.folder = folder;
        this.acceptances = new Acceptances(request.declared(), LocalDate.ofInstant(request.asOf(), ZoneOffset.UTC));
        this.documents = new Documents(request.declared(), request.asOf(), request.organization());
    }

    /**
     * Refuses a catalog whose tests cannot run, before anything is collected.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming the control, the file and the line of the first mistake
     */
    public static void check(
            Catalog catalog, Collection<TableDefinition> tables, Collection<ParameterOverride> overrides) {
        TestCheck.ready(AssessmentRequest.byName(tables), catalog.controls(), overrides);
    }

    /**
     * Writes {@code findings.csv}, {@code controls.csv}, {@code criteria-<framework>.csv}, {@code acceptances.csv},
     * {@code catalog-changes.csv} and {@code tests/}, all or nothing. The same evidence and catalog give the same bytes.
     *
     * @throws TickmarkException NOT_UNDERSTOOD for a mistake in the catalog or the overrides; NOT_VERIFIED for evidence
     *     that is not what {@code completeness.csv} says
     */
    public static AssessmentSummary run(AssessmentRequest request) {
        return run(request, OptionalInt.empty());
    }

    static AssessmentSummary run(AssessmentRequest request, OptionalInt shuffle) {
        return run(
                request,
                shuffle,
                TestCheck.ready(request.tables(), request.catalog().controls(), request.overrides()));
    }

    /** The same with tests that were made ready before, by the same controls, tables and overrides. */
    static AssessmentSummary run(AssessmentRequest request, OptionalInt shuffle, List<ReadyTest> ready) {
        Path parent = request.out().toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no folder to write to: " + request.out());
        }
        Populations populations = Populations.read(request.root(), request.tables());
        Path scratch = parent.resolve(Disk.UNPUBLISHED + "assess");
        try {
            Disk.deleteTree(scratch);
            Path folder = Files.createDirectories(scratch.resolve("2-findings"));
            Files.createDirectories(folder.resolve("tests"));
            Assessment assessment = new Assessment(request, populations, folder);
            ready.forEach(each -> assessment.ready.put(each.control().id(), each));
            AssessmentSummary summary = assessment.run(scratch, shuffle);
            Disk.deleteTree(request.out());
            Files.move(folder, request.out());
            Disk.syncFolder(parent);
            return summary;
        } catch (IOException e) {
            throw Disk.unwritable(request.out(), e);
        } finally {
            clean(scratch);
        }
    }

    private static void clean(Path scratch) {
        try {
            Disk.deleteTree(scratch);
        } catch (IOException e) {
            throw Disk.unwritable(scratch, e);
        }
    }

    private AssessmentSummary run(Path scratch, OptionalInt shuffle) throws IOException {
        Set<String> tables = new TreeSet<>();
        for (ReadyTest test : ready.values()) {
            if (runs(test.control())) {
                tables.addAll(test.tables());
            }
        }
        Results results = new Results(request, populations, folder);
        FindingStore findings = new FindingStore(scratch);
        try (Database database = new Database(scratch, request.limits());
                TestRun tests = new TestRun(database, request.limits())) {
            database.load(
                    request.root(), tables.stream().map(populations::files).toList(), shuffle);
            List<Control> controls = List.copyOf(request.catalog().controls());
            List<FindingStore.Tally> tallies =
                    SideBySide.all(controls, control -> assess(control, findings.of(control.id()), tests));
            for (int i = 0; i < controls.size(); i++) {
                Control control = controls.get(i);
                FindingStore.Tally tally = tallies.get(i);
                boolean collected = collected(control) || tally.items() > 0;
                results.add(control, Optional.ofNullable(ready.get(control.id())), collected, tally);
            }
            findings.write(folder.resolve("findings.csv"));
        }
        results.write(acceptances.lines());
        CatalogChanges.write(request.catalog(), folder);
        return results.summary(acceptances.remarks());
    }

    /** Whether each table that the control needs was tried at least once. */
    private boolean everyTableTried(Control control) {
        return control.evidence().stream().allMatch(table -> tried(table));
    }

    private boolean tried(String table) {
        return populations.ofTheRunItself(table) || !populations.of(table).isEmpty();
    }

    private boolean runs(Control control) {
        return control.test().isPresent() && everyTableTried(control);
    }

    /** A control is collected if its test runs, or if some of its evidence was tried and failed. */
    private boolean collected(Control control) {
        return control.test().isPresent()
                && (everyTableTried(control)
                        || control.evidence().stream()
                                .flatMap(table -> populations.of(table).stream())
                                .anyMatch(population -> !population.verdict().whole()));
    }

    private FindingStore.Tally assess(Control control, FindingStore.OfControl findings, TestRun tests) {
        ReadyTest test = ready.get(control.id());
        List<ParameterUse> uses = test == null ? ParameterUse.of(control, request.overrides()) : test.parameters();
        Path beside = folder.resolve("tests");
        List<TableDefinition> tables = new ArrayList<>();
        if (test != null) {
            test.tables().forEach(table -> tables.add(request.tables().get(table)));
        }
        write(beside.resolve(control.id() + ".yaml"), ControlAsUsed.yaml(control, uses, tables));
        try (findings) {
            if (test != null) {
                write(beside.resolve(control.id() + ".sql"), test.test().sql());
                if (collected(control)) {
                    test(control, test, findings, tests);
                }
            }
            documents.of(control, collected(control)).forEach(finding -> findings.add(acceptances.judged(finding)));
            return findings.finish();
        }
    }

    private void test(Control control, ReadyTest test, FindingStore.OfControl findings, TestRun tests) {
        ControlFindings of =
                new ControlFindings(test.test(), control, populations, acceptances, request.organization(), findings);
        if (everyTableTried(control)) {
            write(
                    folder.resolve("tests").resolve(control.id() + ".run.sql"),
                    RunScript.of(
                            test, test.tables().stream().map(populations::files).toList(), request.limits()));
            Optional<String> nothingSaid = tests.run(test, of::item);
            if (nothingSaid.isPresent()) {
                findings.forget();
                acceptances.forget(control.id());
                of.testSaysNothing(nothingSaid.get());
            } else {
                of.reconcilingItemsElsewhere();
            }
        }
        of.populations();
    }

    private static void write(Path file, String text) {
        Disk.writeWhole(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
