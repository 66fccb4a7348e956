package dev.tickmark.evidence.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a package says of itself in package.json, run.json and its journal, compared with what it holds. */
final class FactsReader {
    private static final int LONGEST = 128 << 20;
    private static final String FORMAT = "tickmark-package";
    private static final Set<String> MADE_AFTERWARDS = Set.of(
            PackageNames.FACTS,
            "VERIFY.txt",
            PackageNames.COMMITMENTS,
            PackageNames.COMMITMENTS_KEYS,
            PackageNames.COMMITMENTS_SIGNATURE);
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final PackageFiles files;
    private final Map<String, String> listed;
    private final Findings findings;
    private Optional<JsonNode> facts = Optional.empty();
    private Optional<JsonNode> run = Optional.empty();

    FactsReader(PackageFiles files, Map<String, String> listed, Findings findings) {
        this.files = files;
        this.listed = listed;
        this.findings = findings;
    }

    /** The link to the package before this one, as claimed. */
    record Previous(String packageId, String sums, String signature, String signer, long sequence) {}

    void read() {
        facts = object(PackageNames.FACTS);
        run = object(PackageNames.RUN);
        facts.ifPresent(this::checkFacts);
        readJournal();
    }

    @Nullable
    String packageId() {
        return text(facts, "package_id");
    }

    @Nullable
    String runId() {
        return text(run, "run_id");
    }

    @Nullable
    String identity() {
        return text(facts, "identity");
    }

    boolean saysDemo() {
        return "demo".equals(identity());
    }

    @Nullable
    Instant sealedAt() {
        String text = text(facts, "sealed_at_claimed");
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The place in the chain, from 1; 0 where it is not said. */
    long sequence() {
        return facts.map(node -> node.path("sequence").asLong()).orElse(0L);
    }

    Optional<Previous> previous() {
        return facts.map(node -> node.path("previous"))
                .filter(JsonNode::isObject)
                .map(node -> new Previous(
                        node.path("package_id").asText(),
                        node.path("sha256sums_sha256").asText(),
                        node.path("sha256sums_p7s_sha256").asText(),
                        node.path("signer_sha256").asText(),
                        node.path("sequence").asLong()));
    }

    /** Compares what is claimed with who signed and with the report's signature as it was found. */
    void compare(Optional<X509Certificate> signer, Optional<String> reportLevel) {
        if (facts.isEmpty()) {
            return;
        }
        JsonNode claimed = facts.get();
        signer.ifPresent(certificate -> {
            String fingerprint = claimed.path("signer_sha256").asText();
            if (!fingerprint.equals(Certificates.fingerprint(certificate))) {
                mismatch(
                        PackageNames.FACTS,
                        "It names the signer '" + fingerprint + "', who is another than the one who signed.");
            }
            if (SignerPolicy.isDemo(certificate) != saysDemo()) {
                mismatch(
                        PackageNames.FACTS,
                        "It calls the identity '" + identity() + "', which the certificate is not.");
            }
        });
        reportLevel.ifPresent(level -> {
            String said = claimed.path("report").path("pades_level").asText();
            if (!said.equals(level)) {
                mismatch(
                        PackageNames.FACTS,
                        "It gives the report's signature the level '" + said + "', but it has " + level + ".");
            }
        });
    }

    private void checkFacts(JsonNode node) {
        if (!FORMAT.equals(node.path("format").asText())
                || node.path("format_version").asInt() != 1) {
            invalid(PackageNames.FACTS, PackageNames.FACTS + " is not of the format '" + FORMAT + "', version 1.");
        }
        if (packageId() == null || sealedAt() == null || !Set.of("demo", "real").contains(String.valueOf(identity()))) {
            invalid(
                    PackageNames.FACTS,
                    PackageNames.FACTS + " does not say its package id, its time and its identity.");
        }
        String runId = text(facts, "run_id");
        if (runId == null || !runId.equals(runId())) {
            mismatch(PackageNames.FACTS, "It names the run '" + runId + "', run.json the run '" + runId() + "'.");
        }
        Set<String> described = new TreeSet<>();
        for (JsonNode file : node.path("files")) {
            described.add(file.path("path").asText());
        }
        for (String name : described) {
            if (!listed.containsKey(name)) {
                mismatch(PackageNames.FACTS, "It describes '" + name + "', which is not in the list of digests.");
            }
        }
        for (String name : listed.keySet()) {
            if (!described.contains(name) && !MADE_AFTERWARDS.contains(name)) {
                mismatch(PackageNames.FACTS, "It does not describe '" + name + "', which is in the list of digests.");
            }
        }
    }

    private void readJournal() {
        Optional<byte[]> bytes = files.bytes(PackageNames.JOURNAL, LONGEST);
        if (bytes.isEmpty()) {
            invalid(PackageNames.JOURNAL, "There is no journal that could be read.");
            return;
        }
        Map<String, String> journalled = new TreeMap<>();
        int number = 0;
        for (String line : SumsList.lines(new String(bytes.get(), StandardCharsets.UTF_8))) {
            number++;
            Optional<JsonNode> event = parse(line.getBytes(StandardCharsets.UTF_8));
            if (event.isEmpty()) {
                invalid(PackageNames.JOURNAL, "Line " + number + " of the journal is not a JSON object.");
                continue;
            }
            for (Map.Entry<String, JsonNode> file : event.get().path("files").properties()) {
                journalled.put(file.getKey(), file.getValue().asText());
            }
        }
        compareJournal(journalled);
    }

    // the report is written again for the package, so that the journal of the run knows another one
    private void compareJournal(Map<String, String> journalled) {
        for (Map.Entry<String, String> one : listed.entrySet()) {
            String name = one.getKey();
            String digest = journalled.get(name);
            boolean collected = name.startsWith("1-evidence/");
            if (digest == null && collected) {
                mismatch(name, "The journal does not know of '" + name + "'.");
            } else if (digest != null
                    && (collected || name.startsWith("2-findings/"))
                    && !digest.equals(one.getValue())) {
                mismatch(name, "'" + name + "' is another file than the one that the journal names.");
            }
        }
        for (String name : journalled.keySet()) {
            if (name.startsWith("1-evidence/") && !listed.containsKey(name)) {
                mismatch(name, "The journal knows '" + name + "', which is not in the package.");
            }
        }
    }

    private Optional<JsonNode> object(String file) {
        Optional<JsonNode> node = files.bytes(file, LONGEST).flatMap(FactsReader::parse);
        if (node.isEmpty()) {
            invalid(file, file + " is missing or not a JSON object.");
        }
        return node;
    }

    private static Optional<JsonNode> parse(byte[] bytes) {
        try {
            return Optional.ofNullable(JSON.readTree(bytes)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(Optional<JsonNode> node, String key) {
        return node.map(object -> object.get(key))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .orElse(null);
    }

    private void invalid(String file, String problem) {
        findings.failure(Reason.FACTS_INVALID, file, problem);
    }

    private void mismatch(String file, String problem) {
        findings.failure(Reason.FACTS_MISMATCH, file, problem);
    }
}
