package dev.tickmark.cli.report.source;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.run.DeclaredFile;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A run folder after it was assessed: one pass over its findings, which are counted and not kept. */
public final class RunReading {
    private static final int BETWEEN_LOOKS = 1000;
    private static final String CRITERIA = "criteria-";

    private final Path run;
    private final RunFacts head;
    private final List<PopulationLine> populations;
    private final List<RunLine> runs;
    private final List<ControlLine> controls;
    private final Map<String, List<CriterionLine>> criteria;
    private final List<AcceptanceLine> acceptances;
    private final Declared declared;
    private final Trails trails = new Trails();

    private RunReading(
            Path run,
            RunFacts head,
            List<PopulationLine> populations,
            List<RunLine> runs,
            List<ControlLine> controls,
            Map<String, List<CriterionLine>> criteria,
            List<AcceptanceLine> acceptances) {
        this.run = run;
        this.head = head;
        this.populations = Collections.unmodifiableList(populations);
        this.runs = Collections.unmodifiableList(runs);
        this.controls = Collections.unmodifiableList(controls);
        this.criteria = Collections.unmodifiableMap(criteria);
        this.acceptances = Collections.unmodifiableList(acceptances);
        this.declared = Declared.of(new RunFolder(run));
    }

    /**
     * Reads a run.
     *
     * @throws dev.tickmark.evidence.TickmarkException FIX_FIRST where it is not assessed yet, NOT_VERIFIED where a file
     *     is not as it was written or two files contradict each other
     */
    public static RunReading read(Path run) throws InterruptedException {
        RunFacts head = RunFacts.read(new RunFolder(run));
        List<PopulationLine> populations = new ArrayList<>();
        try (Rows rows = Rows.open(run.resolve("1-evidence").resolve("completeness.csv"))) {
            for (Rows.Row row = rows.next(); row != null; row = rows.next()) {
                populations.add(PopulationLine.of(row, populations.size() + 1));
            }
        }
        Path findings = run.resolve("2-findings");
        return new RunReading(
                run,
                head,
                populations,
                runs(run),
                controls(findings),
                criteria(run, head.frameworks()),
                acceptances(findings));
    }

    private static List<RunLine> runs(Path run) {
        List<RunLine> runs = new ArrayList<>();
        Path file = run.resolve("runs.csv");
        if (Files.isRegularFile(file)) {
            try (Rows rows = Rows.open(file)) {
                for (Rows.Row row = rows.next(); row != null; row = rows.next()) {
                    if (row.text("kind").equals("run")) {
                        runs.add(RunLine.of(row));
                    }
                }
            }
        }
        return runs;
    }

    private static List<ControlLine> controls(Path findings) throws InterruptedException {
        Map<String, Items> items = new HashMap<>();
        try (Rows rows = Rows.open(findings.resolve("findings.csv"))) {
            long read = 0;
            for (Rows.Row row = rows.next(); row != null; row = rows.next()) {
                items.computeIfAbsent(row.text("control_id"), none -> new Items())
                        .add(FindingLine.of(row));
                if (++read % BETWEEN_LOOKS == 0) {
                    stopIfAsked();
                }
            }
        }
        List<ControlLine> controls = new ArrayList<>();
        try (Rows rows = Rows.open(findings.resolve("controls.csv"))) {
            for (Rows.Row row = rows.next(); row != null; row = rows.next()) {
                Items own = items.remove(row.text("control_id"));
                controls.add(ControlLine.of(row, own == null ? new Items() : own));
            }
        }
        if (!items.isEmpty()) {
            throw Rows.notOurs(
                    findings.resolve("findings.csv").toString(),
                    "it has results of " + new TreeMap<>(items).firstKey() + ", which controls.csv does not list");
        }
        return controls;
    }

    private static List<AcceptanceLine> acceptances(Path findings) {
        List<AcceptanceLine> acceptances = new ArrayList<>();
        Path file = findings.resolve("acceptances.csv");
        if (Files.isRegularFile(file)) {
            try (Rows rows = Rows.open(file)) {
                for (Rows.Row row = rows.next(); row != null; row = rows.next()) {
                    acceptances.add(AcceptanceLine.of(row));
                }
            }
        }
        return acceptances;
    }

    private static Map<String, List<CriterionLine>> criteria(Path run, List<String> frameworks) {
        Map<String, List<CriterionLine>> criteria = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(run.resolve("2-findings"))) {
            Comparator<Path> asConfigured = Comparator.comparingInt(file -> place(file, frameworks));
            for (Path file : files.sorted(asConfigured.thenComparing(Comparator.naturalOrder()))
                    .toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(CRITERIA) && name.endsWith(".csv")) {
                    List<CriterionLine> lines = new ArrayList<>();
                    try (Rows rows = Rows.open(file)) {
                        for (Rows.Row row = rows.next(); row != null; row = rows.next()) {
                            lines.add(CriterionLine.of(row));
                        }
                    }
                    criteria.put(
                            name.substring(CRITERIA.length(), name.length() - ".csv".length()),
                            Collections.unmodifiableList(lines));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return criteria;
    }

    private static int place(Path file, List<String> frameworks) {
        String name = String.valueOf(file.getFileName());
        for (int i = 0; i < frameworks.size(); i++) {
            if (name.equals(CRITERIA + Scope.folderName(frameworks.get(i)) + ".csv")) {
                return i;
            }
        }
        return frameworks.size();
    }

    /** Ends the work where the thread was asked to stop. */
    public static void stopIfAsked() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the report was stopped");
        }
    }

    public RunFacts head() {
        return head;
    }

    public List<PopulationLine> populations() {
        return populations;
    }

    /** The populations that a test may not rely on. */
    public List<PopulationLine> notWhole() {
        return populations.stream().filter(each -> !each.verdict().whole()).toList();
    }

    public List<RunLine> runs() {
        return runs;
    }

    public List<ControlLine> controls() {
        return controls;
    }

    public Optional<ControlLine> control(String id) {
        return controls.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** What the run, or else the catalog, says of a control; empty where neither knows it. */
    public Optional<Definition> definition(String controlId, Catalog catalog) {
        Path file = run.resolve("2-findings").resolve("tests").resolve(controlId + ".yaml");
        return Files.isRegularFile(file)
                ? Optional.of(Definition.read(file))
                : catalog.control(controlId).map(control -> Definition.of(control, head));
    }

    /** What the organisation's own catalog changes in the built-in one; nothing in a run that was assessed before there was such a list. */
    public List<ChangeLine> changes() {
        List<ChangeLine> changes = new ArrayList<>();
        Path file = run.resolve("2-findings").resolve("catalog-changes.csv");
        if (Files.isRegularFile(file)) {
            try (Rows rows = Rows.open(file)) {
                for (Rows.Row row = rows.next(); row != null; row = rows.next()) {
                    changes.add(ChangeLine.of(row));
                }
            }
        }
        return Collections.unmodifiableList(changes);
    }

    /** What the organisation declared when the run began. */
    public Declared declared() {
        return declared;
    }

    /** Every approved deviation. */
    public List<AcceptanceLine> acceptances() {
        return acceptances;
    }

    /** The approved deviations of a control's items. */
    public List<AcceptanceLine> acceptances(String controlId) {
        return acceptances.stream()
                .filter(each -> each.controlId().equals(controlId))
                .toList();
    }

    /** The statement of applicability with what stands beside it; empty where there is none. */
    public List<StatementLine> statement() {
        return lines(run, "statement-of-applicability.csv", StatementLine::of);
    }

    /** Every addressable specification; empty where the run does not ask for them. */
    public List<DecisionLine> decisions() {
        return decisions(run);
    }

    /** The same of a run folder, without reading the rest of it. */
    public static List<DecisionLine> decisions(Path run) {
        return lines(run, "hipaa-decisions.csv", DecisionLine::of);
    }

    private static <T> List<T> lines(Path run, String name, Function<Rows.Row, T> of) {
        Path file = run.resolve("2-findings").resolve(name);
        List<T> lines = new ArrayList<>();
        if (Files.isRegularFile(file)) {
            try (Rows rows = Rows.open(file)) {
                for (Rows.Row row = rows.next(); row != null; row = rows.next()) {
                    lines.add(of.apply(row));
                }
            }
        }
        return Collections.unmodifiableList(lines);
    }

    /** Criteria and their links by framework id, in the order in which the run names the frameworks. */
    public Map<String, List<CriterionLine>> criteria() {
        return criteria;
    }

    /** The IPE facts of the task that read a population; empty where it left none. */
    public Optional<Evidence> evidence(PopulationLine population) {
        if (population.folder().isEmpty()) {
            return Optional.empty();
        }
        Path folder = new RunFolder(run).resolve(population.folder());
        return Files.isRegularFile(Evidence.file(folder)) ? Optional.of(Evidence.read(folder)) : Optional.empty();
    }

    /** The first rows of a population, each with the way back to the recorded answer and to the source. */
    public List<Trail> trails(PopulationLine population, Evidence evidence) {
        return trails.of(new RunFolder(run).resolve(population.folder()), population.table(), evidence);
    }

    /** What the person who exported a population's file declares of it; empty where the source itself was read. */
    public Optional<DeclaredFile> declaration(PopulationLine population) {
        return head.files().stream()
                .filter(file -> population.basis() == Basis.DECLARED
                        && file.table().equals(population.table())
                        && file.system().equals(population.account()))
                .findFirst();
    }
}
