package dev.tickmark.cli.report.oscal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.Link;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.run.RunFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The controls that a run used, as an OSCAL component definition: each control is a component of type {@code validation},
 * and each of its links to a criterion an implemented requirement that says how strong the link is and what it leaves
 * open. A link is no statement that the criterion is met.
 *
 * @see <a href="https://pages.nist.gov/OSCAL-Reference/models/latest/component-definition/json-reference/">component-definition</a>
 */
public final class ComponentDefinition {
    private final RunFacts head;
    private final Oscal oscal;
    private final Catalog catalog;
    private final SortedMap<String, Control> controls;

    /**
     * @param catalog names the frameworks that links go to
     * @param root the run's folder, or that of an unpacked package
     */
    public ComponentDefinition(RunFacts head, Catalog catalog, Path root) {
        this.head = head;
        this.oscal = new Oscal(head);
        this.catalog = catalog;
        this.controls = Oscal.controls(root, catalog);
    }

    /** The document; the same run and catalog give the same bytes. */
    public byte[] bytes() {
        ObjectNode document = Json.object();
        ObjectNode definition = document.putObject("component-definition");
        definition.put("uuid", oscal.id("component-definition"));
        oscal.metadata(definition, "Controls of run " + head.runId());
        if (!controls.isEmpty()) {
            ArrayNode components = definition.putArray("components");
            controls.values().forEach(control -> component(components.addObject(), control));
        }
        return Json.bytes(document);
    }

    private void component(ObjectNode component, Control control) {
        component.put("uuid", oscal.id("component", control.id()));
        component.put("type", "validation");
        component.put("title", Oscal.line(control.id() + " " + control.title()));
        component.put("description", control.objective());
        ArrayNode props = component.putArray("props");
        Oscal.property(props, "control-id", control.id());
        Oscal.property(props, "collection", control.request().gathering().word());
        Oscal.property(props, "cadence", control.request().cadence());
        control.test().ifPresent(test -> Oscal.property(props, "test-version", Integer.toString(test.version())));
        if (!control.rule().isBlank()) {
            component.put("remarks", control.rule());
        }
        Map<String, List<Link>> byFramework = new TreeMap<>();
        control.links()
                .forEach(link -> byFramework
                        .computeIfAbsent(link.framework(), key -> new ArrayList<>())
                        .add(link));
        if (byFramework.isEmpty()) {
            return;
        }
        ArrayNode implementations = component.putArray("control-implementations");
        byFramework.forEach((key, links) -> implementation(implementations.addObject(), control, key, links));
    }

    private void implementation(ObjectNode implementation, Control control, String key, List<Link> links) {
        implementation.put("uuid", oscal.id("implementation", control.id(), key));
        implementation.put(
                "source",
                catalog.framework(key)
                        .map(Framework::source)
                        .filter(source -> !source.isBlank())
                        .orElse("urn:tickmark:framework:" + key));
        implementation.put(
                "description",
                "Links to " + catalog.framework(key).map(Framework::title).orElse(key)
                        + ". A link says what the control contributes; it is no verdict on the criterion.");
        ArrayNode requirements = implementation.putArray("implemented-requirements");
        for (Link link : links) {
            ObjectNode requirement = requirements.addObject();
            requirement.put("uuid", oscal.id("requirement", control.id(), key, link.criterion()));
            requirement.put("control-id", Oscal.token(key, link.criterion()));
            requirement.put("description", link.why());
            ArrayNode props = requirement.putArray("props");
            Oscal.property(props, "criterion", key + ":" + link.criterion());
            Oscal.property(props, "link-strength", link.strength().name().toLowerCase(Locale.ROOT));
            if (!link.notCovered().isBlank()) {
                requirement.put("remarks", "Not covered: " + link.notCovered());
            }
        }
    }
}
