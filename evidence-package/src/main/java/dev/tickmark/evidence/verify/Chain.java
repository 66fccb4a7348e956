package dev.tickmark.evidence.verify;

import dev.tickmark.evidence.verify.FactsReader.Previous;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;

/** Whether the package before this one is the one that this one names. */
final class Chain {
    private static final String FILE = PackageNames.FACTS;

    private final FactsReader facts;
    private final VerifyRequest request;
    private final Findings findings;

    Chain(FactsReader facts, VerifyRequest request, Findings findings) {
        this.facts = facts;
        this.request = request;
        this.findings = findings;
    }

    void check(Optional<X509Certificate> signer) {
        Optional<Previous> named = facts.previous();
        Path given = request.previous();
        if (given == null) {
            named.ifPresent(previous -> findings.note(
                    Reason.CHAIN_NOT_CHECKED,
                    FILE,
                    "It follows the package '" + previous.packageId() + "', which was not given."));
        } else if (named.isEmpty()) {
            broken("It names no package before it, but '" + given + "' was given as one.");
        } else {
            compare(named.get(), given, signer);
        }
    }

    private void compare(Previous named, Path given, Optional<X509Certificate> signer) {
        Findings there = new Findings();
        try (SealedZip zip = SealedZip.open(given, there);
                PackageFiles files = new PackageFiles(zip)) {
            FactsReader before = new FactsReader(files, Map.of(), there);
            before.read();
            String sums = digest(files, PackageNames.SUMS);
            String signature = digest(files, PackageNames.SUMS_SIGNATURE);
            if (!sums.equals(named.sums()) || !signature.equals(named.signature())) {
                broken("'" + given + "' is not the package '" + named.packageId() + "' that it follows.");
                return;
            }
            String listedFacts = SumsList.read(
                            PackageNames.SUMS,
                            files.bytes(PackageNames.SUMS, Integer.MAX_VALUE - 8)
                                    .orElse(new byte[0]),
                            Reason.SUMS_SYNTAX,
                            Reason.SUMS_DUPLICATE,
                            there)
                    .getOrDefault(FILE, "");
            if (!listedFacts.equals(digest(files, FILE)) || !named.packageId().equals(before.packageId())) {
                broken("'" + given + "' was changed: its package.json is not the one it was sealed with.");
            } else if (before.sequence() + 1 != facts.sequence() || named.sequence() != before.sequence()) {
                broken("It says to be number " + facts.sequence() + " of the chain, but follows number "
                        + before.sequence() + ".");
            }
            signer.map(Certificates::fingerprint)
                    .filter(fingerprint -> !fingerprint.equals(named.signer()))
                    .ifPresent(fingerprint -> signerChanged(named.signer(), fingerprint));
        }
    }

    private void signerChanged(String before, String now) {
        boolean bothAccepted = request.trust().pins().contains(before)
                && request.trust().pins().contains(now);
        findings.add(
                Reason.CHAIN_SIGNER_CHANGED,
                bothAccepted ? Severity.WARNING : Severity.FAILURE,
                FILE,
                "The package before it was signed by " + before + ", this one by " + now + ".");
    }

    private static String digest(PackageFiles files, String name) {
        return files.has(name) ? files.digest(name).sha256() : "";
    }

    private void broken(String problem) {
        findings.failure(Reason.CHAIN_BROKEN, FILE, problem);
    }
}
