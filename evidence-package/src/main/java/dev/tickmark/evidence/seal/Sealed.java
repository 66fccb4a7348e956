package dev.tickmark.evidence.seal;

import dev.tickmark.evidence.seal.facts.PackageFacts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A finished package.
 *
 * @param time when SHA256SUMS.p7s existed by the authority's word; empty where there is no token
 * @param timeProblems why a token or a higher level of the report's signature is missing, one sentence each
 */
public record Sealed(Path file, PackageFacts facts, Optional<Instant> time, List<String> timeProblems) {
    public Sealed {
        timeProblems = List.copyOf(timeProblems);
    }

    /** Whether an authority was configured and gave no token: to be said aloud, and stamped later. */
    public boolean timeMissing() {
        return time.isEmpty() && !facts.timeAuthorities().isEmpty();
    }
}
