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
 * The statement of applicability that ISO/IEC 27001:2022 asks for in 6.1.3 d): which controls of Annex A apply, why, and
 * how far they are implemented. All of it is what management states; no test decides any of it.
 *
 * @param organization whose statement it is
 * @param scope of the information security management system
 * @param owner who maintains it
 * @param preparedBy who wrote it; may be empty
 * @param controls those of Annex A, each once, in the order of the file
 * @param beyond controls that Annex A does not have
 */
public record StatementOfApplicability(
        String organization,
        String scope,
        String version,
        String owner,
        List<String> preparedBy,
        String approver,
        LocalDate approvedOn,
        List<Entry> controls,
        List<Entry> beyond) {
    /** The key of the framework whose Annex A it is. */
    public static final String FRAMEWORK = "iso27001";

    private static final String ANNEX_A = "Annex A control";
    private static final List<String> KEYS = List.of(
            "organization",
            "scope",
            "version",
            "owner",
            "prepared_by",
            "approver",
            "approved_on",
            "controls",
            "beyond_annex_a");
    private static final List<String> ENTRY_KEYS = List.of(
            "id", "applicable", "justification", "implemented", "planned_for", "responsible", "references", "notes");
    private static final List<String> BEYOND_KEYS = List.of(
            "id",
            "title",
            "source",
            "justification",
            "implemented",
            "planned_for",
            "responsible",
            "references",
            "notes");
    private static final int NAMED = 12;

    /** How far a control is implemented, as management states it. */
    public enum Implementation {
        YES,
        PARTLY,
        NO,
        PLANNED
    }

    /**
     * What is stated of one control.
     *
     * @param title of a control beyond Annex A; blank otherwise
     * @param source where a control beyond Annex A comes from; blank otherwise
     * @param justification why it is included or excluded
     * @param implemented nothing where it does not apply
     * @param plannedFor when it is to be implemented; stated wherever it is planned
     * @param responsible may be blank
     * @param notes may be blank
     */
    public record Entry(
            String id,
            String title,
            String source,
            boolean applicable,
            String justification,
            Optional<Implementation> implemented,
            Optional<LocalDate> plannedFor,
            String responsible,
            List<String> references,
            String notes) {
        public Entry {
            references = List.copyOf(references);
            if (justification.isBlank() || implemented.isPresent() != applicable) {
                throw new IllegalArgumentException(id + " needs its justification, and where it applies its state");
            }
        }

        /** What is worth saying of it on a day, although it is no mistake; blank where nothing is. */
        public String observation(LocalDate day) {
            boolean done = implemented.isEmpty() || implemented.get() == Implementation.YES;
            return plannedFor
                    .filter(date -> !done && date.isBefore(day))
                    .map(date -> "It was planned for " + date + ", which is past on " + day + ".")
                    .orElse("");
        }
    }

    public StatementOfApplicability {
        preparedBy = List.copyOf(preparedBy);
        controls = List.copyOf(controls);
        beyond = List.copyOf(beyond);
    }

    /** The statement of a control of Annex A. */
    public Optional<Entry> control(String id) {
        return controls.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** How many controls of Annex A apply. */
    public long applicable() {
        return controls.stream().filter(Entry::applicable).count();
    }

    /** What is worth saying of the statement as a whole on a day. */
    public List<String> observations(LocalDate day) {
        List<String> observations = new ArrayList<>();
        if (preparedBy.size() == 1 && Entries.samePerson(preparedBy.get(0), approver)) {
            observations.add("It was prepared and approved by the same person, " + approver + ".");
        }
        if (approvedOn.isAfter(day)) {
            observations.add("It was approved on " + approvedOn + ", after the day of this run, " + day + ".");
        }
        return List.copyOf(observations);
    }

    /** The controls of Annex A in the publisher's order. */
    public static List<Criterion> annexA(Catalog catalog) {
        return catalog.framework(FRAMEWORK)
                .map(framework -> framework.criteria().stream()
                        .filter(StatementOfApplicability::isAnnexA)
                        .toList())
                .orElse(List.of());
    }

    static boolean isAnnexA(Criterion criterion) {
        return criterion.kind().equals(ANNEX_A);
    }

    /**
     * Reads {@code statement-of-applicability.yaml}.
     *
     * @param file how messages name it
     * @param catalog whose Annex A has to be stated, each control once; absent where that was checked before
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line and key of the first mistake
     */
    public static StatementOfApplicability read(String file, String text, Optional<Catalog> catalog) {
        return Mistakes.first(mistakes -> read(file, text, catalog, mistakes));
    }

    /**
     * The same, which goes on after a mistake in an entry.
     *
     * @param mistakes is given each; the statement is without the entries that have one
     */
    public static StatementOfApplicability read(
            String file, String text, Optional<Catalog> catalog, Consumer<TickmarkException> mistakes) {
        YamlValue root = YamlValue.parse(file, text, UnaryOperator.identity());
        root.map(KEYS);
        Map<String, YamlValue> places = new LinkedHashMap<>();
        List<Entry> controls = new ArrayList<>();
        List<Entry> beyond = new ArrayList<>();
        Optional<List<String>> known =
                catalog.map(each -> annexA(each).stream().map(Criterion::id).toList());
        List<YamlValue> entries = root.at("controls").list();
        List<String> missing = missing(known.orElse(List.of()), entries);
        for (YamlValue entry : entries) {
            Mistakes.tell(mistakes, () -> {
                entry.map(ENTRY_KEYS);
                String id = known(entry.at("id"), known, missing);
                once(places, entry.at("id"));
                controls.add(entry(entry, id, "", "", entry.at("applicable").bool()));
            });
        }
        for (YamlValue entry :
                Entries.stated(root, "beyond_annex_a").map(YamlValue::list).orElse(List.of())) {
            Mistakes.tell(mistakes, () -> {
                entry.map(BEYOND_KEYS);
                String id = Entries.id(entry.at("id"));
                if (known.isPresent() && known.get().contains(id)) {
                    throw entry.at("id")
                            .mistake(
                                    "'" + id + "' is a control of Annex A.", "Move it under 'controls', or rename it.");
                }
                once(places, entry.at("id"));
                beyond.add(entry(
                        entry, id, entry.at("title").text(), entry.at("source").text(), true));
            });
        }
        known.ifPresent(ids -> Mistakes.tell(mistakes, () -> refuseMissing(root.at("controls"), ids, places)));
        return new StatementOfApplicability(
                root.at("organization").text(),
                root.at("scope").text(),
                root.at("version").text(),
                root.at("owner").text(),
                Entries.texts(root, "prepared_by"),
                root.at("approver").text(),
                Entries.date(root.at("approved_on")),
                controls,
                beyond);
    }

    private static List<String> missing(List<String> known, List<YamlValue> entries) {
        List<String> missing = new ArrayList<>(known);
        for (YamlValue entry : entries) {
            if (entry.isMap()) {
                entry.find("id").flatMap(YamlValue::optionalText).ifPresent(missing::remove);
            }
        }
        return missing;
    }

    /** What is not in Annex A was probably meant to be one that is missing. */
    private static String known(YamlValue id, Optional<List<String>> known, List<String> missing) {
        if (known.isPresent() && !known.get().contains(id.text())) {
            throw id.mistake(
                    "Annex A of ISO/IEC 27001:2022 has no control '" + id.text() + "'.",
                    Nearest.of(id.text(), missing)
                            .or(() -> Nearest.of(id.text(), known.get()))
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("A control of your own stands under 'beyond_annex_a'."));
        }
        return id.text();
    }

    private static void once(Map<String, YamlValue> places, YamlValue id) {
        YamlValue before = places.putIfAbsent(id.text(), id);
        if (before != null) {
            throw id.mistake(
                    "the control '" + id.text() + "' stands twice.",
                    "Keep one of the two; the first is at " + before.place() + ".");
        }
    }

    private static void refuseMissing(YamlValue controls, List<String> known, Map<String, YamlValue> places) {
        List<String> missing =
                known.stream().filter(id -> !places.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            String more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
            throw controls.mistake(
                    (known.size() - missing.size()) + " of " + known.size()
                            + " controls of Annex A are stated; missing: "
                            + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size()))) + more + ".",
                    "State each of them, the excluded ones too: a control that nobody mentions was not decided.");
        }
    }

    private static Entry entry(YamlValue entry, String id, String title, String source, boolean applicable) {
        if (Entries.stated(entry, "justification").isEmpty()) {
            throw entry.find("justification")
                    .orElse(entry)
                    .mistake(
                            id + (applicable ? " is included" : " is excluded") + " without a justification.",
                            "Write under 'justification' why it is " + (applicable ? "needed" : "not needed")
                                    + ": a risk, a law, a contract, or that there is nothing it would apply to.");
        }
        Optional<YamlValue> stated = Entries.stated(entry, "implemented");
        if (applicable && stated.isEmpty()) {
            throw entry.find("implemented")
                    .orElse(entry)
                    .mistake(
                            id + " does not say whether it is implemented.",
                            "Write 'implemented:' with yes, partly, no or planned.");
        }
        Optional<Implementation> implemented = stated.map(value -> value.oneOf(Implementation.class));
        if (!applicable && implemented.isPresent() && implemented.get() != Implementation.NO) {
            throw stated.get()
                    .mistake(
                            id + " is excluded and said to be implemented.",
                            "Take 'implemented' out, or let the control be applicable.");
        }
        Optional<LocalDate> plannedFor = Entries.stated(entry, "planned_for").map(Entries::date);
        if (applicable && implemented.get() == Implementation.PLANNED && plannedFor.isEmpty()) {
            throw stated.get().mistake(id + " is planned without a date.", "Add 'planned_for:' with the day.");
        }
        return new Entry(
                id,
                title,
                source,
                applicable,
                entry.at("justification").text().strip(),
                applicable ? implemented : Optional.empty(),
                plannedFor,
                Entries.textOrNone(entry, "responsible"),
                Entries.texts(entry, "references"),
                Entries.textOrNone(entry, "notes"));
    }
}
