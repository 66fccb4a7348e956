package dev.tickmark.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tickmark.evidence.TickmarkException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole packages with random damage: always an answer, and never that nothing is wrong. */
class VerifierFuzzTest {
    private static final long SEED = Long.getLong("seed", 20261123L);
    private static final int CASES = Integer.getInteger("fuzz.cases", 120);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Identity ROOT = Identity.authority("Example Root");
    private static final Identity SIGNER = ROOT.issue("Example Signer");
    private static final Trust TRUST =
            new Trust(List.of(SIGNER.fingerprint()), List.of(), List.of(ROOT.certificate()), List.of(), false, true);
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final Map<String, byte[]> FILES = new TreeMap<>(new PackageForge(SIGNER)
            .files(PackageForge.stampedBy(ROOT.issueTimeAuthority("Example Time")))
            .build());

    @TempDir
    Path folder;

    @Test
    void damageToTheContainerIsAlwaysAFinding() {
        Random random = new Random(SEED);
        byte[] whole = PackageForge.zip(FILES);
        for (int i = 0; i < CASES; i++) {
            check(damaged(whole, random), "container", i);
        }
    }

    @Test
    void damageToFilesInsideAWholeContainerIsAlwaysAFinding() {
        Random random = new Random(SEED);
        List<String> names = new ArrayList<>(FILES.keySet());
        for (int i = 0; i < CASES; i++) {
            Map<String, byte[]> files = new TreeMap<>(FILES);
            String name = names.get(random.nextInt(names.size()));
            files.put(name, damaged(PackageForge.of(files, name), random));
            check(PackageForge.zip(files), name, i);
        }
    }

    /** As a forger with an own key could: everything is listed and signed again, so that each parser is reached. */
    @Test
    void aForgersBytesReachEveryParserAndGetAnAnswer() {
        Random random = new Random(SEED);
        for (int i = 0; i < CASES / 3; i++) {
            PackageForge forge = new PackageForge(SIGNER);
            switch (i % 5) {
                case 0 -> forge.report(pdf -> damaged(pdf, random));
                case 1 -> forge.facts(text -> damaged(text, random));
                case 2 -> forge.journal(text -> damaged(text, random));
                case 3 -> forge.commitments(text -> damaged(text, random));
                default -> forge.list(text -> damaged(text, random));
            }
            Path file = forge.write(folder);

            Assertions.assertTimeoutPreemptively(
                    LIMIT,
                    () -> Verifier.verify(VerifyRequest.of(file, TRUST, NOW).inFull()),
                    "-Dseed=" + SEED);
        }
    }

    private void check(byte[] zip, String what, int number) {
        Path file = PackageForge.write(folder, zip);
        try {
            VerifyResult result = Assertions.assertTimeoutPreemptively(
                    LIMIT,
                    () -> Verifier.verify(VerifyRequest.of(file, TRUST, NOW).inFull()));
            // an answer's status and outer frame are outside what its authority signed: they prove nothing, and
            // where they alone differ the time is still the one that was proven
            boolean sameProof = what.endsWith(".tsr")
                    && PackageForge.STAMPED_AT.equals(result.facts().stampedAt())
                    && result.facts().timeProven();
            assertThat(result.exitCode() == 6 || result.exitCode() == 9 || sameProof)
                    .as("case %d, %s, -Dseed=%d", number, what, SEED)
                    .isTrue();
        } catch (TickmarkException e) {
            fail("case " + number + ", -Dseed=" + SEED, e);
        }
    }

    private static String damaged(String text, Random random) {
        return new String(damaged(PackageForge.utf8(text), random), StandardCharsets.ISO_8859_1);
    }

    /** Flips, cuts, doubles or fills a part, and never gives the same bytes back. */
    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        while (Arrays.equals(changed, bytes)) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(64));
            switch (random.nextInt(5)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed = Arrays.copyOf(changed, at);
                case 2 -> Arrays.fill(changed, at, at + length, (byte) random.nextInt(256));
                case 3 -> {
                    byte[] more = Arrays.copyOf(bytes, bytes.length + length);
                    System.arraycopy(bytes, at, more, at + length, bytes.length - at);
                    changed = more;
                }
                default -> {
                    int to = random.nextInt(bytes.length - length + 1);
                    System.arraycopy(bytes, at, changed, to, length);
                }
            }
        }
        return changed;
    }
}
