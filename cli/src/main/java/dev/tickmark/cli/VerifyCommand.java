package dev.tickmark.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.verify.Severity;
import dev.tickmark.evidence.verify.Trust;
import dev.tickmark.evidence.verify.Verifier;
import dev.tickmark.evidence.verify.VerifyFacts;
import dev.tickmark.evidence.verify.VerifyFinding;
import dev.tickmark.evidence.verify.VerifyRequest;
import dev.tickmark.evidence.verify.VerifyResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether a package is as it was sealed, by whom, when, and whether its results follow from its evidence. */
@Command(
        name = "verify",
        description = {
            "Check a package offline, without unpacking it: every byte, the signer, the time, the report, "
                    + "the chain.",
            "",
            "Whom to accept is yours to say: a fingerprint or certificate that reached you on another way "
                    + "than the package. Without --signer and --ca the best answer is INTACT, SIGNER NOT CHECKED "
                    + "(exit status 8)."
        })
final class VerifyCommand extends Verb {
    @Parameters(paramLabel = "PACKAGE", description = "The package, a zip file.")
    private Path file = Path.of("");

    @Option(
            names = "--signer",
            paramLabel = "CERT|SHA256",
            description = "Accept this signer: a certificate file or its SHA-256 fingerprint; may be repeated.")
    private List<String> signers = List.of();

    @Option(names = "--ca", paramLabel = "PEM", description = "Accept signers that this authority vouches for.")
    private List<Path> authorities = List.of();

    @Option(names = "--tsa-ca", paramLabel = "PEM", description = "Accept the time authorities below this one.")
    private List<Path> timeAuthorities = List.of();

    @Option(names = "--crl", paramLabel = "FILE", description = "Revocation list of an authority.")
    private List<Path> revocationLists = List.of();

    @Option(names = "--require-timestamp", description = "A package without a proven time fails (exit status 9).")
    private boolean requireTimestamp;

    @Option(names = "--allow-demo", description = "Accept the demo identity, which proves that nothing was changed.")
    private boolean allowDemo;

    @Option(names = "--previous", paramLabel = "PACKAGE", description = "The package before this one: check the chain.")
    private @Nullable Path previous;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Judge certificates at this time, as 2026-11-23T02:00:00Z, where no time is proven.")
    private @Nullable String at;

    @Option(names = "--full", description = "Compute the commitments again from their keys, too.")
    private boolean full;

    @Option(
            names = "--reperform",
            description = "Work out populations, findings and reports again from the package's own recordings.")
    private boolean reperform;

    @Option(names = "--output", paramLabel = "text|json", description = "How the result is printed (default: text).")
    private Output output = Output.text;

    VerifyCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Path path = host.folder().resolve(file);
        if (!Files.isRegularFile(path)) {
            throw TickmarkException.notUnderstood(
                    "There is no package '" + file + "'.", "Give the path of a package, a zip file.");
        }
        VerifyRequest request = new VerifyRequest(
                path, trust(), previous == null ? null : host.folder().resolve(previous), judgedAt(), full);
        VerifyResult result = Verifier.verify(request);
        if (reperform) {
            if (result.intact()) {
                result = result.with(new Reperform(host, console).reperform(path));
            } else {
                console.warning("Not worked out again, because the package is not intact.");
            }
        }
        if (output == Output.json) {
            console.document(json(result));
        } else {
            print(console, result);
        }
        return exit(result);
    }

    static Exit exit(VerifyResult result) {
        return switch (result.exitCode()) {
            case 0 -> Exit.DONE;
            case 6 -> Exit.NOT_INTACT;
            case 8 -> Exit.SIGNER_NOT_ACCEPTED;
            case 9 -> Exit.TIME_NOT_PROVEN;
            case 10 -> Exit.NOT_REPRODUCIBLE;
            default -> throw new IllegalStateException("no such verdict: " + result.exitCode());
        };
    }

    private Trust trust() {
        List<X509Certificate> accepted = authorities.stream()
                .flatMap(path -> Trust.certificates(host.folder().resolve(path)).stream())
                .toList();
        List<X509Certificate> acceptedForTime = timeAuthorities.stream()
                .flatMap(path -> Trust.certificates(host.folder().resolve(path)).stream())
                .toList();
        List<X509CRL> lists = revocationLists.stream()
                .map(path -> Trust.revocationList(host.folder().resolve(path)))
                .toList();
        return new Trust(
                signers.stream().map(this::pin).toList(),
                accepted,
                acceptedForTime,
                lists,
                allowDemo,
                requireTimestamp);
    }

    /** A fingerprint stays as it is; a file is looked for from the current folder. */
    private String pin(String given) {
        Path certificate = host.folder().resolve(given);
        return Trust.pin(Files.isRegularFile(certificate) ? certificate.toString() : given);
    }

    private Instant judgedAt() {
        if (at == null) {
            return host.clock().instant();
        }
        try {
            return Instant.parse(at);
        } catch (DateTimeException e) {
            throw TickmarkException.notUnderstood("'" + at + "' is not a time.", "Write it as 2026-11-23T02:00:00Z.");
        }
    }

    private void print(Console console, VerifyResult result) {
        VerifyFacts facts = result.facts();
        console.result(result.headline());
        console.result("");
        line(console, "package", facts.packageId());
        line(console, "signer", facts.signer());
        line(console, "fingerprint", facts.signerFingerprint());
        line(console, "identity", facts.identity());
        line(
                console,
                "sealed at",
                facts.sealedAt() == null ? null : facts.sealedAt() + " (claimed by the sender's clock)");
        line(
                console,
                "time token",
                facts.stampedAt() == null
                        ? "none"
                        : facts.stampedAt() + (facts.timeProven() ? " (proven, " : " (authority not accepted, ")
                                + facts.timeAuthority() + ")");
        line(console, "report", facts.reportLevel() == null ? null : "signed, PAdES " + facts.reportLevel());
        line(console, "content", String.format(Locale.ROOT, "%d files, %,d bytes", facts.files(), facts.bytes()));
        if (reperform && result.intact()) {
            boolean same = result.findings().stream()
                    .noneMatch(f -> f.isFailure() && f.reason().exit() == 10);
            line(
                    console,
                    "re-performed",
                    same ? "populations, findings and reports come out the same" : "with differences");
        }
        for (VerifyFinding finding : result.findings()) {
            String mark = finding.severity() == Severity.FAILURE
                    ? "FAILED "
                    : finding.severity().name().toLowerCase(Locale.ROOT) + " ";
            console.result("");
            console.result(mark + finding.reason() + "  " + finding.file());
            console.result("  " + finding.problem() + " " + finding.remedy());
        }
    }

    private static void line(Console console, String name, @Nullable String value) {
        if (value != null) {
            console.result(String.format(Locale.ROOT, "%-13s %s", name, value));
        }
    }

    private static String json(VerifyResult result) {
        VerifyFacts facts = result.facts();
        ObjectNode root = Json.object();
        root.put("headline", result.headline());
        root.put("exit", result.exitCode());
        root.put("package", facts.packageId());
        root.put("run", facts.runId());
        root.put("signer", facts.signer());
        root.put("signer_fingerprint", facts.signerFingerprint());
        root.put("identity", facts.identity());
        root.put(
                "sealed_at_claimed",
                facts.sealedAt() == null ? null : facts.sealedAt().toString());
        root.put(
                "stamped_at",
                facts.stampedAt() == null ? null : facts.stampedAt().toString());
        root.put("time_proven", facts.timeProven());
        root.put("report_level", facts.reportLevel());
        root.put("files", facts.files());
        root.put("bytes", facts.bytes());
        ArrayNode findings = root.putArray("findings");
        for (VerifyFinding finding : result.findings()) {
            findings.addObject()
                    .put("reason", finding.reason().name())
                    .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                    .put("file", finding.file())
                    .put("problem", finding.problem())
                    .put("remedy", finding.remedy());
        }
        return new String(Json.bytes(root), StandardCharsets.UTF_8);
    }
}
