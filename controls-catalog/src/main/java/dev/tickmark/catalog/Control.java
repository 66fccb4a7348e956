package dev.tickmark.catalog;

import dev.tickmark.evidence.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the organisation does: its objective, its evidence, its test and its links to criteria.
 *
 * @param id such as {@code IAM-006}, after the evidence request EV-IAM-006; an organisation's own has an id of {@link #OWN_ID}
 * @param rule what must be true, in words; beside a test the same, where there is no test yet all there is; may be blank
 * @param evidence tables without which the test says nothing, the main table among them
 * @param registers tables of the organisation's own records, which may be undeclared; the test itself then says so
 * @param test absent where the evidence is a document, or where the query is still to come
 * @param whenEmpty what a whole but empty main table means
 * @param notCovered what the test cannot see, such as people who sign in elsewhere; may be blank
 * @param file where the definition was read from, for messages
 */
public record Control(
        String id,
        String title,
        String objective,
        String risk,
        EvidenceRequest request,
        String rule,
        List<String> evidence,
        List<String> registers,
        List<Parameter> parameters,
        Optional<ControlTest> test,
        WhenEmpty whenEmpty,
        String notCovered,
        String remediation,
        List<String> references,
        List<Link> links,
        String file) {
    /** The form of a built-in id. */
    static final String BUILT_IN_ID = "[A-Z]{3}-[0-9]{3}";

    /** The form of any id: {@code ACME-1}, {@code IAM-006}. */
    static final String OWN_ID = "[A-Z][A-Z0-9]{1,7}-[0-9]{1,4}";

    /** What a scope that was read to its end and holds no item of the main table says. */
    public enum WhenEmpty {
        PASS(Outcome.PASS),
        NOT_APPLICABLE(Outcome.NOT_APPLICABLE),
        FAIL(Outcome.FAIL);

        private final Outcome outcome;

        WhenEmpty(Outcome outcome) {
            this.outcome = outcome;
        }

        public Outcome outcome() {
            return outcome;
        }
    }

    public Control {
        if (!id.matches(OWN_ID)) {
            throw new IllegalArgumentException("not a control id: " + id);
        }
        evidence = List.copyOf(evidence);
        registers = List.copyOf(registers);
        parameters = List.copyOf(parameters);
        references = List.copyOf(references);
        links = List.copyOf(links);
        if (test.isPresent() && !evidence.contains(test.get().mainTable())) {
            throw new IllegalArgumentException(id + ": the main table is evidence too");
        }
    }

    /** The first part of the id: {@code iam}; the folder of the control's files. */
    public String family() {
        return id.substring(0, id.indexOf('-')).toLowerCase(Locale.ROOT);
    }

    public Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
