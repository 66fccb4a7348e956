package dev.tickmark.samples;

import dev.tickmark.cli.Session;
import dev.tickmark.evidence.run.RunFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the demo's recording: the tool itself, pointed at {@link EstateServer}, on the estate's own day. */
final class DemoRecording {
    private static final Instant DAY = Instant.parse("2026-11-20T06:00:00Z");
    private static final String EVIDENCE = "1-evidence";

    private DemoRecording() {}

    /**
     * Collects from the estate and gives the files of the recording by their names: {@code run.json}, and each task's
     * {@code raw.warc.gz}.
     *
     * @param samples the folder of this module
     * @param work an empty folder
     */
    static Map<String, byte[]> make(Path samples, Path work) throws IOException {
        Path home = Files.createDirectories(work.resolve("configuration"));
        try (Stream<Path> inputs = Files.list(samples.resolve("demo"))) {
            for (Path input : inputs.filter(Files::isRegularFile).toList()) {
                Files.copy(input, home.resolve(input.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Clock clock = Clock.fixed(DAY, ZoneOffset.UTC);
        Estate estate = Estate.read(samples.resolve("estate").resolve("estate.yaml"));
        try (EstateServer server = new EstateServer(estate, clock, Duration.ZERO)) {
            Session session = new Session(home).at(DAY).reading(server.endpoint());
            int exit = session.run("collect", "--out", work.resolve("out").toString());
            if (exit != 4) {
                throw new IllegalStateException("collect ended with " + exit + ": " + session.err());
            }
        }
        return recording(work.resolve("out").resolve("runs"));
    }

    private static Map<String, byte[]> recording(Path runs) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(runs)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                Path inRun =
                        runs.relativize(file).subpath(1, runs.relativize(file).getNameCount());
                if (inRun.toString().equals("run.json")) {
                    files.put("run.json", recorded(Files.readAllBytes(file)));
                } else if (inRun.startsWith(EVIDENCE) && inRun.endsWith("raw.warc.gz")) {
                    Path name = Path.of(EVIDENCE).relativize(inRun);
                    files.put(name.toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    /** The facts without what is of the machine that recorded: the demo puts its own there. */
    private static byte[] recorded(byte[] runJson) {
        RunFacts.Tool tool =
                new RunFacts.Tool("tickmark", "recording", "none", RunFacts.Tree.UNKNOWN, false, "any", List.of());
        return RunFacts.read("run.json", runJson)
                .again("2026-11-20T06-00-00Z-0000", DAY, tool, "recorder")
                .bytes();
    }

    /** Writes a recording into {@code samples/demo}, in place of the one that is there. */
    static void write(Map<String, byte[]> files, Path samples) throws IOException {
        Path folder = samples.resolve("demo").resolve("recording");
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
            names.add(file.getKey());
        }
        Files.writeString(
                samples.resolve("demo").resolve("index.txt"), String.join("\n", names) + "\n", StandardCharsets.UTF_8);
    }
}
