package dev.tickmark.evidence.seal;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.facts.PackageFacts;
import dev.tickmark.evidence.seal.facts.PreviousPackage;
import dev.tickmark.evidence.seal.key.SigningKey;
import dev.tickmark.evidence.seal.time.TimeAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to seal.
 *
 * @param packageId the package's name without {@code .zip}
 * @param files where each file of the run lies, by its name in the package; {@code 3-report/report.pdf} is among them,
 *     rendered for this package and not yet signed
 * @param collected the SHA-256 that the journal has for files, by name: a file that differs stops the seal
 * @param timeAuthority where none is configured, none is asked
 * @param previous nothing where this is the first package
 * @param folder where the package is made
 */
public record SealRequest(
        String packageId,
        PackageFacts.Subject subject,
        SortedMap<String, Path> files,
        SortedMap<String, String> collected,
        SigningKey key,
        @Nullable TimeAuthority timeAuthority,
        @Nullable PreviousPackage previous,
        Path folder) {
    public SealRequest {
        if (!packageId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,119}")) {
            throw new IllegalArgumentException("'" + packageId + "' cannot be a file's name");
        }
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        collected = Collections.unmodifiableSortedMap(new TreeMap<>(collected));
    }

    /** Every file below a folder by its name in a package; the caller may replace some, such as the report. */
    public static SortedMap<String, Path> files(Path folder) {
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> found = walk.filter(path -> !Files.isDirectory(path)).toList();
            for (Path path : found) {
                if (Files.isSymbolicLink(path) || !Files.isRegularFile(path)) {
                    throw TickmarkException.fixFirst(
                            "'" + path + "' is a link or no plain file.", "Put the file itself there, or remove it.");
                }
                files.put(folder.relativize(path).toString().replace('\\', '/'), path);
            }
            return files;
        } catch (IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "The folder '" + folder + "' cannot be read.",
                    "Check its path and permissions.",
                    e);
        }
    }

    /** The same with some files taken from elsewhere, such as the report as rendered for this package. */
    public SealRequest with(Map<String, Path> replaced) {
        SortedMap<String, Path> all = new TreeMap<>(files);
        all.putAll(replaced);
        return new SealRequest(packageId, subject, all, collected, key, timeAuthority, previous, folder);
    }
}
