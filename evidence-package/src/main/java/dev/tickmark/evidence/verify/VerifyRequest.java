package dev.tickmark.evidence.verify;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to verify, whom to accept, and how far to go.
 *
 * @param previous the package before this one in the chain
 * @param at the time at which signer and authorities are judged where no time is proven
 * @param full whether commitments are computed again from their keys
 */
public record VerifyRequest(
        Path file, Trust trust, @Nullable Path previous, Instant at, boolean full) {
    public static VerifyRequest of(Path file, Trust trust, Instant at) {
        return new VerifyRequest(file, trust, null, at, false);
    }

    public VerifyRequest after(Path previousPackage) {
        return new VerifyRequest(file, trust, previousPackage, at, full);
    }

    public VerifyRequest inFull() {
        return new VerifyRequest(file, trust, previous, at, true);
    }
}
