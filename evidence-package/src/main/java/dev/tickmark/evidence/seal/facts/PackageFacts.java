package dev.tickmark.evidence.seal.facts;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a package says about itself, signed before any authority is asked for the time: package.json.
 *
 * <p>It holds no digests: SHA256SUMS is the only list of them.
 *
 * @param subject what the package is about
 * @param sealedAt by the host's clock: a claim
 * @param identity of the signer: one that somebody may vouch for, or the demo's
 * @param signer SHA-256 over the signer's certificate, 64 lower-case hex digits
 * @param timeAuthorities which were to be asked, in order; none where none is configured
 * @param reportLevel what the signature inside the report proves: {@code B-B} or {@code B-T}
 * @param sequence 1 for the first package, then one more than the previous one's
 */
public record PackageFacts(
        String packageId,
        Subject subject,
        Instant sealedAt,
        Identity identity,
        String signer,
        List<URI> timeAuthorities,
        String reportLevel,
        long sequence,
        @Nullable PreviousPackage previous,
        List<FileFacts> files) {
    public PackageFacts {
        timeAuthorities = List.copyOf(timeAuthorities);
        files = List.copyOf(files);
        if (sequence != (previous == null ? 1 : previous.sequence() + 1)) {
            throw new IllegalArgumentException("a package follows the previous one, and the first is number 1");
        }
    }

    /** Whether the signer is somebody. */
    public enum Identity {
        DEMO("demo"),
        REAL("real");

        private final String text;

        Identity(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * What a package is about.
     *
     * @param period where the run has event populations: the interval they were asked for
     * @param tool name and version of what sealed it
     */
    public record Subject(
            String organization,
            String runId,
            Instant asOf,
            @Nullable Period period,
            Tool tool) {}

    /** From the first instant to the one after the last. */
    public record Period(Instant from, Instant to) {}

    /** What made the package. */
    public record Tool(String name, String version) {}

    /**
     * A file of the package, without its digest.
     *
     * @param role what it is for, in one word
     * @param recording the raw answers that it was made from, where it lies beside one
     */
    public record FileFacts(
            String path,
            String role,
            String mediaType,
            @Nullable String recording) {}
}
