package dev.tickmark.catalog.declared;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Framework;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.yaml.Nearest;
import dev.tickmark.evidence.yaml.YamlValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What of the frameworks is asked of the organization: the SOC 2 categories of the examination, its roles under HIPAA,
 * and what other organizations do for it.
 */
public record ScopeDeclaration(Optional<Soc2> soc2, Optional<Hipaa> hipaa, List<Subservice> subservices) {
    static final String SOC2 = "soc2";
    private static final List<String> HIPAA_FRAMEWORKS = List.of("hipaa", "hipaa-bnr");
    private static final List<String> KEYS = List.of("soc2", "hipaa", "subservice_organizations");
    private static final List<String> WORD_KEYS = List.of("reason", "owner", "date");

    /** A category of the trust services criteria. Security is part of every examination. */
    public enum Category {
        SECURITY,
        AVAILABILITY,
        CONFIDENTIALITY,
        PROCESSING_INTEGRITY,
        PRIVACY;

        /** As it is printed. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** What the organization is under HIPAA. */
    public enum Role {
        COVERED_ENTITY,
        BUSINESS_ASSOCIATE,
        GROUP_HEALTH_PLAN,
        HEALTH_CARE_CLEARINGHOUSE;

        /** As it is printed. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** How a description of the system treats a subservice organization. */
    public enum Method {
        CARVE_OUT,
        INCLUSIVE;

        /** As it is printed. */
        public String words() {
            return this == CARVE_OUT ? "carve-out" : "inclusive";
        }
    }

    /** Who decided, when and why. */
    public record Word(String reason, String owner, LocalDate date) {
        /** {@code reason (owner, date)}. */
        public String printed() {
            String end = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
            return end + " (" + owner + ", " + date + ")";
        }
    }

    /** The categories, each with its word: those in scope with the one for all of them. */
    public record Soc2(Set<Category> inScope, Word word, Map<Category, Word> outOfScope) {
        public Soc2 {
            inScope = java.util.Collections.unmodifiableSet(EnumSet.copyOf(inScope));
            Map<Category, Word> copy = new EnumMap<>(Category.class);
            copy.putAll(outOfScope);
            outOfScope = java.util.Collections.unmodifiableMap(copy);
        }
    }

    /**
     * The roles.
     *
     * @param delegated duties of another role that the organization took on by contract, by their number
     */
    public record Hipaa(Set<Role> roles, Word word, Map<String, Word> delegated) {
        public Hipaa {
            roles = java.util.Collections.unmodifiableSet(EnumSet.copyOf(roles));
            delegated = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(delegated));
        }
    }

    /**
     * An organization whose controls the SOC 2 system rests on.
     *
     * @param criteria SOC 2 criteria that it meets in whole or in part
     * @param remaining what of them stays with the organization; blank where nothing does
     * @param complementaryControls what is expected of it; stated wherever it is carved out
     * @param report by which its controls are followed, such as its own SOC 2 report
     */
    public record Subservice(
            String name,
            String services,
            Method method,
            List<String> criteria,
            String remaining,
            List<String> complementaryControls,
            Optional<ReportReference> report,
            Word word) {
        public Subservice {
            criteria = List.copyOf(criteria);
            complementaryControls = List.copyOf(complementaryControls);
        }
    }

    /** A report on a subservice organization, of a day or a period. */
    public record ReportReference(String title, LocalDate from, LocalDate to, String reference) {
        /** {@code SOC 2 Type II, 2025-10-01 to 2026-09-30, VEN-003}. */
        public String printed() {
            String days = from.equals(to) ? "as of " + to : from + " to " + to;
            return title + ", " + days + (reference.isBlank() ? "" : ", " + reference);
        }
    }

    public ScopeDeclaration {
        subservices = List.copyOf(subservices);
    }

    /**
     * Reads {@code scope.yaml}.
     *
     * @param file how messages name it
     * @param catalog whose criteria may be named; absent where that was checked before
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line and key of the first mistake
     */
    public static ScopeDeclaration read(String file, String text, Optional<Catalog> catalog) {
        return Mistakes.first(mistakes -> read(file, text, catalog, mistakes));
    }

    /**
     * The same, which goes on after a mistake in a subservice organization.
     *
     * @param mistakes is given each; the declaration is without the entries that have one
     */
    public static ScopeDeclaration read(
            String file, String text, Optional<Catalog> catalog, Consumer<TickmarkException> mistakes) {
        YamlValue root = YamlValue.parse(file, text, UnaryOperator.identity());
        root.map(KEYS);
        Optional<Soc2> soc2 = root.find("soc2").map(ScopeDeclaration::soc2);
        Optional<Hipaa> hipaa = root.find("hipaa").map(value -> hipaa(value, catalog));
        List<Subservice> subservices = new ArrayList<>();
        Map<String, YamlValue> names = new LinkedHashMap<>();
        for (YamlValue entry : Entries.stated(root, "subservice_organizations")
                .map(YamlValue::list)
                .orElse(List.of())) {
            Mistakes.tell(mistakes, () -> {
                Subservice each = subservice(entry, catalog, soc2);
                YamlValue before = names.putIfAbsent(each.name().toLowerCase(Locale.ROOT), entry.at("name"));
                if (before != null) {
                    throw entry.at("name")
                            .mistake(
                                    "'" + each.name() + "' stands twice.",
                                    "Put its services and criteria together; the first is at " + before.place() + ".");
                }
                subservices.add(each);
            });
        }
        return new ScopeDeclaration(soc2, hipaa, subservices);
    }

    private static Soc2 soc2(YamlValue value) {
        value.map(List.of("in_scope", "reason", "owner", "date", "out_of_scope"));
        Set<Category> in = EnumSet.noneOf(Category.class);
        for (YamlValue each : value.at("in_scope").list()) {
            if (!in.add(each.oneOf(Category.class))) {
                throw each.mistake("'" + each.text() + "' stands twice.", "Keep one of the two.");
            }
        }
        if (!in.contains(Category.SECURITY)) {
            throw value.at("in_scope")
                    .mistake(
                            "security is missing.", "Add it: the common criteria are part of every SOC 2 examination.");
        }
        Map<Category, Word> out = new EnumMap<>(Category.class);
        for (YamlValue each :
                Entries.stated(value, "out_of_scope").map(YamlValue::list).orElse(List.of())) {
            List<String> keys = new ArrayList<>(WORD_KEYS);
            keys.add("category");
            each.map(keys);
            Category category = each.at("category").oneOf(Category.class);
            if (in.contains(category) || out.containsKey(category)) {
                throw each.at("category")
                        .mistake("'" + category.words() + "' stands twice.", "Let it be in scope, or out of it, once.");
            }
            out.put(category, word(each));
        }
        for (Category category : Category.values()) {
            if (!in.contains(category) && !out.containsKey(category)) {
                throw value.mistake(
                        "nothing is said of the category '" + category.name().toLowerCase(Locale.ROOT) + "'.",
                        "Add it to 'in_scope', or to 'out_of_scope' with its reason, owner and date.");
            }
        }
        return new Soc2(in, word(value), out);
    }

    private static Hipaa hipaa(YamlValue value, Optional<Catalog> catalog) {
        value.map(List.of("roles", "reason", "owner", "date", "delegated"));
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (YamlValue each : value.at("roles").list()) {
            if (!roles.add(each.oneOf(Role.class))) {
                throw each.mistake("'" + each.text() + "' stands twice.", "Keep one of the two.");
            }
        }
        boolean covered = roles.contains(Role.COVERED_ENTITY);
        if (!covered && !roles.contains(Role.BUSINESS_ASSOCIATE)) {
            throw value.at("roles")
                    .mistake(
                            "neither covered_entity nor business_associate stands there.",
                            "Name at least one of the two: who is neither has no duty under HIPAA.");
        }
        if (roles.contains(Role.GROUP_HEALTH_PLAN) && !covered) {
            throw value.at("roles")
                    .mistake("a group health plan is a covered entity.", "Add covered_entity, or take the plan out.");
        }
        Map<String, Word> delegated = new LinkedHashMap<>();
        for (YamlValue each :
                Entries.stated(value, "delegated").map(YamlValue::list).orElse(List.of())) {
            List<String> keys = new ArrayList<>(WORD_KEYS);
            keys.add("criterion");
            each.map(keys);
            YamlValue criterion = each.at("criterion");
            catalog.ifPresent(known -> refuseUnknown(criterion, criterion.text(), hipaaCriteria(known), "HIPAA has"));
            if (delegated.put(criterion.text(), word(each)) != null) {
                throw criterion.mistake("'" + criterion.text() + "' stands twice.", "Keep one of the two.");
            }
        }
        return new Hipaa(roles, word(value), delegated);
    }

    private static List<String> hipaaCriteria(Catalog catalog) {
        return catalog.frameworks().stream()
                .filter(framework -> HIPAA_FRAMEWORKS.contains(framework.key()))
                .flatMap(framework -> framework.criteria().stream())
                .map(Criterion::id)
                .toList();
    }

    private static Subservice subservice(YamlValue entry, Optional<Catalog> catalog, Optional<Soc2> soc2) {
        List<String> keys = new ArrayList<>(
                List.of("name", "services", "method", "criteria", "remaining", "complementary_controls", "report"));
        keys.addAll(WORD_KEYS);
        entry.map(keys);
        if (soc2.isEmpty()) {
            throw entry.mistake(
                    "a subservice organization is named, and 'soc2' is not declared.",
                    "Add 'soc2:' with its categories: carving out and including are ways to describe a SOC 2 system.");
        }
        Method method = entry.at("method").oneOf(Method.class);
        List<String> criteria = new ArrayList<>();
        for (YamlValue each : entry.at("criteria").list()) {
            String id = each.text().startsWith(SOC2 + ":") ? each.text().substring(SOC2.length() + 1) : each.text();
            catalog.flatMap(known -> known.framework(SOC2))
                    .ifPresent(framework -> refuseUnknown(each, id, numbers(framework), "SOC 2 has"));
            if (criteria.contains(id)) {
                throw each.mistake("'" + id + "' stands twice.", "Keep one of the two.");
            }
            criteria.add(id);
        }
        if (criteria.isEmpty()) {
            throw entry.at("criteria").mistake("it names no criterion.", "Name those that its controls bear on.");
        }
        List<String> complementary = Entries.texts(entry, "complementary_controls");
        if (method == Method.CARVE_OUT && complementary.isEmpty()) {
            throw entry.find("complementary_controls")
                    .orElse(entry)
                    .mistake(
                            "what is carved out names no complementary control.",
                            "List under 'complementary_controls' what you expect the organization to do.");
        }
        return new Subservice(
                entry.at("name").text(),
                entry.at("services").text(),
                method,
                criteria,
                Entries.textOrNone(entry, "remaining"),
                complementary,
                entry.find("report").map(ScopeDeclaration::report),
                word(entry));
    }

    private static List<String> numbers(Framework framework) {
        return framework.criteria().stream().map(Criterion::id).toList();
    }

    private static void refuseUnknown(YamlValue place, String id, List<String> known, String who) {
        if (!known.contains(id)) {
            throw place.mistake(
                    who + " no criterion '" + id + "'.",
                    Nearest.of(id, known)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Take the number from 'tickmark catalog coverage' or the framework's file."));
        }
    }

    private static ReportReference report(YamlValue value) {
        value.map(List.of("title", "from", "to", "reference"));
        LocalDate to = Entries.date(value.at("to"));
        LocalDate from = Entries.stated(value, "from").map(Entries::date).orElse(to);
        if (from.isAfter(to)) {
            throw value.at("from").mistake("the report ends before it begins.", "Give 'from' before 'to'.");
        }
        return new ReportReference(value.at("title").text(), from, to, Entries.textOrNone(value, "reference"));
    }

    private static Word word(YamlValue value) {
        return new Word(value.at("reason").text().strip(), value.at("owner").text(), Entries.date(value.at("date")));
    }
}
