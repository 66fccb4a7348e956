package dev.tickmark.evidence.seal.key;

import dev.tickmark.evidence.TickmarkException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs bytes and says whose signature it is: the one seam between a package and wherever its key is kept.
 *
 * <p>SHA-256 with RSA (PKCS#1 v1.5, 2048 bits or more) or with ECDSA (256 bits or more).
 */
public final class SigningKey {
    private static final String PROBE = "Does this key belong to this certificate?";

    private final Signatures signatures;
    private final List<X509Certificate> chain;

    /** Makes a signer for one signature: in memory, in a token, in a service. */
    @FunctionalInterface
    public interface Signatures {
        ContentSigner next() throws OperatorCreationException;
    }

    /**
     * A key that is kept somewhere else, whose owner has compared it with the certificate.
     *
     * @param chain leaf first, each vouched for by the next
     */
    public SigningKey(Signatures signatures, List<X509Certificate> chain) {
        Certificates.checkAlgorithms(chain);
        Certificates.checkUse(chain.get(0));
        this.signatures = signatures;
        this.chain = List.copyOf(chain);
    }

    /**
     * A key in memory with certificates in any order; those that do not lead from the key's own upwards are left out.
     *
     * @param origin the file or store it came from, for messages
     */
    static SigningKey of(PrivateKey key, List<X509Certificate> certificates, String origin) {
        String algorithm = Certificates.signatureAlgorithm(key.getAlgorithm(), origin);
        byte[] probe = probe(key, algorithm, origin);
        X509Certificate leaf = certificates.stream()
                .filter(certificate -> matches(probe, certificate, algorithm))
                .findFirst()
                .orElseThrow(() -> TickmarkException.fixFirst(
                        "No certificate in '" + origin + "' belongs to its private key.",
                        "Put the certificate that was issued for this key beside it."));
        return new SigningKey(
                () -> new JcaContentSignerBuilder(algorithm).build(key), Certificates.path(leaf, certificates));
    }

    public ContentSigner signer() {
        try {
            return signatures.next();
        } catch (OperatorCreationException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "The key of '" + Certificates.name(certificate()) + "' refuses to sign.",
                    "Look at the key with 'tickmark key show', or choose another one.",
                    e);
        }
    }

    /** Leaf first. */
    public List<X509Certificate> chain() {
        return chain;
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** SHA-256 over the certificate: 64 lower-case hex digits. */
    public String fingerprint() {
        return Certificates.fingerprint(certificate());
    }

    /** Whether this is the identity that vouches for nobody. */
    public boolean demo() {
        return DemoIdentity.is(certificate());
    }

    /** Refuses a key whose certificate is not valid now. */
    public void checkValidAt(Instant now) {
        Certificates.checkValidAt(certificate(), now);
    }

    private static byte[] probe(PrivateKey key, String algorithm, String origin) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "The " + key.getAlgorithm() + " key in '" + origin + "' cannot be used here.",
                    "Use an RSA key of 2048 bits or more, or an EC key on P-256, P-384 or P-521.",
                    e);
        }
    }

    private static boolean matches(byte[] probe, X509Certificate certificate, String algorithm) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE.getBytes(StandardCharsets.US_ASCII));
            return signature.verify(probe);
        } catch (GeneralSecurityException e) {
            return false; // a certificate for another kind or length of key
        }
    }
}
