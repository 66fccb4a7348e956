package dev.tickmark.evidence.verify;

import dev.tickmark.evidence.TickmarkException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whom the reader of a package accepts; nothing of it ever comes out of the package.
 *
 * @param pins SHA-256 fingerprints of accepted signers' certificates, in lower-case hex
 * @param authorities certificates of those who may vouch for a signer
 * @param timeAuthorities certificates of those who may vouch for a time
 */
public record Trust(
        List<String> pins,
        List<X509Certificate> authorities,
        List<X509Certificate> timeAuthorities,
        List<X509CRL> revocationLists,
        boolean allowDemo,
        boolean requireTimestamp) {
    /** Nobody is accepted. */
    public static final Trust NOBODY = new Trust(List.of(), List.of(), List.of(), List.of(), false, false);

    public Trust {
        pins = List.copyOf(pins);
        authorities = List.copyOf(authorities);
        timeAuthorities = List.copyOf(timeAuthorities);
        revocationLists = List.copyOf(revocationLists);
        for (String pin : pins) {
            if (!pin.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("not a SHA-256 fingerprint: " + pin);
            }
        }
    }

    /** Whether anybody said whose signature to accept. */
    public boolean namesASigner() {
        return !pins.isEmpty() || !authorities.isEmpty();
    }

    /**
     * A pin, as it is given on the command line: a SHA-256 fingerprint, with or without colons, or a certificate file.
     *
     * @throws TickmarkException NOT_UNDERSTOOD where it is neither
     */
    public static String pin(String given) {
        String hex = given.replace(":", "").toLowerCase(Locale.ROOT);
        if (hex.matches("[0-9a-f]{64}")) {
            return hex;
        }
        return Certificates.fingerprint(certificates(Path.of(given)).get(0));
    }

    /**
     * The certificates of a file, PEM or DER; never none.
     *
     * @throws TickmarkException NOT_UNDERSTOOD where it holds none
     */
    public static List<X509Certificate> certificates(Path file) {
        try {
            List<X509Certificate> found =
                    Certificates.factory()
                            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (IOException | GeneralSecurityException e) {
            throw notReadable(file, "certificates", e);
        }
        throw notReadable(file, "certificates", null);
    }

    /**
     * The revocation list of a file, PEM or DER.
     *
     * @throws TickmarkException NOT_UNDERSTOOD where it holds none
     */
    public static X509CRL revocationList(Path file) {
        try {
            return Certificates.readCrl(Files.readAllBytes(file));
        } catch (IOException | GeneralSecurityException e) {
            throw notReadable(file, "a revocation list", e);
        }
    }

    private static TickmarkException notReadable(Path file, String what, @Nullable Throwable cause) {
        return new TickmarkException(
                TickmarkException.Kind.NOT_UNDERSTOOD,
                "'" + file + "' does not hold " + what + ".",
                "Give a file in PEM or DER, or, for a signer, the 64 hex digits of the SHA-256 fingerprint.",
                cause);
    }
}
