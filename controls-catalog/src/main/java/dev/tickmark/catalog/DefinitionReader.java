package dev.tickmark.catalog;

import dev.tickmark.catalog.Control.WhenEmpty;
import dev.tickmark.catalog.Criterion.Obligation;
import dev.tickmark.catalog.EvidenceRequest.Gathering;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.ColumnType;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.yaml.Nearest;
import dev.tickmark.evidence.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads frameworks and controls; every mistake names file, line, column and key. */
final class DefinitionReader {
    private static final List<String> FRAMEWORK_KEYS =
            List.of("id", "key", "title", "publisher", "edition", "notice", "status", "source", "criteria");
    private static final List<String> CRITERION_KEYS =
            List.of("id", "title", "group", "kind", "obligation", "role", "asked", "note", "left_open");
    private static final List<String> CONTROL_KEYS = List.of(
            "id",
            "version",
            "title",
            "objective",
            "risk",
            "rule",
            "evidence_needed",
            "evidence_kind",
            "priority",
            "cadence",
            "cadence_why",
            "type_1",
            "type_2",
            "sampling",
            "sources",
            "collection",
            "document",
            "main_table",
            "evidence",
            "registers",
            "parameters",
            "when_empty",
            "not_covered_note",
            "remediation",
            "references",
            "links");
    private static final List<String> PARAMETER_KEYS = List.of("value", "type", "origin", "unit");
    private static final List<String> USED_PARAMETER_KEYS =
            List.of("value", "type", "origin", "unit", "default", "policy");
    private static final List<String> DOCUMENT_KEYS = List.of("expected", "fields", "owner", "valid_for_days");
    private static final int LONGEST_PATH = 90;
    private static final int LONGEST_VALIDITY = 3660;
    private static final List<String> LINK_KEYS = List.of("criterion", "strength", "why", "not_covered");

    private DefinitionReader() {}

    static YamlValue root(CatalogFile file) {
        return YamlValue.parse(file.name(), file.yaml(), UnaryOperator.identity());
    }

    /** Reads a framework; where the file overrides a built-in one, over that one. */
    static Framework framework(CatalogFile file, Optional<CatalogFile> builtIn) {
        YamlValue root = root(file);
        if (builtIn.isPresent()) {
            root = Overlay.framework(root, root(builtIn.get()), FRAMEWORK_KEYS);
        }
        root.map(FRAMEWORK_KEYS);
        List<Criterion> criteria = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        for (YamlValue criterion : root.at("criteria").list()) {
            criterion.map(CRITERION_KEYS);
            String id = criterion.at("id").text();
            if (!ids.add(id)) {
                throw criterion.at("id").mistake("the criterion " + id + " stands twice.", "Keep one of the two.");
            }
            criteria.add(new Criterion(
                    id,
                    criterion.at("title").text(),
                    text(criterion, "group"),
                    text(criterion, "kind"),
                    criterion
                            .find("obligation")
                            .map(each -> each.oneOf(Obligation.class))
                            .orElse(Obligation.NOT_STATED),
                    text(criterion, "role"),
                    text(criterion, "asked"),
                    text(criterion, "note"),
                    text(criterion, "left_open")));
        }
        if (file.own() && !file.path().equals("frameworks/" + root.at("id").text() + ".yaml")) {
            throw root.at("id")
                    .mistake(
                            "the file of " + root.at("id").text() + " is called '" + file.path() + "'.",
                            "Call it 'frameworks/" + root.at("id").text() + ".yaml', so that it is found by its id.");
        }
        return new Framework(
                matching(root.at("id"), "[a-z0-9][a-z0-9-]{1,39}", "small letters, digits and hyphens"),
                matching(root.at("key"), "[a-z][a-z0-9-]{1,19}", "small letters, digits and hyphens"),
                root.at("title").text(),
                root.at("publisher").text(),
                root.at("edition").text(),
                root.at("notice").text(),
                text(root, "status"),
                text(root, "source"),
                criteria);
    }

    /** Reads a control; where the file overrides a built-in one, over that one. */
    static Control control(CatalogFile file, Optional<CatalogFile> builtIn, Collection<Framework> frameworks) {
        YamlValue root = root(file);
        CatalogFile query = file;
        if (builtIn.isPresent()) {
            root = Overlay.control(root, root(builtIn.get()), file, CONTROL_KEYS);
            query = file.sql().isPresent() ? file : builtIn.get();
        }
        root.map(CONTROL_KEYS);
        refuseMisplaced(file, root, id(root, file.own()));
        List<Parameter> parameters = parameters(root, false);
        if (file.own()) {
            refuseUnknownTables(root);
            refuseUnused(root, query);
        }
        return control(file, query, root, parameters, links(root, frameworks));
    }

    /** A control of the organisation's own in a package: its links are not looked up. */
    static Control kept(CatalogFile file, Optional<CatalogFile> builtIn) {
        YamlValue root = root(file);
        CatalogFile query = file;
        if (builtIn.isPresent()) {
            root = Overlay.control(root, root(builtIn.get()), file, CONTROL_KEYS);
            query = file.sql().isPresent() ? file : builtIn.get();
        }
        return control(file, query, root, parameters(root, false), linksAsWritten(root));
    }

    private static List<Link> linksAsWritten(YamlValue root) {
        List<Link> links = new ArrayList<>();
        for (YamlValue link : list(root, "links")) {
            String[] parts = link.at("criterion").text().split(":", 2);
            links.add(new Link(
                    parts[0],
                    parts[parts.length - 1],
                    link.at("strength").oneOf(Link.Strength.class),
                    link.at("why").text(),
                    text(link, "not_covered")));
        }
        return links;
    }

    /** A control of a package: its links are not looked up, since the package holds no frameworks. */
    static UsedDefinition used(CatalogFile file) {
        YamlValue root = YamlValue.parse(file.name(), file.yaml(), UnaryOperator.identity());
        List<String> keys = new ArrayList<>(CONTROL_KEYS);
        keys.add("tables");
        root.map(keys);
        List<Link> links = linksAsWritten(root);
        List<UsedDefinition.Value> values = new ArrayList<>();
        map(root, "parameters").forEach((name, parameter) -> {
            if (parameter.find("default").isPresent()) {
                values.add(new UsedDefinition.Value(name, parameter.at("value").text(), text(parameter, "policy")));
            }
        });
        List<TableDefinition> tables = new ArrayList<>();
        map(root, "tables").forEach((name, table) -> {
            List<Column> columns = new ArrayList<>();
            table.at("columns")
                    .map()
                    .forEach((column, type) -> columns.add(new Column(
                            column, type.oneOf(ColumnType.class), "", "as used", List.of(), Column.Sensitivity.NONE)));
            int version = (int) table.at("version").integer(1, 9999);
            tables.add(
                    new TableDefinition(name, version, name, "a row", "row_key", "this package", columns, List.of()));
        });
        return new UsedDefinition(control(file, file, root, parameters(root, true), links), values, tables);
    }

    /** Told here, and not with the query, because here the line is known. */
    private static void refuseUnknownTables(YamlValue root) {
        List<String> known =
                Tables.builtIn().all().stream().map(TableDefinition::name).toList();
        for (String key : List.of("evidence", "registers")) {
            for (YamlValue name : list(root, key)) {
                if (!known.contains(name.text())) {
                    throw name.mistake(
                            "no table is called '" + name.text() + "'.",
                            Nearest.of(name.text(), known)
                                    .map(near -> "Did you mean '" + near + "'?")
                                    .orElse("'tickmark catalog list --tables' prints the names."));
                }
            }
        }
    }

    private static void refuseUnused(YamlValue root, CatalogFile query) {
        query.sql()
                .ifPresent(sql -> map(root, "parameters").forEach((name, parameter) -> {
                    if (!Pattern.compile("\\$" + name + "\\b").matcher(sql).find()) {
                        throw parameter.mistake(
                                "the query does not use $" + name + ".",
                                "Use it in " + query.sqlName() + ", or take it out.");
                    }
                }));
    }

    private static String id(YamlValue root, boolean own) {
        return own
                ? matching(
                        root.at("id"),
                        Control.OWN_ID,
                        "two to eight capitals or digits, a hyphen and one to four digits, such as ACME-001")
                : matching(root.at("id"), Control.BUILT_IN_ID, "three capitals, a hyphen and three digits");
    }

    private static Control control(
            CatalogFile file, CatalogFile query, YamlValue root, List<Parameter> parameters, List<Link> links) {
        String id = id(root, file.own());
        List<String> evidence = texts(root, "evidence");
        return new Control(
                id,
                root.at("title").text(),
                root.at("objective").text(),
                text(root, "risk"),
                request(root),
                text(root, "rule"),
                evidence,
                texts(root, "registers"),
                parameters,
                test(query, root, id, evidence),
                root.find("when_empty").map(each -> each.oneOf(WhenEmpty.class)).orElse(WhenEmpty.NOT_APPLICABLE),
                text(root, "not_covered_note"),
                root.at("remediation").text(),
                texts(root, "references"),
                links,
                file.name());
    }

    private static void refuseMisplaced(CatalogFile file, YamlValue root, String id) {
        String name = id.toLowerCase(Locale.ROOT);
        String family = name.substring(0, name.indexOf('-')) + "/";
        String expected = "controls/" + (file.own() ? "" : family) + name;
        boolean named = file.path()
                .replaceFirst(file.own() ? "^controls/[^/]+/" : "^$", "controls/")
                .matches(expected + "(-[a-z0-9]+)*\\.yaml");
        if (!named || file.path().length() > LONGEST_PATH) {
            throw root.at("id")
                    .mistake(
                            "the file of " + id + " is called '" + file.path() + "'.",
                            "Call it '" + expected
                                    + "-<a few words>.yaml', in small letters, so that it is found by its id.");
        }
    }

    private static Optional<ControlTest> test(CatalogFile file, YamlValue root, String id, List<String> evidence) {
        if (file.sql().isEmpty()) {
            return Optional.empty();
        }
        YamlValue mainTable = root.at("main_table");
        if (!evidence.contains(mainTable.text())) {
            throw mainTable.mistake(
                    "the main table '" + mainTable.text() + "' does not stand under 'evidence'.",
                    "Add it to 'evidence': a test says nothing without its main table.");
        }
        if (root.find("when_empty").isEmpty()) {
            throw root.mistake(
                    "the key 'when_empty' is missing.",
                    "Say what an empty main table means: pass, not_applicable or fail.");
        }
        String sql = file.sql().get();
        if (sql.isBlank()) {
            throw root.mistake("its query '" + file.sqlName() + "' is empty.", "Write the query, or remove the file.");
        }
        int version = (int) root.at("version").integer(1, 9999);
        return Optional.of(new ControlTest(id, version, mainTable.text(), file.sqlName(), sql));
    }

    private static List<Parameter> parameters(YamlValue root, boolean used) {
        List<Parameter> parameters = new ArrayList<>();
        for (Map.Entry<String, YamlValue> member : map(root, "parameters").entrySet()) {
            YamlValue parameter = member.getValue();
            parameter.map(used ? USED_PARAMETER_KEYS : PARAMETER_KEYS);
            if (!member.getKey().matches("[a-z][a-z0-9_]{0,39}")) {
                throw parameter.mistake(
                        "'" + member.getKey() + "' is not a parameter name.", "Use small letters, digits and _.");
            }
            YamlValue value = parameter.find("default").orElseGet(() -> parameter.at("value"));
            Parameter.Type type = parameter
                    .find("type")
                    .map(each -> each.oneOf(Parameter.Type.class))
                    .orElseGet(() -> Parameter.typeOf(value.text()));
            if (!type.accepts(value.text())) {
                throw value.mistake(
                        "'" + value.text() + "' is not " + type.words() + ".", "Write " + type.words() + " there.");
            }
            parameters.add(new Parameter(
                    member.getKey(), type, value.text(), parameter.at("origin").text(), text(parameter, "unit")));
        }
        return parameters;
    }

    private static List<Link> links(YamlValue root, Collection<Framework> frameworks) {
        List<Link> links = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (YamlValue link : list(root, "links")) {
            link.map(LINK_KEYS);
            YamlValue criterion = link.at("criterion");
            String[] parts = criterion.text().split(":", 2);
            List<String> keys = frameworks.stream().map(Framework::key).toList();
            Framework framework = frameworks.stream()
                    .filter(each -> each.key().equals(parts[0]) && parts.length == 2)
                    .findFirst()
                    .orElseThrow(() -> criterion.mistake(
                            "'" + criterion.text() + "' names no framework.",
                            Nearest.of(parts[0], keys)
                                    .map(near -> "Did you mean '" + near + ":'?")
                                    .orElse("Write framework and number, such as soc2:CC6.1; known are " + keys
                                            + ".")));
            if (framework.criterion(parts[1]).isEmpty()) {
                List<String> numbers =
                        framework.criteria().stream().map(Criterion::id).toList();
                throw criterion.mistake(
                        framework.id() + " has no criterion '" + parts[1] + "'.",
                        Nearest.of(parts[1], numbers)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Take the number from the framework's file."));
            }
            if (!seen.add(criterion.text())) {
                throw criterion.mistake("'" + criterion.text() + "' is linked twice.", "Keep one of the two links.");
            }
            Link.Strength strength = link.at("strength").oneOf(Link.Strength.class);
            String notCovered = text(link, "not_covered");
            if (strength == Link.Strength.DIRECT && notCovered.isBlank()) {
                throw link.mistake(
                        "a direct link does not say what it leaves open.",
                        "Add 'not_covered:' with the part of the criterion that this control does not cover.");
            }
            links.add(
                    new Link(framework.key(), parts[1], strength, link.at("why").text(), notCovered));
        }
        return links;
    }

    private static EvidenceRequest request(YamlValue root) {
        return new EvidenceRequest(
                text(root, "evidence_needed"),
                gathering(root.at("collection")),
                root.find("evidence_kind")
                        .map(each -> each.oneOf(EvidenceRequest.Kind.class))
                        .orElse(EvidenceRequest.Kind.NOT_STATED),
                root.find("priority")
                        .map(each -> matching(each, "P[123]", "P1, P2 or P3"))
                        .orElse(""),
                root.at("cadence").text(),
                text(root, "cadence_why"),
                text(root, "type_1"),
                text(root, "type_2"),
                text(root, "sampling"),
                list(root, "sources").stream()
                        .map(each -> matching(
                                each, "[a-z0-9]+([|][a-z0-9]+)*", "'aws', or 'okta|entra' where either will do"))
                        .toList(),
                root.find("document").map(DefinitionReader::document));
    }

    private static EvidenceRequest.Document document(YamlValue value) {
        value.map(DOCUMENT_KEYS);
        return new EvidenceRequest.Document(
                value.at("expected").text(),
                texts(value, "fields"),
                value.at("owner").text(),
                (int) value.at("valid_for_days").integer(1, LONGEST_VALIDITY));
    }

    private static Gathering gathering(YamlValue value) {
        for (Gathering each : Gathering.values()) {
            if (each.word().equals(value.text())) {
                return each;
            }
        }
        throw value.mistake(
                "'" + value.text() + "' is not a way to gather evidence.",
                "Write automated, semi-automated or manual.");
    }

    private static String matching(YamlValue value, String pattern, String words) {
        if (!value.text().matches(pattern)) {
            throw value.mistake("'" + value.text() + "' is not of the right form.", "Write it as " + words + ".");
        }
        return value.text();
    }

    private static List<String> texts(YamlValue root, String key) {
        return root.find(key).map(each -> each.list()).orElse(List.of()).stream()
                .map(YamlValue::text)
                .toList();
    }

    private static List<YamlValue> list(YamlValue root, String key) {
        return root.find(key).map(YamlValue::list).orElse(List.of());
    }

    /** The members in the order of the file. */
    private static Map<String, YamlValue> map(YamlValue root, String key) {
        return root.find(key).map(each -> each.map()).orElse(Map.of());
    }

    private static String text(YamlValue root, String key) {
        return root.find(key).flatMap(YamlValue::optionalText).orElse("");
    }
}
