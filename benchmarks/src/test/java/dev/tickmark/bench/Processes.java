package dev.tickmark.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whole processes: the built distribution, and the peers as the machine has them. */
final class Processes {
    /** The packaged command line tool of the operating system; another one may come first on the path. */
    static final String AWS = "/usr/bin/aws";

    private Processes() {}

    /** The launcher of the distribution, which {@code ./tickmark --version} builds. */
    static String tickmark() throws IOException {
        Path dist = Path.of("..", "cli", "target", "dist");
        if (Files.isDirectory(dist)) {
            try (Stream<Path> found = Files.list(dist)) {
                for (Path folder : found.sorted().toList()) {
                    Path launcher = folder.resolve("tickmark").resolve("bin").resolve("tickmark");
                    if (Files.isExecutable(launcher)) {
                        return launcher.toAbsolutePath().normalize().toString();
                    }
                }
            }
        }
        throw new IllegalStateException("There is no distribution to measure. Build it with './tickmark --version'.");
    }

    /** Runs to the end and gives what was printed on stdout. */
    static String run(Map<String, String> environment, List<String> command, int... accepted)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("bench", ".out");
        Path err = Files.createTempFile("bench", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            int exit = builder.start().waitFor();
            boolean fine = exit == 0;
            for (int other : accepted) {
                fine |= exit == other;
            }
            if (!fine) {
                throw new IllegalStateException(
                        command + " ended with " + exit + ": " + Files.readString(out) + Files.readString(err));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
