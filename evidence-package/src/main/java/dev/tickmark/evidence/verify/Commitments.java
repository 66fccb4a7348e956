package dev.tickmark.evidence.verify;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The second signed list, from which copies with less in them are made: that it speaks of these files and no others. */
final class Commitments {
    private static final String FILE = PackageNames.COMMITMENTS;
    private static final int LONGEST = 128 << 20;
    private static final Pattern LINE =
            Pattern.compile("(?:file ([0-9a-f]{64})|column ([0-9a-f]{64}) ([0-9]{1,6}) ([0-9]{1,12}))  (\\S+)");
    private static final Set<String> NOT_COMMITTED =
            Set.of(PackageNames.COMMITMENTS, PackageNames.COMMITMENTS_KEYS, PackageNames.COMMITMENTS_SIGNATURE);

    private final PackageFiles files;
    private final Map<String, String> listed;
    private final Findings findings;

    Commitments(PackageFiles files, Map<String, String> listed, Findings findings) {
        this.files = files;
        this.listed = listed;
        this.findings = findings;
    }

    /** What is committed: a file, or a column of a table by its place. */
    record Subject(String path, int column) implements Comparable<Subject> {
        static final int WHOLE_FILE = -1;

        @Override
        public int compareTo(Subject other) {
            int byPath = path.compareTo(other.path);
            return byPath != 0 ? byPath : Integer.compare(column, other.column);
        }
    }

    void check(Optional<CmsSignature> signature, Optional<X509Certificate> packageSigner) {
        if (signature.isPresent()
                && packageSigner.isPresent()
                && !signature.get().signer().equals(packageSigner.get())) {
            mismatch(
                    PackageNames.COMMITMENTS_SIGNATURE,
                    "The commitments were signed by '"
                            + Certificates.subject(signature.get().signer()) + "', the package by another.");
        }
        Optional<byte[]> bytes = files.bytes(FILE, LONGEST);
        if (bytes.isEmpty()) {
            mismatch(FILE, "There are no commitments that could be read.");
            return;
        }
        Map<Subject, String> committed = read(bytes.get());
        Set<String> wanted = new TreeSet<>(listed.keySet());
        wanted.removeAll(NOT_COMMITTED);
        Set<String> found = new TreeSet<>();
        committed.keySet().forEach(subject -> found.add(subject.path()));
        for (String path : wanted) {
            if (!committed.containsKey(new Subject(path, Subject.WHOLE_FILE))) {
                mismatch(FILE, "Nothing is committed for '" + path + "'.");
            }
        }
        found.removeAll(wanted);
        found.forEach(
                path -> mismatch(FILE, "A commitment names '" + path + "', which is not in the list of digests."));
    }

    private Map<Subject, String> read(byte[] bytes) {
        Map<Subject, String> committed = new TreeMap<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int number = 0;
        for (String line : text.split("\n", 0)) {
            number++;
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                mismatch(FILE, "Line " + number + " of " + FILE + " is not a commitment.");
                continue;
            }
            boolean file = parts.group(1) != null;
            int column = file ? Subject.WHOLE_FILE : Integer.parseInt(parts.group(3));
            String value = file ? parts.group(1) : parts.group(2);
            if (committed.put(new Subject(parts.group(5), column), value) != null) {
                mismatch(FILE, "Line " + number + " of " + FILE + " commits '" + parts.group(5) + "' again.");
            }
        }
        return committed;
    }

    private void mismatch(String file, String problem) {
        findings.failure(Reason.COMMITMENT_MISMATCH, file, problem);
    }
}
