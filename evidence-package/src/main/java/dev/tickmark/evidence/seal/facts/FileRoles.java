package dev.tickmark.evidence.seal.facts;

import dev.tickmark.evidence.seal.content.PackageNames;
import dev.tickmark.evidence.seal.facts.PackageFacts.FileFacts;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** What each file of a package is for, told from its place. */
public final class FileRoles {
    private static final String RECORDING = "raw.warc.gz";
    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("csv", "text/csv"),
            Map.entry("json", "application/json"),
            Map.entry("jsonl", "application/jsonl"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("sql", "application/sql"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("html", "text/html"),
            Map.entry("txt", "text/plain"),
            Map.entry("gz", "application/gzip"),
            Map.entry("p7s", "application/pkcs7-signature"));
    private static final Map<String, String> OWN = Map.of(
            PackageNames.FACTS,
            "facts",
            PackageNames.INSTRUCTIONS,
            "instructions",
            PackageNames.COMMITMENTS,
            "commitments",
            PackageNames.COMMITMENT_KEYS,
            "commitment_keys",
            PackageNames.COMMITMENTS_SIGNATURE,
            "signature",
            "run.json",
            "run",
            "journal.jsonl",
            "journal",
            "runs.csv",
            "runs",
            "1-evidence/completeness.csv",
            "completeness");

    private FileRoles() {}

    /** One entry for each path, in order. */
    public static List<FileFacts> of(SortedSet<String> paths) {
        return paths.stream().map(path -> of(path, paths)).toList();
    }

    private static FileFacts of(String path, SortedSet<String> paths) {
        String role = role(path);
        String recording = path.substring(0, path.lastIndexOf('/') + 1) + RECORDING;
        boolean recorded = (role.equals("population") || role.equals("lineage")) && paths.contains(recording);
        return new FileFacts(path, role, mediaType(path), recorded ? recording : null);
    }

    private static String role(String path) {
        String own = OWN.get(path);
        if (own != null) {
            return own;
        }
        if (path.startsWith("1-evidence/")) {
            return evidenceRole(path);
        }
        if (path.startsWith("2-findings/tests/")) {
            return "test";
        }
        if (path.startsWith("2-findings/")) {
            return path.endsWith(".csv") ? "findings" : "other";
        }
        return path.startsWith("3-report/") ? "report" : "other";
    }

    private static String evidenceRole(String path) {
        if (path.startsWith("1-evidence/declared/")) {
            return "declaration";
        }
        if (path.endsWith("/" + RECORDING)) {
            return "recording";
        }
        if (path.endsWith("/evidence.json")) {
            return "provenance";
        }
        if (path.endsWith(".lineage.csv")) {
            return "lineage";
        }
        if (path.endsWith(".schema.json")) {
            return "schema";
        }
        return path.endsWith(".csv") ? "population" : "other";
    }

    private static String mediaType(String path) {
        if (path.equals(PackageNames.COMMITMENTS) || path.equals(PackageNames.COMMITMENT_KEYS)) {
            return "text/plain";
        }
        return MEDIA_TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
