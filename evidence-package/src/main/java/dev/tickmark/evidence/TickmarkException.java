package dev.tickmark.evidence;

import org.jspecify.annotations.Nullable;

/**
 * Everything that can go wrong without being a defect of ours: what is wrong, and what to do.
 *
 * <p>Whatever else escapes is a defect. Only the command line maps kinds to exit codes.
 */
public final class TickmarkException extends RuntimeException {
    /** A closed set: who has to act, and where. */
    public enum Kind {
        /** The command line, the configuration or the catalog has a mistake: file, line, key, what is allowed. */
        NOT_UNDERSTOOD,
        /** The user can put it right first: credentials, key, disk, time authority. */
        FIX_FIRST,
        /** A package is changed or cannot be read as one. */
        NOT_VERIFIED,
        /** Another run holds the lock. */
        ALREADY_RUNNING
    }

    private final Kind kind;
    private final String problem;
    private final String remedy;

    /**
     * @param problem one sentence, with the value in quotes, that ends with a full stop
     * @param remedy one sentence that says what to do: a command, a key, a permission
     */
    public TickmarkException(Kind kind, String problem, String remedy) {
        this(kind, problem, remedy, null);
    }

    public TickmarkException(Kind kind, String problem, String remedy, @Nullable Throwable cause) {
        super(problem + " " + remedy, cause);
        this.kind = kind;
        this.problem = problem;
        this.remedy = remedy;
    }

    public static TickmarkException notUnderstood(String problem, String remedy) {
        return new TickmarkException(Kind.NOT_UNDERSTOOD, problem, remedy);
    }

    public static TickmarkException fixFirst(String problem, String remedy) {
        return new TickmarkException(Kind.FIX_FIRST, problem, remedy);
    }

    public static TickmarkException notVerified(String problem, String remedy) {
        return new TickmarkException(Kind.NOT_VERIFIED, problem, remedy);
    }

    public Kind kind() {
        return kind;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
