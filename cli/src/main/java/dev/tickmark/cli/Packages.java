package dev.tickmark.cli;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.seal.content.PackageNames;
import dev.tickmark.evidence.seal.facts.PackageFacts;
import dev.tickmark.evidence.seal.facts.PackageFactsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What packages that lie beside each other say of themselves. */
final class Packages {
    private static final int LARGEST = 64 << 20;

    private Packages() {}

    /** Who signed a package, as it claims; nothing where the file is no package. */
    static Optional<PackageFacts.Identity> identity(Path file) {
        return facts(file).map(PackageFacts::identity);
    }

    /** What every package of an output folder says of itself, by file name. */
    static List<PackageFacts> of(OutputFolder folder) {
        if (!Files.isDirectory(folder.packages())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.packages())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".zip"))
                    .sorted()
                    .flatMap(file -> facts(file).stream())
                    .toList();
        } catch (IOException e) {
            throw Disk.unreadable(folder.packages(), e);
        }
    }

    static Optional<PackageFacts> facts(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(PackageNames.FACTS);
            if (entry == null || entry.getSize() > LARGEST) {
                return Optional.empty();
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return Optional.of(PackageFactsFile.read(in.readNBytes(LARGEST)));
            }
        } catch (IOException | TickmarkException e) {
            return Optional.empty(); // any other zip that lies in the folder is none of ours
        }
    }
}
