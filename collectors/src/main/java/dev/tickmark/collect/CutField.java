package dev.tickmark.collect;

/**
 * A secret inside an answer, emptied before anything is written; the collector is given the same emptied answer.
 *
 * <p>{@code path} holds names separated by {@code /}. It is found at any depth of the answer; {@code *} stands for one
 * name or any place in a list. In XML the names are local names of elements, in JSON keys of objects: {@code
 * Base32StringSeed}, {@code Environment/Variables/*}.
 *
 * @param service as in {@link Operation}
 * @param operation {@code *} for every operation of the service
 */
public record CutField(String service, String operation, String path) {
    public CutField {
        if (service.isBlank() || operation.isBlank() || !path.matches("[^/]+(/[^/]+)*")) {
            throw new IllegalArgumentException("not a cut field: " + service + " " + operation + " " + path);
        }
    }

    /** As the record and {@code evidence.json} name it. */
    public String text() {
        return service + ":" + operation + " " + path;
    }
}
