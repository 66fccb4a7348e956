package dev.tickmark.samples;

import dev.tickmark.evidence.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every file below a folder with its digest. */
final class Digests {
    private Digests() {}

    static Map<String, String> of(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return digests;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                digests.put(folder.relativize(file).toString().replace('\\', '/'), Disk.sha256(file));
            }
        }
        return digests;
    }
}
