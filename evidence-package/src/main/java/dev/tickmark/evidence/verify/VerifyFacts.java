package dev.tickmark.evidence.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a package says of itself and what was proven of it; null where it says nothing readable.
 *
 * @param file the package's own file name
 * @param signer the subject of the certificate whose key signed the list of digests
 * @param signerFingerprint SHA-256 over that certificate, in lower-case hex
 * @param identity {@code demo} or {@code real}, as claimed
 * @param sealedAt by the sender's clock, as claimed
 * @param stampedAt by the time token over the signature
 * @param timeProven whether the authority of that token is accepted
 * @param reportLevel the level of the report's signature that was found: {@code B-B} or {@code B-T}
 */
public record VerifyFacts(
        String file,
        int files,
        long bytes,
        @Nullable String packageId,
        @Nullable String runId,
        @Nullable String signer,
        @Nullable String signerFingerprint,
        @Nullable String identity,
        @Nullable Instant sealedAt,
        @Nullable Instant stampedAt,
        @Nullable String timeAuthority,
        boolean timeProven,
        @Nullable String reportLevel) {}
