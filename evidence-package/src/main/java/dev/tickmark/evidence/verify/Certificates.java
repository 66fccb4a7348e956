package dev.tickmark.evidence.verify;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Certificates as they travel: read, named, and put in the order from the signer upwards. */
final class Certificates {
    private static final int SHORTEST_RSA = 2048;
    private static final int SHORTEST_EC = 256;

    private Certificates() {}

    static X509Certificate read(byte[] der) throws CertificateException {
        return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
    }

    static X509CRL readCrl(byte[] bytes) throws GeneralSecurityException {
        return (X509CRL) factory().generateCRL(new ByteArrayInputStream(bytes));
    }

    static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }

    /** SHA-256 over the DER form, in lower-case hex without colons. */
    static String fingerprint(X509Certificate certificate) {
        try {
            return Sha256.hex(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // it was read from its encoded form
        }
    }

    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    static boolean longEnough(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= SHORTEST_RSA;
        }
        return key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() >= SHORTEST_EC;
    }

    /** The leaf and, one above the other, those who signed; empty where a certificate is left over. */
    static Optional<List<X509Certificate>> path(X509Certificate leaf, List<X509Certificate> all) {
        List<X509Certificate> rest = new ArrayList<>(all);
        List<X509Certificate> path = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(leaf);
        while (next.isPresent()) {
            X509Certificate one = next.get();
            path.add(one);
            rest.remove(one);
            boolean top = one.getSubjectX500Principal().equals(one.getIssuerX500Principal());
            if (top && !signed(one, one)) {
                return Optional.empty();
            }
            next = rest.stream().filter(above -> signed(one, above)).findFirst();
        }
        return rest.isEmpty() ? Optional.of(path) : Optional.empty();
    }

    static boolean signed(X509Certificate below, X509Certificate above) {
        if (!below.getIssuerX500Principal().equals(above.getSubjectX500Principal())) {
            return false;
        }
        try {
            below.verify(above.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
