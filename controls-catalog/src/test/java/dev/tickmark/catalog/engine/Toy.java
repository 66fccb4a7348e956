package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Control.WhenEmpty;
import dev.tickmark.catalog.ControlTest;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.EvidenceRequest;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.Link;
import dev.tickmark.catalog.Parameter;
import dev.tickmark.catalog.declared.Declared;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A small catalog over small tables. */
final class Toy {
    static final String KEYS = "toy_key";
    static final String DOORS = "toy_door";
    static final String REGISTER = "register_toy_exception";
    static final String SCOPE = "declared_files_global";
    static final String SQL = """
            with aged as (
                select *, date_sub('day', created_at, as_of) as age_days -- whole days; not midnights
                from toy_key
            )
            select scope_id, row_key,
                   case when status = 'Inactive'       then 'NOT_APPLICABLE'
                        when age_days <= $max_age_days then 'PASS'
                        when age_days >  $max_age_days then 'FAIL'
                        else 'NOT_EVALUATED' end as outcome,
                   concat('key of ', user_name, ', age ', coalesce(age_days || ' days', 'unknown')) as reason
            from aged;
            """;

    private Toy() {}

    static Map<String, TableDefinition> tables() {
        Map<String, TableDefinition> tables = new TreeMap<>();
        Tables builtIn = Tables.builtIn();
        for (String name : List.of(Populations.TABLE, Populations.RUNS)) {
            tables.put(name, builtIn.table(name));
        }
        tables.put(
                KEYS,
                table(
                        KEYS,
                        column("user_name", ColumnType.TEXT),
                        column("status", ColumnType.TEXT),
                        column("created_at", ColumnType.INSTANT),
                        column("uses", ColumnType.INTEGER),
                        column("seen_on", ColumnType.DATE),
                        column("root", ColumnType.BOOLEAN),
                        column("policy", ColumnType.JSON)));
        tables.put(DOORS, table(DOORS, column("shut", ColumnType.BOOLEAN)));
        tables.put(REGISTER, table(REGISTER, column("user_name", ColumnType.TEXT)));
        return tables;
    }

    private static TableDefinition table(String name, Column... columns) {
        return new TableDefinition(name, 1, "Toys", "a toy", "id", "nowhere", List.of(columns), List.of());
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, "", "of the toy", List.of(), Column.Sensitivity.NONE);
    }

    static Framework framework() {
        return new Framework(
                "toy-2026",
                "toy",
                "Toy standard",
                "Nobody",
                "2026",
                "Invented.",
                "",
                "",
                List.of(
                        new Criterion("T1.2", "Keys", "", "", Criterion.Obligation.NOT_STATED, "", "", "", ""),
                        new Criterion("T1.1", "Doors", "", "", Criterion.Obligation.NOT_STATED, "", "", "", "")));
    }

    static Control keyAge() {
        return control("IAM-906", SQL, List.of(KEYS), List.of(), List.of(maxAge()), WhenEmpty.NOT_APPLICABLE);
    }

    static Parameter maxAge() {
        return new Parameter("max_age_days", Parameter.Type.INTEGER, "90", "a benchmark", "days");
    }

    /** A control whose query says only this. */
    static Control saying(String sql) {
        return control("IAM-907", sql, List.of(KEYS), List.of(REGISTER), List.of(), WhenEmpty.NOT_APPLICABLE);
    }

    static Control control(
            String id,
            String sql,
            List<String> evidence,
            List<String> registers,
            List<Parameter> parameters,
            WhenEmpty whenEmpty) {
        return new Control(
                id,
                "Keys are replaced in time",
                "A leaked key stops working.",
                "",
                EvidenceRequest.of("", EvidenceRequest.Gathering.AUTOMATED, "quarterly"),
                "",
                evidence,
                registers,
                parameters,
                Optional.of(new ControlTest(id, 3, evidence.get(0), "controls/iam/" + id + ".sql", sql)),
                whenEmpty,
                "",
                "Replace the key.",
                List.of(),
                List.of(new Link("toy", "T1.2", Link.Strength.DIRECT, "limits a key's life", "keys elsewhere")),
                "controls/iam/" + id + ".yaml");
    }

    static Map<String, String> key(String rowKey, String user, String status, String created) {
        return Map.of("row_key", rowKey, "user_name", user, "status", status, "created_at", created);
    }

    static Estate estate() {
        return new Estate(tables());
    }

    static AssessmentRequest request(Path root, Control... controls) {
        return new AssessmentRequest(
                root,
                root.resolve("2-findings"),
                Catalog.of(List.of(framework()), List.of(controls)),
                tables(),
                List.of("toy-2026"),
                "example",
                Instant.parse(Estate.AS_OF),
                List.of(),
                Declared.nothing(),
                Limits.usual());
    }
}
