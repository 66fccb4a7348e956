package dev.tickmark.catalog.declared;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.yaml.Nearest;
import dev.tickmark.evidence.yaml.YamlValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What was decided of the addressable implementation specifications of the HIPAA Security Rule, 45 CFR 164.306(d)(3).
 * Addressable leaves a choice of means and none of whether to decide: what nobody decided is a gap.
 *
 * @param owner who maintains the decisions
 * @param complete whether the file claims that all are decided
 * @param decisions each specification at most once, in the order of the file
 */
public record HipaaDecisions(String owner, boolean complete, List<Decision> decisions) {
    /** The key of the framework whose specifications they are. */
    public static final String FRAMEWORK = "hipaa";

    private static final List<String> KEYS = List.of("owner", "complete", "decisions");
    private static final List<String> DECISION_KEYS = List.of(
            "specification",
            "decision",
            "how",
            "alternative",
            "why",
            "why_no_alternative",
            "decided_by",
            "decided_on",
            "risk_analysis",
            "review_on",
            "notes");

    /** What may be decided; there is no fourth. */
    public enum Choice {
        IMPLEMENTED,
        EQUIVALENT_ALTERNATIVE,
        NOT_REASONABLE_AND_APPROPRIATE
    }

    /**
     * One decision.
     *
     * @param how it is implemented; may be blank
     * @param alternative the equivalent measure; stated where it was chosen
     * @param why it would not be reasonable and appropriate as specified; stated unless it is implemented
     * @param whyNoAlternative stated where nothing is done instead
     * @param riskAnalysis what the decision rests on
     * @param reviewOn when it is looked at again
     */
    public record Decision(
            String specification,
            Choice choice,
            String how,
            String alternative,
            String why,
            String whyNoAlternative,
            String decidedBy,
            LocalDate decidedOn,
            String riskAnalysis,
            LocalDate reviewOn,
            String notes) {
        public Decision {
            boolean asSpecified = choice == Choice.IMPLEMENTED;
            if ((!asSpecified && why.isBlank())
                    || (choice == Choice.EQUIVALENT_ALTERNATIVE && alternative.isBlank())
                    || (choice == Choice.NOT_REASONABLE_AND_APPROPRIATE && whyNoAlternative.isBlank())
                    || riskAnalysis.isBlank()) {
                throw new IllegalArgumentException(specification + ": a decision gives its reasons");
            }
        }

        /** What is worth saying of it on a day; blank where nothing is. */
        public String observation(LocalDate day) {
            if (decidedOn.isAfter(day)) {
                return "It was decided on " + decidedOn + ", after the day of this run, " + day + ".";
            }
            return reviewOn.isBefore(day) ? "Its review was due on " + reviewOn + "." : "";
        }
    }

    public HipaaDecisions {
        decisions = List.copyOf(decisions);
    }

    /** The decision on a specification, if there is one. */
    public Optional<Decision> decision(String specification) {
        return decisions.stream()
                .filter(each -> each.specification().equals(specification))
                .findFirst();
    }

    /** The addressable specifications in the publisher's order. */
    public static List<Criterion> addressable(Catalog catalog) {
        return catalog.framework(FRAMEWORK)
                .map(framework -> framework.criteria().stream()
                        .filter(each -> each.obligation() == Criterion.Obligation.ADDRESSABLE)
                        .toList())
                .orElse(List.of());
    }

    /**
     * Reads {@code hipaa-decisions.yaml}.
     *
     * @param file how messages name it
     * @param catalog whose addressable specifications may be named; absent where that was checked before
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line and key of the first mistake
     */
    public static HipaaDecisions read(String file, String text, Optional<Catalog> catalog) {
        return Mistakes.first(mistakes -> read(file, text, catalog, mistakes));
    }

    /**
     * The same, which goes on after a mistake in an entry.
     *
     * @param mistakes is given each; the decisions are without the entries that have one
     */
    public static HipaaDecisions read(
            String file, String text, Optional<Catalog> catalog, Consumer<TickmarkException> mistakes) {
        YamlValue root = YamlValue.parse(file, text, UnaryOperator.identity());
        root.map(KEYS);
        Map<String, YamlValue> places = new LinkedHashMap<>();
        List<Decision> decisions = new ArrayList<>();
        for (YamlValue entry : root.at("decisions").list()) {
            Mistakes.tell(mistakes, () -> {
                entry.map(DECISION_KEYS);
                YamlValue specification = entry.at("specification");
                catalog.ifPresent(each -> refuseUnknown(specification, each));
                YamlValue before = places.putIfAbsent(specification.text(), specification);
                if (before != null) {
                    throw specification.mistake(
                            "'" + specification.text() + "' is decided twice.",
                            "Keep one of the two; the first is at " + before.place() + ".");
                }
                if (Entries.stated(entry, "decision").isPresent()) {
                    decisions.add(decision(entry, specification.text()));
                }
            });
        }
        boolean complete = Entries.stated(root, "complete").map(YamlValue::bool).orElse(false);
        HipaaDecisions read = new HipaaDecisions(root.at("owner").text(), complete, decisions);
        if (complete && catalog.isPresent()) {
            Mistakes.tell(mistakes, () -> refuseUndecided(root.at("complete"), read, catalog.get()));
        }
        return read;
    }

    private static void refuseUnknown(YamlValue specification, Catalog catalog) {
        String id = specification.text();
        List<String> ids = addressable(catalog).stream().map(Criterion::id).toList();
        if (ids.contains(id)) {
            return;
        }
        Optional<Criterion> other = catalog.framework(FRAMEWORK).flatMap(each -> each.criterion(id));
        if (other.isPresent()) {
            throw specification.mistake(
                    "'" + id + "' (" + other.get().title() + ") is not addressable.",
                    "Take it out: it has to be met as it stands, and there is nothing to decide.");
        }
        throw specification.mistake(
                "the HIPAA Security Rule has no addressable specification '" + id + "'.",
                Nearest.of(id, ids)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("'tickmark declare new hipaa-decisions' writes a file with all " + ids.size() + "."));
    }

    private static void refuseUndecided(YamlValue claim, HipaaDecisions read, Catalog catalog) {
        List<String> undecided = addressable(catalog).stream()
                .map(Criterion::id)
                .filter(id -> read.decision(id).isEmpty())
                .toList();
        if (!undecided.isEmpty()) {
            throw claim.mistake(
                    "the file claims to be complete, and " + undecided.size() + " of "
                            + addressable(catalog).size() + " addressable specifications are undecided: "
                            + String.join(", ", undecided) + ".",
                    "Decide them, or write 'complete: false' until you have.");
        }
    }

    private static Decision decision(YamlValue entry, String specification) {
        Choice choice = entry.at("decision").oneOf(Choice.class);
        refuseForeign(entry, choice);
        LocalDate decidedOn = Entries.date(entry.at("decided_on"));
        LocalDate reviewOn = Entries.date(entry.at("review_on"));
        if (!reviewOn.isAfter(decidedOn)) {
            throw entry.at("review_on")
                    .mistake(
                            "the review on " + reviewOn + " is not after the decision of " + decidedOn + ".",
                            "Give the day by which the decision is looked at again.");
        }
        return new Decision(
                specification,
                choice,
                Entries.textOrNone(entry, "how"),
                choice == Choice.EQUIVALENT_ALTERNATIVE
                        ? needed(entry, "alternative", "describe the measure that is taken instead")
                        : "",
                choice == Choice.IMPLEMENTED
                        ? Entries.textOrNone(entry, "why")
                        : needed(entry, "why", "say why it would not be reasonable and appropriate as specified"),
                choice == Choice.NOT_REASONABLE_AND_APPROPRIATE
                        ? needed(entry, "why_no_alternative", "say why no equivalent measure is either")
                        : "",
                entry.at("decided_by").text(),
                decidedOn,
                needed(
                        entry,
                        "risk_analysis",
                        "name the risk analysis, and the place in it, that the decision rests on"),
                reviewOn,
                Entries.textOrNone(entry, "notes"));
    }

    /** A reason that belongs to another choice means that one of the two was written by mistake. */
    private static void refuseForeign(YamlValue entry, Choice choice) {
        Map<String, Choice> only = new LinkedHashMap<>();
        only.put("alternative", Choice.EQUIVALENT_ALTERNATIVE);
        only.put("why_no_alternative", Choice.NOT_REASONABLE_AND_APPROPRIATE);
        only.forEach((key, of) -> {
            if (choice != of) {
                Entries.stated(entry, key).ifPresent(value -> {
                    throw value.mistake(
                            "'" + key + "' does not go with the decision '" + word(choice) + "'.",
                            "Take it out, or decide '" + word(of) + "'.");
                });
            }
        });
    }

    private static String word(Choice choice) {
        return choice.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String needed(YamlValue entry, String key, String what) {
        return Entries.stated(entry, key)
                .map(YamlValue::text)
                .orElseThrow(() -> entry.find(key)
                        .orElse(entry)
                        .mistake(
                                "'" + key + "' is missing in the decision on "
                                        + entry.at("specification").text() + ".",
                                "There, " + what + "."));
    }
}
