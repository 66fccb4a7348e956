package dev.tickmark.samples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Changes a package where it lies; its files are stored as they are, so a byte has one place. */
final class SealedFile {
    private SealedFile() {}

    /** A copy of the package with the middle byte of one file changed, and nothing else. */
    static Path flip(Path zip, String name, Path target) throws IOException {
        byte[] content;
        try (ZipFile files = new ZipFile(zip.toFile())) {
            ZipEntry entry = files.getEntry(name);
            if (entry == null || entry.getMethod() != ZipEntry.STORED) {
                throw new IllegalArgumentException(name);
            }
            try (InputStream in = files.getInputStream(entry)) {
                content = in.readAllBytes();
            }
        }
        byte[] bytes = Files.readAllBytes(zip);
        bytes[place(bytes, content) + content.length / 2] ^= 1;
        return Files.write(target, bytes);
    }

    static int place(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("not there");
    }
}
