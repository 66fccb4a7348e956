package dev.tickmark.evidence.verify;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether the one who signed is accepted: a pin first, else a chain to a named authority; then the certificate's dates and
 * the revocation lists, all at the proven time.
 */
final class SignerPolicy {
    private static final String DEMO_NAME = "DEMO IDENTITY - NOT TRUSTED";
    private static final String INVALIDITY_DATE = "2.5.29.24";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;

    private final Trust trust;
    private final Instant at;
    private final Findings findings;
    private final String file;

    /** @param at the proven time, or where there is none the time of asking */
    SignerPolicy(Trust trust, Instant at, String file, Findings findings) {
        this.trust = trust;
        this.at = at;
        this.file = file;
        this.findings = findings;
    }

    /** @param demo whether the package says of itself that its identity is a demo */
    void judge(List<X509Certificate> path, boolean demo) {
        X509Certificate signer = path.get(0);
        String who = "'" + Certificates.subject(signer) + "' (" + Certificates.fingerprint(signer) + ")";
        if ((demo || isDemo(signer)) && !trust.allowDemo()) {
            failure(Reason.SIGNER_DEMO, "The package was signed with the demo identity " + who + ".");
        }
        if (!trust.namesASigner()) {
            failure(Reason.SIGNER_UNTRUSTED, "It was signed by " + who + ", and nobody said whom to accept.");
        } else if (!trust.pins().isEmpty()) {
            if (!trust.pins().contains(Certificates.fingerprint(signer))) {
                failure(Reason.SIGNER_MISMATCH, "It was signed by " + who + ", who is none of the accepted signers.");
            }
        } else if (TrustedPaths.validAt(signer, at) && !TrustedPaths.lead(signer, path, trust.authorities(), at)) {
            failure(Reason.SIGNER_UNTRUSTED, "No accepted authority vouches at " + at + " for the signer " + who + ".");
        }
        boolean[] usage = signer.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
            failure(Reason.SIGNER_UNTRUSTED, "The certificate of " + who + " is not for signing.");
        }
        if (!TrustedPaths.validAt(signer, at)) {
            failure(
                    Reason.SIGNER_EXPIRED,
                    "The certificate of " + who + " is valid from "
                            + signer.getNotBefore().toInstant() + " to "
                            + signer.getNotAfter().toInstant() + ", which " + at + " is not.");
        }
        checkRevocation(path);
    }

    static boolean isDemo(X509Certificate certificate) {
        return Certificates.subject(certificate).contains(DEMO_NAME);
    }

    private void checkRevocation(List<X509Certificate> path) {
        if (trust.revocationLists().isEmpty()) {
            return;
        }
        List<X509Certificate> issuers = new ArrayList<>(path);
        issuers.addAll(trust.authorities());
        boolean leaf = true;
        for (X509Certificate certificate : path) {
            List<X509CRL> lists = trust.revocationLists().stream()
                    .filter(list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
                    .filter(list -> issuers.stream().anyMatch(issuer -> issued(list, issuer)))
                    .toList();
            if (leaf && lists.stream().noneMatch(this::speaksForTheTime)) {
                failure(
                        Reason.SIGNER_UNTRUSTED,
                        "No revocation list that was given speaks about '" + Certificates.subject(certificate) + "' at "
                                + at + ".");
            }
            leaf = false;
            lists.forEach(list -> checkEntry(list, certificate));
        }
    }

    private void checkEntry(X509CRL list, X509Certificate certificate) {
        X509CRLEntry entry = list.getRevokedCertificate(certificate);
        if (entry == null) {
            return;
        }
        Instant revoked = entry.getRevocationDate().toInstant();
        String text = "The certificate '" + Certificates.subject(certificate) + "' was revoked at " + revoked;
        if (revoked.isAfter(at) && entry.getExtensionValue(INVALIDITY_DATE) == null) {
            findings.warning(Reason.SIGNER_REVOKED, file, text + ", after the signature at " + at + ".");
        } else {
            failure(Reason.SIGNER_REVOKED, text + ".");
        }
    }

    private boolean speaksForTheTime(X509CRL list) {
        boolean later = !list.getThisUpdate().toInstant().isBefore(at);
        return later
                || (list.getNextUpdate() != null
                        && !list.getNextUpdate().toInstant().isBefore(at));
    }

    private static boolean issued(X509CRL list, X509Certificate issuer) {
        Set<String> critical = list.getCriticalExtensionOIDs();
        if ((critical != null && !critical.isEmpty())
                || !list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private void failure(Reason reason, String problem) {
        findings.failure(reason, file, problem);
    }
}
