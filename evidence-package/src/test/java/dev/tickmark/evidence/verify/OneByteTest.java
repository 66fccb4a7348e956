package dev.tickmark.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneByteTest {
    private static final Identity ROOT = Identity.authority("Example Root");
    private static final Identity SIGNER = ROOT.issue("Example Signer");
    private static final Identity TIME = ROOT.issueTimeAuthority("Example Time");
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final Trust TRUST =
            new Trust(List.of(SIGNER.fingerprint()), List.of(), List.of(ROOT.certificate()), List.of(), false, true);
    private static final Map<String, byte[]> FILES = new TreeMap<>(
            new PackageForge(SIGNER).files(PackageForge.stampedBy(TIME)).build());

    @TempDir
    Path folder;

    @Test
    void changedInAnyFileIsReportedWithThatFile() {
        byte[] whole = PackageForge.zip(FILES);
        long start = 0;
        for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
            String name = file.getKey();
            start += CanonicalZip.localHeader(new CanonicalZip.Entry(name, 0, 0)).length;
            int length = file.getValue().length;
            for (int at : new int[] {0, length / 2, length - 1}) {
                VerifyResult result = verify(flipped(whole, (int) start + at));

                assertThat(result.exitCode()).as(name).isEqualTo(name.endsWith(".tsr") ? 9 : 6);
                assertThat(result.findings())
                        .as("%s at %d", name, at)
                        .filteredOn(VerifyFinding::isFailure)
                        .extracting(VerifyFinding::file)
                        .contains(name);
            }
            start += length;
        }
    }

    /** As a forger would: the container's checksums fit again. */
    @Test
    void changedInAnyFileIsReportedEvenWithNewChecksums() {
        for (String name : FILES.keySet()) {
            Map<String, byte[]> files = new TreeMap<>(FILES);
            byte[] bytes = PackageForge.of(files, name);
            files.put(name, flipped(bytes, bytes.length / 2));

            VerifyResult result = verify(PackageForge.zip(files));

            assertThat(result.exitCode()).as(name).isEqualTo(name.endsWith(".tsr") ? 9 : 6);
            assertThat(result.findings())
                    .as(name)
                    .extracting(VerifyFinding::file)
                    .contains(name);
        }
    }

    @Test
    void ofTheContainerItselfIsNeverFree() {
        byte[] whole = PackageForge.zip(FILES);
        int at = 0;
        for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
            int header = CanonicalZip.localHeader(new CanonicalZip.Entry(file.getKey(), 0, 0)).length;
            for (int i = 0; i < header; i++) {
                assertThat(reported(flipped(whole, at + i)))
                        .as("byte %d before %s", i, file.getKey())
                        .isNotEmpty();
            }
            at += header + file.getValue().length;
        }
        for (; at < whole.length; at++) {
            assertThat(reported(flipped(whole, at))).as("byte %d", at).isNotEmpty();
        }
    }

    @Test
    void ofAFilesHeaderIsReportedWithThatFile() {
        byte[] whole = PackageForge.zip(FILES);
        int local = 0;
        int central = whole.length - CanonicalZip.directory(entries()).length;
        for (CanonicalZip.Entry entry : entries()) {
            for (int field : new int[] {0, 4, 6, 8, 10, 12, 14, 18, 22, 28}) {
                assertThat(reported(flipped(whole, local + field)))
                        .as("field %d before %s", field, entry.name())
                        .contains(entry.name());
            }
            for (int field : new int[] {0, 4, 6, 8, 10, 12, 14, 16, 20, 24, 30, 32, 34, 36, 38, 42}) {
                assertThat(reported(flipped(whole, central + field)))
                        .as("field %d in the list for %s", field, entry.name())
                        .contains(entry.name());
            }
            local += CanonicalZip.localHeader(entry).length + (int) entry.size();
            central += CanonicalZip.centralHeader(entry, 0).length;
        }
    }

    @Test
    void moreOrLessAtTheEndIsReported() {
        byte[] whole = PackageForge.zip(FILES);

        assertThat(verify(Arrays.copyOf(whole, whole.length + 1)).exitCode()).isEqualTo(6);
        assertThat(verify(Arrays.copyOf(whole, whole.length - 1)).exitCode()).isEqualTo(6);
        assertThat(verify(new byte[0]).exitCode()).isEqualTo(6);
    }

    private List<String> reported(byte[] zip) {
        Findings findings = new Findings();
        SealedZip.open(PackageForge.write(folder, zip), findings).close();
        Stream<VerifyFinding> damage = findings.all().stream();
        if (findings.all().stream().noneMatch(VerifyFinding::isFailure)) {
            damage = verify(zip).findings().stream().filter(VerifyFinding::isFailure);
        }
        return damage.map(VerifyFinding::file).toList();
    }

    private static List<CanonicalZip.Entry> entries() {
        return FILES.entrySet().stream()
                .map(file -> new CanonicalZip.Entry(file.getKey(), file.getValue().length, 0))
                .toList();
    }

    private VerifyResult verify(byte[] zip) {
        return Verifier.verify(VerifyRequest.of(PackageForge.write(folder, zip), TRUST, NOW));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 0x01;
        return changed;
    }
}
