package dev.tickmark.evidence.seal;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.content.ContentDigest;
import dev.tickmark.evidence.seal.content.PackageNames;
import dev.tickmark.evidence.seal.time.TimeAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Adds the proofs of time that a package lacks. No signed byte changes: the tokens lie beside the list, and the time
 * that they prove is later than the one that the package claims.
 */
public final class Stamp {
    private final TimeAuthority authority;
    private final SelfCheck check;

    public Stamp(TimeAuthority authority, SelfCheck check) {
        this.authority = authority;
        this.check = check;
    }

    /**
     * What was added.
     *
     * @param added proven time by the name of each new file; empty where nothing was missing or nobody answered
     * @param problems one sentence for each try that gave no token
     */
    public record Stamped(Path file, Map<String, Instant> added, List<String> problems) {
        public Stamped {
            added = Collections.unmodifiableMap(new TreeMap<>(added));
            problems = List.copyOf(problems);
        }

        /** Whether a token is still missing. */
        public boolean timeMissing() {
            return !problems.isEmpty() && added.isEmpty();
        }
    }

    /** Checks the package, asks, and puts the package with the tokens in its place in one step. */
    public Stamped stamp(Path file) {
        check.check(file);
        try (Workplace work = new Workplace(file)) {
            List<String> problems = new ArrayList<>();
            TreeMap<String, Instant> added = new TreeMap<>();
            try (ZipFile zip = new ZipFile(file.toFile())) {
                PackageContent content = new PackageContent();
                for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                    // the zip's writer looks at size and checksum alone
                    ContentDigest measured = new ContentDigest(entry.getSize(), entry.getCrc(), "");
                    content.add(entry.getName(), measured, () -> zip.getInputStream(entry));
                }
                for (String signature : List.of(PackageNames.SUMS_SIGNATURE, PackageNames.COMMITMENTS_SIGNATURE)) {
                    String name = signature + ".tsr";
                    if (zip.getEntry(name) == null && (added.size() > 0 || problems.isEmpty())) {
                        TimeAuthority.Answer answer = authority.ask(digest(zip, signature, file));
                        problems.addAll(answer.problems());
                        answer.token().ifPresent(token -> {
                            content.add(name, token.response());
                            added.put(name, token.time());
                        });
                    }
                }
                if (!added.isEmpty()) {
                    content.writeTo(work.file("package.zip"));
                }
            }
            if (!added.isEmpty()) {
                check.check(work.file("package.zip"));
                work.replace(work.file("package.zip"));
            }
            return new Stamped(file, added, problems);
        } catch (IOException e) {
            throw Workplace.failed(file, e);
        }
    }

    private static byte[] digest(ZipFile zip, String name, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw TickmarkException.notVerified(
                    "The package '" + file + "' has no '" + name + "'.", "Check it with 'tickmark verify'.");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return ContentDigest.newSha256().digest(in.readAllBytes());
        }
    }
}
