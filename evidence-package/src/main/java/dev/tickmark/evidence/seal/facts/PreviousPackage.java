package dev.tickmark.evidence.seal.facts;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.content.ContentDigest;
import dev.tickmark.evidence.seal.content.PackageNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The package before this one, known by what never changes in it: not by its zip, to which a proof of time may be added
 * later.
 *
 * @param sums SHA-256 of its SHA256SUMS
 * @param signature SHA-256 of its SHA256SUMS.p7s
 * @param signer fingerprint of its signer
 * @param sequence its number in the chain
 */
public record PreviousPackage(String packageId, String sums, String signature, String signer, long sequence) {
    private static final int LARGEST = 64 << 20;

    /** What a new package says of the one in this file, which should have been verified before. */
    public static PreviousPackage of(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            PackageFacts facts = PackageFactsFile.read(entry(zip, PackageNames.FACTS, file));
            return new PreviousPackage(
                    facts.packageId(),
                    ContentDigest.sha256(entry(zip, PackageNames.SUMS, file)),
                    ContentDigest.sha256(entry(zip, PackageNames.SUMS_SIGNATURE, file)),
                    facts.signer(),
                    facts.sequence());
        } catch (IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_VERIFIED,
                    "The previous package '" + file + "' cannot be read: " + e.getMessage() + ".",
                    "Check it with 'tickmark verify', or name another one.",
                    e);
        }
    }

    private static byte[] entry(ZipFile zip, String name, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null || entry.getSize() > LARGEST) {
            throw TickmarkException.notVerified(
                    "The previous package '" + file + "' has no usable '" + name + "'.",
                    "Check it with 'tickmark verify', or name another one.");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(LARGEST);
        }
    }
}
