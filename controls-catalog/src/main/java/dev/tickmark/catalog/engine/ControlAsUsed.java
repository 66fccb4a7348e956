package dev.tickmark.catalog.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.EvidenceRequest;
import dev.tickmark.catalog.Link;
import dev.tickmark.evidence.table.TableDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The definition of a control as it was used, {@code tests/<control>.yaml}: in the form of the catalog, with the
 * parameters' values of this run, so that a package can be re-performed without our catalog.
 */
final class ControlAsUsed {
    private final StringBuilder yaml = new StringBuilder();
    private final ObjectMapper json = new ObjectMapper();

    private ControlAsUsed() {}

    static String yaml(Control control, List<ParameterUse> uses, Collection<TableDefinition> tables) {
        return new ControlAsUsed().write(control, uses, tables);
    }

    private String write(Control control, List<ParameterUse> uses, Collection<TableDefinition> tables) {
        line("# " + control.id() + " as it was used in this run; 'value' is what the test was given.");
        text("", "id", control.id());
        control.test().ifPresent(test -> line("version: " + test.version()));
        text("", "title", control.title());
        text("", "objective", control.objective());
        text("", "risk", control.risk());
        request(control);
        control.test().ifPresent(test -> text("", "main_table", test.mainTable()));
        texts("evidence", control.evidence());
        texts("registers", control.registers());
        if (!uses.isEmpty()) {
            line("parameters:");
            for (ParameterUse use : uses) {
                line("  " + use.parameter().name() + ":");
                text("    ", "value", use.value());
                text("    ", "type", lower(use.parameter().type()));
                text("    ", "origin", use.parameter().origin());
                text("    ", "unit", use.parameter().unit());
                if (use.configured()) {
                    text("    ", "default", use.parameter().value());
                    text("    ", "policy", use.policy());
                }
            }
        }
        text("", "when_empty", lower(control.whenEmpty()));
        text("", "not_covered_note", control.notCovered());
        text("", "remediation", control.remediation());
        texts("references", control.references());
        if (!control.links().isEmpty()) {
            line("links:");
            for (Link link : control.links()) {
                line("  - criterion: " + quoted(link.framework() + ":" + link.criterion()));
                text("    ", "strength", lower(link.strength()));
                text("    ", "why", link.why());
                text("    ", "not_covered", link.notCovered());
            }
        }
        if (!tables.isEmpty()) {
            line("tables:");
            for (TableDefinition table : tables) {
                line("  " + table.name() + ":");
                line("    version: " + table.version());
                line("    columns:");
                table.columns().forEach(column -> line("      " + column.name() + ": " + lower(column.type())));
            }
        }
        return yaml.toString();
    }

    private void request(Control control) {
        EvidenceRequest request = control.request();
        text("", "rule", control.rule());
        text("", "evidence_needed", request.needed());
        if (request.kind() != EvidenceRequest.Kind.NOT_STATED) {
            text("", "evidence_kind", lower(request.kind()));
        }
        text("", "priority", request.priority());
        text("", "cadence", request.cadence());
        text("", "cadence_why", request.cadenceWhy());
        text("", "type_1", request.typeOne());
        text("", "type_2", request.typeTwo());
        text("", "sampling", request.sampling());
        texts("sources", request.sources());
        text("", "collection", request.gathering().word());
        request.document().ifPresent(document -> {
            line("document:");
            text("  ", "expected", document.expected());
            if (!document.fields().isEmpty()) {
                line("  fields:");
                document.fields().forEach(field -> line("    - " + quoted(field)));
            }
            text("  ", "owner", document.owner());
            line("  valid_for_days: " + document.validForDays());
        });
    }

    private void text(String indent, String key, String value) {
        if (!value.isEmpty()) {
            line(indent + key + ": " + quoted(value));
        }
    }

    private void texts(String key, List<String> values) {
        if (!values.isEmpty()) {
            line(key + ":");
            values.forEach(value -> line("  - " + quoted(value)));
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A JSON string is a YAML string. */
    private String quoted(String value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }
}
