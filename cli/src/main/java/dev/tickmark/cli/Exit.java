package dev.tickmark.cli;

import java.util.Collection;
import java.util.List;

/** What the process says to the program that started it. */
public enum Exit {
    DONE(0, "done; everything in scope was read"),
    DEFECT(1, "a defect of Tickmark"),
    NOT_UNDERSTOOD(2, "the command line or the configuration was not understood"),
    FIX_FIRST(3, "something that you can put right first: credentials, key, disk, time authority"),
    EVIDENCE_MISSING(4, "done, but some evidence is missing: the package says which"),
    TESTS_FAILED(5, "done; tests failed, and --fail-on asked for this"),
    NOT_INTACT(6, "verification failed: changed, added, missing, broken signature or chain"),
    ALREADY_RUNNING(7, "another run holds the lock"),
    SIGNER_NOT_ACCEPTED(8, "intact, but the signer is not accepted, or nobody said whom to accept"),
    TIME_NOT_PROVEN(9, "the time is not proven although it was asked for"),
    NOT_REPRODUCIBLE(10, "intact, but not reproducible");

    private static final List<Exit> GRAVEST_FIRST = List.of(
            DEFECT,
            NOT_UNDERSTOOD,
            FIX_FIRST,
            ALREADY_RUNNING,
            NOT_INTACT,
            NOT_REPRODUCIBLE,
            SIGNER_NOT_ACCEPTED,
            EVIDENCE_MISSING,
            TESTS_FAILED,
            TIME_NOT_PROVEN,
            DONE);

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    /** The gravest of several, which is the exit status and the headline; {@link #DONE} where there is none. */
    public static Exit gravest(Collection<Exit> exits) {
        return GRAVEST_FIRST.stream().filter(exits::contains).findFirst().orElse(DONE);
    }
}
