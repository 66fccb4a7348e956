package dev.tickmark.evidence.seal.key;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.content.ContentDigest;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** What a certificate says, and whether it may stand behind a package's signature. */
public final class Certificates {
    private static final int SMALLEST_RSA = 2048;
    private static final int SMALLEST_EC = 256;
    private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    private static final String ANY_USE = "2.5.29.37.0";

    private Certificates() {}

    /** SHA-256 over the DER bytes: 64 lower-case hex digits, as {@code openssl x509 -fingerprint -sha256} less colons. */
    public static String fingerprint(X509Certificate certificate) {
        return ContentDigest.sha256(der(certificate));
    }

    /** The subject as RFC 2253 text. */
    public static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signatureAlgorithm(String keyAlgorithm, String origin) {
        return switch (keyAlgorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default ->
                throw TickmarkException.fixFirst(
                        "The key in '" + origin + "' is of the kind '" + keyAlgorithm + "'.",
                        "Use an RSA key of 2048 bits or more, or an EC key of 256 bits or more.");
        };
    }

    /** From the leaf upwards to the last certificate that is there. */
    public static List<X509Certificate> path(X509Certificate leaf, List<X509Certificate> certificates) {
        List<X509Certificate> path = new ArrayList<>();
        for (X509Certificate at = leaf; at != null && !path.contains(at); at = issuer(at, certificates)) {
            path.add(at);
        }
        return path;
    }

    private static @Nullable X509Certificate issuer(X509Certificate of, List<X509Certificate> among) {
        for (X509Certificate candidate : among) {
            if (of.getIssuerX500Principal().equals(candidate.getSubjectX500Principal()) && signedBy(of, candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean signedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // same name, another key
        }
    }

    /** Whether OpenSSL wants {@code -purpose any}: the certificate is limited to uses, and mail is not among them. */
    public static boolean needsAnyPurpose(X509Certificate certificate) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses != null && !uses.contains(EMAIL_PROTECTION) && !uses.contains(ANY_USE);
        } catch (CertificateParsingException e) {
            throw new IllegalStateException(e);
        }
    }

    static void checkUse(X509Certificate certificate) {
        boolean[] uses = certificate.getKeyUsage();
        if (uses != null && !uses[0] && !uses[1]) {
            throw TickmarkException.fixFirst(
                    "The certificate of '" + name(certificate) + "' is not for signatures.",
                    "Use one with the key usages digital signature and non-repudiation.");
        }
    }

    static void checkAlgorithms(List<X509Certificate> chain) {
        X509Certificate leaf = chain.get(0);
        PublicKey key = leaf.getPublicKey();
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SMALLEST_RSA) {
            throw weak(leaf, "has an RSA key of " + rsa.getModulus().bitLength() + " bits");
        }
        if (key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() < SMALLEST_EC) {
            throw weak(leaf, "has an EC key of " + ec.getParams().getOrder().bitLength() + " bits");
        }
        for (X509Certificate certificate : chain) {
            String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
            boolean root = certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
            if ((!root || chain.size() == 1) && (algorithm.contains("SHA1") || algorithm.contains("MD"))) {
                throw weak(certificate, "is signed with " + algorithm);
            }
        }
    }

    private static TickmarkException weak(X509Certificate certificate, String why) {
        return TickmarkException.fixFirst(
                "The certificate of '" + name(certificate) + "' " + why + ", which no longer proves anything.",
                "Use an RSA key of 2048 bits or more or an EC key of 256 bits or more, with a certificate signed with SHA-256.");
    }

    static void checkValidAt(X509Certificate certificate, Instant now) {
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw TickmarkException.fixFirst(
                    "The certificate of '" + name(certificate) + "' is valid only from "
                            + certificate.getNotBefore().toInstant() + ".",
                    "Check this machine's clock, or choose another key.");
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw TickmarkException.fixFirst(
                    "The certificate of '" + name(certificate) + "' expired at "
                            + certificate.getNotAfter().toInstant() + ".",
                    "Have it renewed, or make a new key with 'tickmark key new'.");
        }
    }
}
