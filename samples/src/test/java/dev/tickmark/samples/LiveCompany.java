package dev.tickmark.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tickmark.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** The demo's company, live: its account on loopback, its files in a folder, its day on the clock. */
final class LiveCompany implements AutoCloseable {
    static final Instant DAY = Instant.parse("2026-11-20T06:00:00Z");
    static final Path SAMPLES = Path.of("").toAbsolutePath();

    private final Path folder;
    private final EstateServer server;
    private final Session session;

    /** @param folder the current folder of its commands */
    LiveCompany(Path folder) throws IOException {
        this(folder, Estate.read(SAMPLES.resolve("estate").resolve("estate.yaml")));
    }

    LiveCompany(Path folder, Estate estate) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.server = new EstateServer(estate, Clock.fixed(DAY, ZoneOffset.UTC), Duration.ZERO);
        this.session = new Session(folder).at(DAY).reading(server.endpoint());
        // the SDK waits before it asks again, which shows nothing here
        System.setProperty("aws.maxAttempts", "1");
    }

    /** Puts the configuration and the files of {@code samples/demo} into the folder. */
    LiveCompany configured() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve("demo"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return this;
    }

    EstateServer server() {
        return server;
    }

    Session session() {
        return session;
    }

    Path folder() {
        return folder;
    }

    int run(String... arguments) {
        return session.run(arguments);
    }

    /** What the last command printed, as JSON. */
    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(session.out());
    }

    /** Every run below an output folder of this company, the oldest first. */
    List<Path> runs(String out) throws IOException {
        Path runs = folder.resolve(out).resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(runs)) {
            return all.sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
