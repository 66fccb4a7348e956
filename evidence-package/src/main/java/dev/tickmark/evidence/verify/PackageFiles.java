package dev.tickmark.evidence.verify;

import dev.tickmark.evidence.verify.FileDigests.FileDigest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The files of an opened package with their digests, each hashed once. */
final class PackageFiles implements Closeable {
    private final SealedZip zip;
    private final FileDigests digests;

    PackageFiles(SealedZip zip) {
        this.zip = zip;
        this.digests = FileDigests.begin(zip);
    }

    List<String> names() {
        return zip.names();
    }

    boolean has(String name) {
        return zip.has(name);
    }

    String container() {
        return zip.file();
    }

    long length() {
        return zip.length();
    }

    FileDigest digest(String name) {
        return digests.of(name);
    }

    /**
     * A whole file whose bytes are still those that were hashed; empty where it is missing or longer than the limit.
     */
    Optional<byte[]> bytes(String name, int limit) {
        if (!zip.has(name) || zip.size(name) > limit) {
            return Optional.empty();
        }
        try (InputStream in = zip.stream(name)) {
            byte[] bytes = in.readNBytes(limit);
            return Sha256.hex(bytes).equals(digest(name).sha256()) ? Optional.of(bytes) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InputStream stream(String name) {
        return zip.stream(name);
    }

    /** Ends the reading; the container stays open. */
    @Override
    public void close() {
        digests.close();
    }
}
