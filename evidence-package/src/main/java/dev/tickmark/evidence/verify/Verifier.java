package dev.tickmark.evidence.verify;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.verify.CmsSignature.Refused;
import dev.tickmark.evidence.verify.FileDigests.FileDigest;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Verifies a sealed package offline, in one pass over the container and without unpacking it: the container, the list
 * of digests and its signature, each file, the time tokens, the signer, the report, the package's own facts, the chain
 * and the renewals.
 *
 * <p>Every step runs as far as it can; only a file that cannot be opened at all is an exception.
 */
public final class Verifier {
    private static final int LONGEST_LIST = 128 << 20;
    private static final int LONGEST_REPORT = 512 << 20;

    private final VerifyRequest request;
    private final Findings findings = new Findings();

    private Verifier(VerifyRequest request) {
        this.request = request;
    }

    /**
     * All that is wrong with a package and all that is worth saying.
     *
     * @throws TickmarkException FIX_FIRST where the file cannot be opened or read
     */
    public static VerifyResult verify(VerifyRequest request) {
        return new Verifier(request).run();
    }

    private VerifyResult run() {
        try (SealedZip zip = SealedZip.open(request.file(), findings);
                PackageFiles files = new PackageFiles(zip)) {
            return judge(files);
        } catch (UncheckedIOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "The package '" + request.file() + "' could not be read to its end.",
                    "Check the disk, or copy the package to another one and verify it there.",
                    e);
        }
    }

    private VerifyResult judge(PackageFiles files) {
        Map<String, String> listed = readList(files);
        Optional<CmsSignature> signature = readSignature(files, PackageNames.SUMS_SIGNATURE, PackageNames.SUMS);
        Findings ofFiles = findings.later();
        Optional<TimeToken> token = readToken(files, PackageNames.SUMS_TOKEN, PackageNames.SUMS_SIGNATURE);
        readToken(files, PackageNames.COMMITMENTS_TOKEN, PackageNames.COMMITMENTS_SIGNATURE);
        boolean proven = token.isPresent() && isTrusted(token.get());
        FactsReader facts = new FactsReader(files, listed, findings);
        facts.read();
        signature.ifPresent(signed -> {
            Instant at = proven ? token.orElseThrow().genTime() : request.at();
            new SignerPolicy(request.trust(), at, PackageNames.SUMS_SIGNATURE, findings)
                    .judge(signed.path(), facts.saysDemo());
        });
        Optional<X509Certificate> signer = signature.map(CmsSignature::signer);
        Optional<ReportSignature.Found> report = checkReport(files, signer);
        facts.compare(signer, report.map(ReportSignature.Found::level));
        Commitments commitments = new Commitments(files, listed, findings);
        commitments.check(readSignature(files, PackageNames.COMMITMENTS_SIGNATURE, PackageNames.COMMITMENTS), signer);
        if (request.full()) {
            commitments.recompute();
        }
        new Chain(facts, request, findings).check(signer);
        new Renewals(files, request.trust(), findings).check(token);
        compareFiles(files, listed, ofFiles); // last: long recordings are still being read until here
        if (!files.has(PackageNames.SUMS_TOKEN)) {
            findings.add(
                    Reason.NOT_TIMESTAMPED,
                    request.trust().requireTimestamp() ? Severity.FAILURE : Severity.WARNING,
                    PackageNames.SUMS_TOKEN,
                    "No time token stands behind the signature.");
        }
        VerifyFacts shown = new VerifyFacts(
                files.container(),
                files.names().size(),
                files.length(),
                facts.packageId(),
                facts.runId(),
                signer.map(Certificates::subject).orElse(null),
                signer.map(Certificates::fingerprint).orElse(null),
                facts.identity(),
                facts.sealedAt(),
                token.map(TimeToken::genTime).orElse(null),
                token.map(one -> Certificates.subject(one.authority())).orElse(null),
                proven,
                report.map(ReportSignature.Found::level).orElse(null));
        return new VerifyResult(findings.all(), shown, request.trust().namesASigner());
    }

    private Map<String, String> readList(PackageFiles files) {
        Optional<byte[]> bytes = files.bytes(PackageNames.SUMS, LONGEST_LIST);
        if (bytes.isEmpty()) {
            findings.failure(
                    Reason.SUMS_MISSING,
                    PackageNames.SUMS,
                    "There is no list of digests, or it is too long to be one.");
            return new TreeMap<>();
        }
        Map<String, String> listed =
                SumsList.read(PackageNames.SUMS, bytes.get(), Reason.SUMS_SYNTAX, Reason.SUMS_DUPLICATE, findings);
        for (String name : listed.keySet()) {
            if (PackageNames.mayBeUnlisted(name)) {
                findings.failure(
                        Reason.SUMS_SYNTAX,
                        PackageNames.SUMS,
                        "The list names '" + name + "', which stands outside it.");
            }
        }
        return listed;
    }

    private Optional<CmsSignature> readSignature(PackageFiles files, String file, String content) {
        if (!files.has(file)) {
            findings.failure(Reason.SIGNATURE_MISSING, file, "There is no signature over " + content + ".");
            return Optional.empty();
        }
        Optional<byte[]> bytes = files.bytes(file, CmsSignature.LONGEST);
        if (bytes.isEmpty()) {
            findings.failure(Reason.SIGNATURE_UNREADABLE, file, file + " is too long to be a signature.");
            return Optional.empty();
        }
        if (!files.has(content)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    CmsSignature.ofFile(bytes.get(), hex(files.digest(content).sha256())));
        } catch (Refused e) {
            String problem = e.contentDiffers()
                    ? content + " is not what was signed: " + file + " was made over other bytes."
                    : file + " " + e.problem() + ".";
            findings.failure(e.reason(), e.contentDiffers() ? content : file, problem);
            return Optional.empty();
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static void compareFiles(PackageFiles files, Map<String, String> listed, Findings found) {
        for (Map.Entry<String, String> one : listed.entrySet()) {
            String name = one.getKey();
            if (!files.has(name)) {
                found.failure(Reason.FILE_MISSING, name, "'" + name + "' is listed but not in the package.");
                continue;
            }
            FileDigest digest = files.digest(name);
            if (!digest.whole()) {
                found.failure(Reason.FILE_UNREADABLE, name, "'" + name + "' is cut off.");
            } else if (!digest.sha256().equals(one.getValue())) {
                found.failure(Reason.FILE_CHANGED, name, "'" + name + "' has another SHA-256 than the list says.");
            } else if (!digest.crcMatches()) {
                unreadable(name, found);
            }
        }
        for (String name : files.names()) {
            if (PackageNames.mayBeUnlisted(name)) {
                boolean token = name.endsWith(".tsr") || PackageNames.isRenewal(name);
                if (!token
                        && !(files.digest(name).crcMatches()
                                && files.digest(name).whole())) {
                    unreadable(name, found);
                }
            } else if (!listed.containsKey(name)) {
                found.failure(Reason.FILE_NOT_LISTED, name, "'" + name + "' is in the package but not listed.");
            }
        }
    }

    private static void unreadable(String name, Findings found) {
        found.failure(
                Reason.FILE_UNREADABLE,
                name,
                "The bytes of '" + name + "' do not agree with the container's checksum.");
    }

    private Optional<TimeToken> readToken(PackageFiles files, String file, String stamped) {
        if (!files.has(file)) {
            return Optional.empty();
        }
        Optional<byte[]> response = files.bytes(file, CmsSignature.LONGEST);
        Optional<byte[]> bytes = files.bytes(stamped, CmsSignature.LONGEST);
        if (response.isEmpty() || bytes.isEmpty()) {
            findings.failure(
                    Reason.TIMESTAMP_UNREADABLE, file, file + " is too long, or what it was made over is not there.");
            return Optional.empty();
        }
        if (!files.digest(file).crcMatches()) {
            findings.failure(
                    Reason.TIMESTAMP_UNREADABLE,
                    file,
                    "The bytes of " + file + " do not agree with the container's checksum.");
        }
        try {
            TimeToken token = TimeToken.ofResponse(response.get(), bytes.get());
            if (!isTrusted(token)) {
                reportUntrusted(file, token);
            }
            return Optional.of(token);
        } catch (Refused e) {
            findings.failure(e.reason(), file, file + " " + e.problem() + ".");
            return Optional.empty();
        }
    }

    private boolean isTrusted(TimeToken token) {
        return TrustedPaths.lead(
                token.authority(), token.certificates(), request.trust().timeAuthorities(), token.genTime());
    }

    private void reportUntrusted(String file, TimeToken token) {
        String authority = "'" + Certificates.subject(token.authority()) + "' ("
                + Certificates.fingerprint(token.authority()) + ")";
        if (request.trust().timeAuthorities().isEmpty()) {
            findings.add(
                    Reason.TSA_UNTRUSTED,
                    request.trust().requireTimestamp() ? Severity.FAILURE : Severity.WARNING,
                    file,
                    "The time " + token.genTime() + " comes from " + authority + ", and nobody said whom to accept.");
        } else {
            findings.failure(
                    Reason.TSA_UNTRUSTED,
                    file,
                    "No accepted authority vouches at " + token.genTime() + " for the time authority " + authority
                            + ".");
        }
    }

    private Optional<ReportSignature.Found> checkReport(PackageFiles files, Optional<X509Certificate> signer) {
        String file = PackageNames.REPORT;
        Optional<byte[]> pdf = files.bytes(file, LONGEST_REPORT);
        if (pdf.isEmpty()) {
            findings.failure(Reason.PDF_SIGNATURE_MISSING, file, "There is no report that could be read.");
            return Optional.empty();
        }
        Optional<ReportSignature.Found> found = new ReportSignature(pdf.get(), findings).check(signer);
        found.flatMap(ReportSignature.Found::token)
                .filter(token -> !isTrusted(token))
                .ifPresent(token -> {
                    reportUntrusted(file, token);
                });
        return found;
    }
}
