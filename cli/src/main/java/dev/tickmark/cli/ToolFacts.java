package dev.tickmark.cli;

import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.RunFacts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What made a run: the build, the Java runtime, and the digest of every jar that was loaded. */
final class ToolFacts {
    private ToolFacts() {}

    static RunFacts.Tool ofThisProcess() {
        Version version = Version.ofThisBuild();
        List<RunFacts.Jar> jars = Stream.of(
                        System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar") && Files.isRegularFile(path))
                .map(path -> new RunFacts.Jar(path.getFileName().toString(), Disk.sha256(path)))
                .sorted(Comparator.comparing(RunFacts.Jar::name))
                .toList();
        return new RunFacts.Tool(
                "tickmark",
                version.version(),
                version.commit(),
                RunFacts.Tree.valueOf(version.tree().toUpperCase(Locale.ROOT)),
                version.released(),
                System.getProperty("java.vendor", "") + " " + System.getProperty("java.version", ""),
                jars);
    }
}
