package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.UsedDefinition;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.csv.CsvReader;
import dev.tickmark.evidence.csv.CsvWriter;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs a package's own tests over its own populations again, so that the findings can be compared byte by byte. */
public final class Reperformance {
    private static final int APPLIES_TO = 6;
    private static final String KEPT = "1-evidence/declared/catalog";

    private final Path root;
    private final Map<String, Control> controls = new TreeMap<>();
    private final Catalog kept;
    private final List<ParameterOverride> overrides = new ArrayList<>();
    private final Map<String, TableDefinition> tables;

    private Reperformance(Path root) {
        this.root = root;
        this.kept = Catalog.kept(root.resolve(KEPT), root.resolve("2-findings").resolve(CatalogChanges.BUILT_IN));
        this.tables = new TreeMap<>(AssessmentRequest.byName(Tables.builtIn().all()));
    }

    /**
     * Writes what {@code 2-findings} has to be: a function of {@code run.json}, {@code runs.csv}, {@code 1-evidence}, and
     * of the tests and links in {@code 2-findings} itself; the organisation's own controls are a function of
     * its files in {@code 1-evidence/declared/catalog} and of what they are laid over. Nothing of the catalog on the class path is used.
     *
     * @param root the run's folder, or that of an unpacked package
     * @param out the folder to make
     * @throws dev.tickmark.evidence.TickmarkException where a part of the package is not what the engine writes
     */
    public static AssessmentSummary findings(Path root, Path out, Limits limits) {
        Reperformance again = new Reperformance(root);
        again.readControls();
        RunFacts facts = RunFacts.read(new RunFolder(root));
        AssessmentRequest request = new AssessmentRequest(
                root,
                out,
                Catalog.of(again.kept.frameworks(), again.controls.values(), again.kept.own()),
                again.tables,
                List.of(),
                facts.organization(),
                facts.asOf(),
                again.overrides,
                Declared.of(new RunFolder(root)),
                limits);
        AssessmentSummary summary = Assessment.run(request);
        Map<String, Outcome> outcomes = new TreeMap<>();
        summary.controls().forEach(each -> outcomes.put(each.controlId(), each.outcome()));
        again.criteria(outcomes, request.declared(), out);
        Results.statements(request, outcomes).writeAgain(again.findings(), out);
        return summary;
    }

    private void readControls() {
        for (Path definition : files("tests", ".yaml")) {
            Path query = definition.resolveSibling(
                    String.valueOf(definition.getFileName()).replaceFirst("\\.yaml$", ".sql"));
            UsedDefinition used = UsedDefinition.read(
                    String.valueOf(root.relativize(definition)),
                    text(definition),
                    Files.exists(query) ? Optional.of(text(query)) : Optional.empty());
            controls.put(used.control().id(), used.control());
            used.values()
                    .forEach(each -> overrides.add(
                            new ParameterOverride(used.control().id(), each.name(), each.value(), each.policy())));
            used.tables().forEach(table -> tables.put(table.name(), table));
        }
        // the organisation's own have to follow from its files, and not from what was written of them
        kept.controls().forEach(control -> controls.put(control.id(), control));
    }

    /** The criteria are the package's own; the controls' outcomes and what is declared are put in again. */
    private void criteria(Map<String, Outcome> outcomes, Declared declared, Path out) {
        List<Column> columns = Results.criteriaColumns(declared);
        for (Path file : files("", ".csv")) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith("criteria-")) {
                try (CsvReader rows = CsvReader.open(file, columns);
                        CsvWriter writer = new CsvWriter(out.resolve(name), name, columns)) {
                    for (List<String> row = rows.next(); row != null; row = rows.next()) {
                        List<String> again = new ArrayList<>(row);
                        String controlId = row.get(1);
                        again.set(
                                5,
                                controlId.isEmpty()
                                        ? ""
                                        : outcomes.getOrDefault(controlId, Outcome.NOT_COLLECTED)
                                                .name());
                        String appliesTo = row.size() > APPLIES_TO ? row.get(APPLIES_TO) : "";
                        writer.row(Results.scoped(again, appliesTo, declared));
                    }
                    writer.finish();
                }
            }
        }
    }

    private Path findings() {
        return root.resolve("2-findings");
    }

    private List<Path> files(String folder, String end) {
        Path in = folder.isEmpty() ? findings() : findings().resolve(folder);
        try (Stream<Path> list = Files.list(in)) {
            return list.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw Disk.unreadable(in, e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }
}
