package dev.tickmark.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
    private static final Identity ROOT = Identity.authority("Example Root");
    private static final Identity SIGNER = ROOT.issue("Example Signer");
    private static final Identity TIME_ROOT = Identity.authority("Example Time Root");
    private static final Identity TIME = TIME_ROOT.issueTimeAuthority("Example Time");
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final Trust PINNED = new Trust(
            List.of(SIGNER.fingerprint()), List.of(), List.of(TIME_ROOT.certificate()), List.of(), false, true);

    @TempDir
    Path folder;

    @Test
    void acceptsAWholePackageOfAPinnedSignerWithAProvenTime() {
        Path file = new PackageForge(SIGNER).files(PackageForge.stampedBy(TIME)).write(folder);

        VerifyResult result = Verifier.verify(VerifyRequest.of(file, PINNED, NOW));

        assertThat(result.findings()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.headline()).isEqualTo("INTACT, SIGNER ACCEPTED, TIME PROVEN");
        assertThat(result.facts().stampedAt()).isEqualTo(PackageForge.STAMPED_AT);
    }
}
