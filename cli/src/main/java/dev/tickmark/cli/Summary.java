package dev.tickmark.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.catalog.declared.FrameworkDeclarations;
import dev.tickmark.catalog.engine.AssessmentSummary;
import dev.tickmark.cli.report.source.DecisionLine;
import dev.tickmark.cli.report.source.RunReading;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.completeness.PopulationRow;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.seal.Sealed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a command has to say at its end: to a person in a few lines, to a program as one JSON object.
 *
 * @param run null where nothing was begun
 * @param assessed null where nothing was assessed
 * @param sealed null where there is no package
 * @param exits every exit status that applies; the gravest is the process's
 * @param next what to do now, as a command line
 */
record Summary(
        RunFolder run,
        List<PopulationRow> populations,
        @Nullable AssessmentSummary assessed,
        @Nullable Sealed sealed,
        Set<Exit> exits,
        String next) {
    private static final int NAMED = 10;

    Summary {
        populations = List.copyOf(populations);
        exits = exits.isEmpty() ? EnumSet.noneOf(Exit.class) : EnumSet.copyOf(exits);
    }

    Exit exit() {
        return Exit.gravest(exits);
    }

    void print(Console console, Output output) {
        if (output == Output.json) {
            console.document(json());
        } else {
            text(console);
        }
    }

    private void text(Console console) {
        List<PopulationRow> missing = missing();
        console.result("run        " + run.root());
        console.result(String.format(
                Locale.ROOT,
                "evidence   %d of %d populations are whole",
                populations.size() - missing.size(),
                populations.size()));
        for (PopulationRow row : missing.subList(0, Math.min(NAMED, missing.size()))) {
            console.result("  " + row.completeness().verdict() + "  " + row.table() + " in " + row.scopeId());
            console.result("    " + row.completeness().reason());
            console.result("    " + row.completeness().remedy());
        }
        if (missing.size() > NAMED) {
            console.result("  and " + (missing.size() - NAMED) + " more: tickmark show tables");
        }
        if (assessed != null) {
            StringBuilder outcomes = new StringBuilder();
            assessed.outcomes().forEach((outcome, count) -> {
                outcomes.append(outcomes.isEmpty() ? "" : ", ");
                outcomes.append(count).append(' ').append(outcome.printed().toLowerCase(Locale.ROOT));
            });
            console.result("controls   " + outcomes);
            List<String> failed = new ArrayList<>();
            assessed.controls().stream()
                    .filter(control -> control.outcome() == Outcome.FAIL)
                    .forEach(control -> failed.add(control.controlId() + " (" + control.failed() + ")"));
            if (!failed.isEmpty()) {
                console.result("deviations " + String.join(", ", failed));
            }
        }
        decided(console);
        if (sealed != null) {
            console.result("package    " + sealed.file());
            console.result("signer     " + sealed.facts().signer());
            console.result("time       "
                    + (sealed.time().isPresent()
                            ? sealed.time().get() + ", by a time authority"
                            : sealed.timeMissing() ? "NOT TIMESTAMPED" : "claimed by this machine's clock"));
        }
        if (!next.isEmpty()) {
            console.result("");
            console.result("Next: " + next);
        }
    }

    /** How many addressable specifications are decided, where the organization declares what it decided. */
    private void decided(Console console) {
        List<DecisionLine> decisions = decisions();
        if (!decisions.isEmpty()) {
            List<String> undecided = undecided(decisions);
            console.result("hipaa      " + (decisions.size() - undecided.size()) + " of " + decisions.size()
                    + " addressable specifications are decided"
                    + (undecided.isEmpty() ? "" : "; undecided: " + String.join(", ", undecided)));
        }
    }

    private List<DecisionLine> decisions() {
        boolean declared = Files.exists(Declarations.folder(run).resolve(FrameworkDeclarations.DECISIONS));
        return assessed != null && declared ? RunReading.decisions(run.root()) : List.of();
    }

    private static List<String> undecided(List<DecisionLine> decisions) {
        return decisions.stream()
                .filter(DecisionLine::undecided)
                .map(DecisionLine::specification)
                .toList();
    }

    private List<PopulationRow> missing() {
        return populations.stream()
                .filter(row -> !row.completeness().verdict().whole())
                .toList();
    }

    private String json() {
        ObjectNode root = Json.object();
        root.put("run", run.id());
        root.put("run_folder", run.root().toString());
        @Nullable Path file = sealed == null ? null : sealed.file();
        root.put("package", file == null ? null : file.toString());
        root.put("exit", exit().code());
        ArrayNode all = root.putArray("exits");
        new TreeSet<>(exits)
                .forEach(exit -> all.addObject().put("code", exit.code()).put("meaning", exit.meaning()));
        ObjectNode completeness = root.putObject("completeness");
        completeness.put("populations", populations.size());
        completeness.put("whole", populations.size() - missing().size());
        ArrayNode incomplete = completeness.putArray("incomplete");
        for (PopulationRow row : missing()) {
            incomplete
                    .addObject()
                    .put("scope_id", row.scopeId())
                    .put("table", row.table())
                    .put("verdict", row.completeness().verdict().name())
                    .put("reason", row.completeness().reason())
                    .put("remedy", row.completeness().remedy());
        }
        if (assessed == null) {
            root.putNull("outcomes");
        } else {
            ObjectNode outcomes = root.putObject("outcomes");
            assessed.outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
            Map<String, String> byControl = new TreeMap<>();
            assessed.controls()
                    .forEach(control ->
                            byControl.put(control.controlId(), control.outcome().name()));
            ObjectNode controls = root.putObject("controls");
            byControl.forEach(controls::put);
        }
        List<DecisionLine> decisions = decisions();
        if (!decisions.isEmpty()) {
            List<String> undecided = undecided(decisions);
            ObjectNode hipaa = root.putObject("hipaa_decisions");
            hipaa.put("addressable", decisions.size());
            hipaa.put("decided", decisions.size() - undecided.size());
            ArrayNode names = hipaa.putArray("undecided");
            undecided.forEach(names::add);
        }
        if (sealed != null) {
            root.put("signer_fingerprint", sealed.facts().signer());
            root.put("time", sealed.time().map(Object::toString).orElse(null));
        }
        root.put("next", next);
        return new String(Json.bytes(root), StandardCharsets.UTF_8);
    }
}
