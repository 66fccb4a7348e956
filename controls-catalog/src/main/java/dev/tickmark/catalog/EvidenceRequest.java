package dev.tickmark.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What an auditor asks for to test a control, and how it comes in.
 *
 * @param needed what must be seen, in a sentence; may be blank
 * @param kind what it is evidence of
 * @param priority how often it is asked for: {@code P1} in nearly every audit, {@code P2} in most, {@code P3} in some;
 *     blank where it is not stated
 * @param cadence how often it is collected
 * @param cadenceWhy why not more rarely, such as how long the source keeps it; may be blank
 * @param typeOne what shows the design at a date (SOC 2 Type I); may be blank
 * @param typeTwo what shows the operation over a period (SOC 2 Type II); may be blank
 * @param sampling what an auditor will probably draw; may be blank
 * @param sources kinds of source that give it, all of them needed; {@code okta|entra} where one of several will do
 * @param document the document or file that a person provides; absent where systems give everything
 */
public record EvidenceRequest(
        String needed,
        Gathering gathering,
        Kind kind,
        String priority,
        String cadence,
        String cadenceWhy,
        String typeOne,
        String typeTwo,
        String sampling,
        List<String> sources,
        Optional<Document> document) {
    /** How the evidence comes in. */
    public enum Gathering {
        AUTOMATED("automated"),
        SEMI_AUTOMATED("semi-automated"),
        MANUAL("manual");

        private final String word;

        Gathering(String word) {
            this.word = word;
        }

        /** As the control's file and the report write it. */
        public String word() {
            return word;
        }
    }

    /** What the evidence is of. */
    public enum Kind {
        NOT_STATED,
        /** Settings at an instant. */
        CONFIGURATION,
        /** Every item at an instant. */
        POPULATION,
        /** Every occurrence in a period. */
        EVENTS,
        DOCUMENT
    }

    /**
     * A document or file that a person attaches.
     *
     * @param expected what it is
     * @param fields what must be readable in it
     * @param owner the role that answers for it
     * @param validForDays how long it counts from its own date
     */
    public record Document(String expected, List<String> fields, String owner, int validForDays) {
        public Document {
            fields = List.copyOf(fields);
        }
    }

    public EvidenceRequest {
        sources = List.copyOf(sources);
    }

    /** A request that states no more than it must. */
    public static EvidenceRequest of(String needed, Gathering gathering, String cadence) {
        return new EvidenceRequest(
                needed, gathering, Kind.NOT_STATED, "", cadence, "", "", "", "", List.of(), Optional.empty());
    }
}
