package dev.tickmark.evidence.seal;

import dev.tickmark.evidence.seal.content.ContentDigest;
import dev.tickmark.evidence.seal.zip.StoredZip;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a package in the making, measured, large ones left where they lie. */
final class PackageContent {
    private static final int BUFFER = 1 << 16;

    private final TreeMap<String, Part> parts = new TreeMap<>();

    private record Part(ContentDigest digest, Source source) {}

    /** Gives a file's bytes each time anew. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    void add(String name, ContentDigest digest, Source source) {
        if (parts.putIfAbsent(name, new Part(digest, source)) != null) {
            throw new IllegalArgumentException("'" + name + "' twice");
        }
    }

    void add(String name, byte[] bytes) {
        byte[] own = bytes.clone();
        add(name, ContentDigest.of(own), () -> new ByteArrayInputStream(own));
    }

    /** SHA-256 by name. */
    SortedMap<String, String> digests() {
        TreeMap<String, String> digests = new TreeMap<>();
        parts.forEach((name, part) -> digests.put(name, part.digest().sha256()));
        return digests;
    }

    /** Writes the zip and waits until it is on the disk. */
    void writeTo(Path file) throws IOException {
        try (StoredZip zip = new StoredZip(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
            for (Map.Entry<String, Part> entry : parts.entrySet()) {
                ContentDigest digest = entry.getValue().digest();
                try (InputStream in = entry.getValue().source().open()) {
                    zip.add(entry.getKey(), digest.size(), digest.crc32(), in);
                }
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
