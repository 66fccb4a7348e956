package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is assessed, by what, and where the findings go.
 *
 * @param root the run's folder, or that of an unpacked package: holds {@code 1-evidence}
 * @param out the folder to make, {@code 2-findings}; replaced as a whole where it is there
 * @param tables the tables that are known, by name
 * @param frameworks ids of the frameworks whose criteria are written
 * @param organization the organisation's name, as the account of findings about a test itself
 * @param asOf the instant that the run states; acceptances count that hold on its day in UTC
 * @param declared what the organisation declared when the run began
 */
public record AssessmentRequest(
        Path root,
        Path out,
        Catalog catalog,
        Map<String, TableDefinition> tables,
        List<String> frameworks,
        String organization,
        Instant asOf,
        List<ParameterOverride> overrides,
        Declared declared,
        Limits limits) {
    public AssessmentRequest {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
        frameworks = List.copyOf(frameworks);
        overrides = List.copyOf(overrides);
    }

    /**
     * A run's own folder, frameworks and thresholds, with the usual limits; a run that names no framework is shown
     * against each.
     */
    public static AssessmentRequest of(RunFolder run, RunFacts facts, Catalog catalog, Tables tables) {
        return new AssessmentRequest(
                run.root(),
                run.findings(),
                catalog,
                byName(tables.all()),
                facts.frameworks().isEmpty()
                        ? catalog.frameworks().stream().map(Framework::id).toList()
                        : facts.frameworks(),
                facts.organization(),
                facts.asOf(),
                facts.parameters().stream()
                        .map(each -> new ParameterOverride(each.controlId(), each.name(), each.value(), each.policy()))
                        .toList(),
                Declared.of(run),
                Limits.usual());
    }

    /** Tables by name, as this request wants them. */
    public static Map<String, TableDefinition> byName(Collection<TableDefinition> tables) {
        Map<String, TableDefinition> byName = new TreeMap<>();
        tables.forEach(table -> byName.put(table.name(), table));
        return byName;
    }
}
