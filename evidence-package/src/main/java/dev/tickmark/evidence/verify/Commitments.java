package dev.tickmark.evidence.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
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
    private static final String HEAD = "tickmark-commitments 1";
    private static final String KEYS_HEAD = "tickmark-commitment-keys 1";
    private static final Pattern LINE =
            Pattern.compile("(?:file ([0-9a-f]{64})|column ([0-9a-f]{64}) ([0-9]{1,6}) ([0-9]{1,12}))  (\\S+)");
    private static final Set<String> NOT_COMMITTED =
            Set.of(PackageNames.COMMITMENTS, PackageNames.COMMITMENTS_KEYS, PackageNames.COMMITMENTS_SIGNATURE);

    private final PackageFiles files;
    private final Map<String, String> listed;
    private final Findings findings;
    private Map<Subject, Line> committed = Map.of();
    private Map<Subject, Line> keys = Map.of();

    Commitments(PackageFiles files, Map<String, String> listed, Findings findings) {
        this.files = files;
        this.listed = listed;
        this.findings = findings;
    }

    /** What is committed: a file, or a column of a table by its place, from 0. */
    record Subject(String path, int column) implements Comparable<Subject> {
        static final int WHOLE_FILE = -1;

        @Override
        public int compareTo(Subject other) {
            int byPath = path.compareTo(other.path);
            return byPath != 0 ? byPath : Integer.compare(column, other.column);
        }

        String text() {
            return column == WHOLE_FILE ? "'" + path + "'" : "column " + column + " of '" + path + "'";
        }
    }

    /**
     * What a line says of its subject.
     *
     * @param value the keyed digest or the key, in lower-case hex
     * @param rows of the table with its header; 0 for a whole file
     */
    record Line(String value, long rows) {}

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
        committed = read(FILE, HEAD, bytes.get());
        keys = files.bytes(PackageNames.COMMITMENTS_KEYS, LONGEST)
                .map(lines -> read(PackageNames.COMMITMENTS_KEYS, KEYS_HEAD, lines))
                .orElse(Map.of());
        compareWithKeys();
        Set<String> wanted = new TreeSet<>(listed.keySet());
        wanted.removeAll(NOT_COMMITTED);
        for (String path : wanted) {
            if (!committed.containsKey(new Subject(path, Subject.WHOLE_FILE))) {
                mismatch(FILE, "Nothing is committed for '" + path + "'.");
            }
        }
        Set<String> others = new TreeSet<>();
        committed.keySet().forEach(subject -> others.add(subject.path()));
        others.removeAll(wanted);
        others.forEach(
                path -> mismatch(FILE, "A commitment names '" + path + "', which is not in the list of digests."));
    }

    private void compareWithKeys() {
        committed.forEach((subject, line) -> {
            Line key = keys.get(subject);
            if (key == null || key.rows() != line.rows()) {
                mismatch(PackageNames.COMMITMENTS_KEYS, "There is no key for " + subject.text() + ".");
            }
        });
        keys.keySet().stream()
                .filter(subject -> !committed.containsKey(subject))
                .forEach(subject -> mismatch(
                        PackageNames.COMMITMENTS_KEYS, "A key is for " + subject.text() + ", which is not committed."));
    }

    /** Computes every commitment again from its key and the file that it is about. */
    void recompute() {
        Set<String> paths = new TreeSet<>();
        committed.keySet().forEach(subject -> paths.add(subject.path()));
        for (String path : paths) {
            if (files.has(path)) {
                recompute(path);
            }
        }
    }

    private void recompute(String path) {
        Map<Subject, Line> computed;
        try (InputStream in = files.stream(path)) {
            computed = new CommittedBytes(path, keys).read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Subject, Line> claimed = new TreeMap<>(committed);
        claimed.keySet().removeIf(subject -> !subject.path().equals(path));
        if (computed.equals(claimed)) {
            return;
        }
        Set<Subject> all = new TreeSet<>(claimed.keySet());
        all.addAll(computed.keySet());
        for (Subject subject : all) {
            if (!Objects.equals(claimed.get(subject), computed.get(subject))) {
                mismatch(
                        path,
                        "What is committed for " + subject.text() + " does not follow from the file and its key.");
            }
        }
    }

    private Map<Subject, Line> read(String file, String head, byte[] bytes) {
        Map<Subject, Line> lines = new TreeMap<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(head + "\n") || !text.endsWith("\n")) {
            mismatch(file, file + " does not begin with '" + head + "' or does not end with a line feed.");
            return lines;
        }
        int number = 1;
        for (String line : SumsList.lines(text.substring(head.length() + 1))) {
            number++;
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                mismatch(file, "Line " + number + " of " + file + " has another form than the others.");
                continue;
            }
            boolean whole = parts.group(1) != null;
            Subject subject =
                    new Subject(parts.group(5), whole ? Subject.WHOLE_FILE : Integer.parseInt(parts.group(3)));
            Line read = whole ? new Line(parts.group(1), 0) : new Line(parts.group(2), Long.parseLong(parts.group(4)));
            if (lines.put(subject, read) != null) {
                mismatch(file, "Line " + number + " of " + file + " is about " + subject.text() + " again.");
            }
        }
        return lines;
    }

    private void mismatch(String file, String problem) {
        findings.failure(Reason.COMMITMENT_MISMATCH, file, problem);
    }
}
