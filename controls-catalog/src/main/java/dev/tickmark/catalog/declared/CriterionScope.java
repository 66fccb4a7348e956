package dev.tickmark.catalog.declared;

import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.declared.ScopeDeclaration.Category;
import dev.tickmark.catalog.declared.ScopeDeclaration.Method;
import dev.tickmark.catalog.declared.ScopeDeclaration.Role;
import dev.tickmark.catalog.declared.ScopeDeclaration.Soc2;
import dev.tickmark.catalog.declared.ScopeDeclaration.Subservice;
import dev.tickmark.catalog.declared.ScopeDeclaration.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a criterion is asked of the organization, by what management declares.
 *
 * @param reason what was declared, by whom and when
 */
public record CriterionScope(State state, String reason) {
    /** A criterion's place in what is declared. */
    public enum State {
        /** Nothing is declared of it. */
        NOT_DECLARED(""),
        IN_SCOPE("in scope"),
        CATEGORY_NOT_INCLUDED("out of scope (category not included)"),
        NOT_THIS_ROLE("not this role"),
        CARVED_OUT("carved out"),
        /** A part of it is with another organization, and the rest is asked. */
        CARVED_OUT_IN_PART("carved out in part"),
        /** In part with another organization, whose controls belong to the description. */
        INCLUSIVE("in scope (inclusive method)"),
        EXCLUDED("excluded by the statement of applicability");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** As it is printed. */
        public String words() {
            return words;
        }

        /** Whether the criterion is not asked of the organization, so that nothing linked to it is no gap. */
        public boolean elsewhere() {
            return this == CATEGORY_NOT_INCLUDED || this == NOT_THIS_ROLE || this == CARVED_OUT || this == EXCLUDED;
        }

        /** As the CSV writes it; blank where nothing is declared. */
        public String code() {
            return this == NOT_DECLARED ? "" : name().toLowerCase(Locale.ROOT);
        }

        /** The state of a code. */
        public static Optional<State> of(String code) {
            return Stream.of(values()).filter(each -> each.code().equals(code)).findFirst();
        }
    }

    static final CriterionScope NOT_DECLARED = new CriterionScope(State.NOT_DECLARED, "");
    private static final String CATEGORY = "category ";
    private static final String ROLE = "role ";
    private static final String ANY_ROLE = ROLE + "any";
    private static final String ANNEX_A = "annex A";
    private static final String CRITERION_FOR = "criterion for ";

    /**
     * What decides whether a criterion is asked of an organization, as {@code criteria-<framework>.csv} writes it:
     * {@code category availability}, {@code role covered entity}, {@code annex A}; blank where nothing does.
     */
    public static String appliesTo(Framework framework, Criterion criterion) {
        return switch (framework.key()) {
            case "soc2" -> category(criterion.kind());
            case "hipaa", "hipaa-bnr" -> criterion.role().isBlank() ? ANY_ROLE : ROLE + criterion.role();
            case StatementOfApplicability.FRAMEWORK -> StatementOfApplicability.isAnnexA(criterion) ? ANNEX_A : "";
            default -> "";
        };
    }

    private static String category(String kind) {
        if (kind.equals("common criterion")) {
            return CATEGORY + Category.SECURITY.words();
        }
        return kind.startsWith(CRITERION_FOR) ? CATEGORY + kind.substring(CRITERION_FOR.length()) : "";
    }

    /** What is declared of a criterion, a function of its number and of what decides. */
    public static CriterionScope of(String criterion, String appliesTo, FrameworkDeclarations declared) {
        if (appliesTo.startsWith(CATEGORY)) {
            String category = appliesTo.substring(CATEGORY.length());
            return declared.scope()
                    .filter(scope -> scope.soc2().isPresent())
                    .map(scope -> soc2(criterion, category, scope.soc2().get(), scope.subservices()))
                    .orElse(NOT_DECLARED);
        }
        if (appliesTo.startsWith(ROLE)) {
            return declared.scope()
                    .flatMap(ScopeDeclaration::hipaa)
                    .map(hipaa -> hipaa(criterion, appliesTo, hipaa))
                    .orElse(NOT_DECLARED);
        }
        return appliesTo.equals(ANNEX_A)
                ? declared.statement()
                        .flatMap(statement -> statement.control(criterion))
                        .map(CriterionScope::annexA)
                        .orElse(NOT_DECLARED)
                : NOT_DECLARED;
    }

    private static CriterionScope soc2(String criterion, String category, Soc2 soc2, List<Subservice> subservices) {
        for (Category each : Category.values()) {
            Word out = soc2.outOfScope().get(each);
            if (each.words().equals(category) && out != null) {
                return new CriterionScope(
                        State.CATEGORY_NOT_INCLUDED, "Category " + category + " not included: " + out.printed() + ".");
            }
        }
        List<Subservice> theirs = subservices.stream()
                .filter(each -> each.criteria().contains(criterion))
                .toList();
        if (theirs.isEmpty()) {
            return new CriterionScope(State.IN_SCOPE, "");
        }
        boolean carvedOut = theirs.stream().allMatch(each -> each.method() == Method.CARVE_OUT);
        boolean nothingStays = theirs.stream().allMatch(each -> each.remaining().isBlank());
        List<String> reasons = new ArrayList<>();
        for (Subservice each : theirs) {
            String how = each.method() == Method.CARVE_OUT ? "Carved out to " : "Includes the controls of ";
            reasons.add(how + each.name() + " (" + each.services() + "): "
                    + each.word().printed() + "."
                    + (each.remaining().isBlank() ? "" : " What stays: " + ended(each.remaining()))
                    + each.report()
                            .map(report -> " Followed by: " + report.printed() + ".")
                            .orElse(""));
        }
        String all = String.join(" ", reasons);
        if (!carvedOut) {
            return new CriterionScope(State.INCLUSIVE, all);
        }
        return new CriterionScope(nothingStays ? State.CARVED_OUT : State.CARVED_OUT_IN_PART, all);
    }

    private static String ended(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static CriterionScope hipaa(String criterion, String appliesTo, ScopeDeclaration.Hipaa hipaa) {
        if (appliesTo.equals(ANY_ROLE)) {
            return new CriterionScope(State.IN_SCOPE, "");
        }
        String duty = appliesTo.substring(ROLE.length());
        Set<String> ofWhom = Set.of(duty.split(" or "));
        if (hipaa.roles().stream().map(Role::words).anyMatch(ofWhom::contains)) {
            return new CriterionScope(State.IN_SCOPE, "");
        }
        Word delegated = hipaa.delegated().get(criterion);
        return delegated == null
                ? new CriterionScope(
                        State.NOT_THIS_ROLE,
                        "Duty of the " + duty + "; the organization is a "
                                + String.join(
                                        " and a ",
                                        hipaa.roles().stream().map(Role::words).toList())
                                + ": " + hipaa.word().printed() + ".")
                : new CriterionScope(
                        State.IN_SCOPE, "Duty of the " + duty + ", taken on by contract: " + delegated.printed() + ".");
    }

    private static CriterionScope annexA(StatementOfApplicability.Entry entry) {
        return entry.applicable()
                ? new CriterionScope(State.IN_SCOPE, "")
                : new CriterionScope(State.EXCLUDED, entry.justification());
    }
}
