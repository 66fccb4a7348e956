package dev.tickmark.evidence.warc;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: a request and its answer, or why none came. Secrets are removed before it exists.
 *
 * @param number 1 for the exchange of the recording that began first, and so on
 * @param invocation the number of the first attempt at the same call
 * @param attempt 1 for that first attempt
 * @param service that was asked, as its client calls itself: {@code iam}
 * @param operation that was asked for: {@code ListUsers}
 * @param started when the request was sent
 * @param finished when the answer was read to its end, or was given up
 * @param answer null where none came
 * @param failure why no answer came; null where one did
 */
public record Exchange(
        long number,
        long invocation,
        int attempt,
        String service,
        String operation,
        Instant started,
        Instant finished,
        Request request,
        @Nullable Answer answer,
        @Nullable Failure failure) {
    public Exchange {
        if ((answer == null) == (failure == null)) {
            throw new IllegalArgumentException("an exchange has an answer or a failure");
        }
        if (number < 1 || invocation < 1 || invocation > number || attempt < 1) {
            throw new IllegalArgumentException("not an attempt: " + number + " " + invocation + " " + attempt);
        }
    }

    /** The answer, where one came. */
    public Optional<Answer> answered() {
        return Optional.ofNullable(answer);
    }

    /** What was sent. */
    public record Request(String method, URI target, List<Header> headers, Body body) {
        public Request {
            headers = List.copyOf(headers);
        }

        public Optional<String> header(String name) {
            return first(headers, name);
        }
    }

    /**
     * What came back.
     *
     * @param cut the secret fields that were emptied in it, in order
     * @param record the WARC-Record-ID; blank until it is written
     */
    public record Answer(int status, List<Header> headers, Body body, List<String> cut, String record) {
        public Answer {
            headers = List.copyOf(headers);
            cut = List.copyOf(cut);
        }

        public Optional<String> header(String name) {
            return first(headers, name);
        }
    }

    /** Why no answer came: a closed set, since the text of an exception never reaches an artefact. */
    public enum Failure {
        TIMEOUT("no answer in time"),
        REFUSED("the connection was refused"),
        UNKNOWN_HOST("the host name is not known"),
        TLS("no trusted TLS connection could be made"),
        CUT("the connection ended within the answer"),
        TOO_LARGE("the answer was larger than allowed"),
        /** Never of a recorded attempt, whose answer is kept as it came. */
        NOT_THE_SERVICE("what came was not an answer of this service"),
        INTERRUPTED("the call was interrupted"),
        /** The call gives credentials: it was made, but nothing of it is kept. */
        NOT_RECORDED("an exchange of credentials is not recorded"),
        OTHER("the connection failed");

        private final String text;

        Failure(String text) {
            this.text = text;
        }

        /** For a reason in {@code completeness.csv}. */
        public String text() {
            return text;
        }
    }

    private static Optional<String> first(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .map(Header::value)
                .findFirst();
    }
}
