package dev.tickmark.evidence.seal.key;

import dev.tickmark.evidence.TickmarkException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An organisation's own key with a certificate that it signed itself: nobody vouches for it but whoever hands the
 * fingerprint to the auditor.
 *
 * @param fingerprint SHA-256 over the certificate, 64 lower-case hex digits
 * @param certificate the PEM file for the auditor
 */
public record NewKey(Path keyStore, Path certificate, String fingerprint, Instant validUntil) {
    private static final Duration VALID = Duration.ofDays(730);

    /** A private key and its certificate before they are kept anywhere. */
    record Pair(PrivateKey key, X509Certificate certificate) {}

    /**
     * Makes a P-256 key and writes it as PKCS#12 that only its owner may read, and its certificate beside it.
     *
     * @param keyStore the file to make; the certificate's name ends with {@code .pem} instead of {@code .p12}
     */
    public static NewKey make(String organization, Path keyStore, Passphrase passphrase, Instant now) {
        if (organization.isBlank()) {
            throw TickmarkException.notUnderstood(
                    "A key needs the name of its organisation.", "Set 'organization' in the configuration.");
        }
        char[] secret = passphrase.read();
        try {
            if (secret.length == 0) {
                throw TickmarkException.fixFirst("The passphrase is empty.", "Choose one that protects the key.");
            }
            X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.O, organization)
                    .addRDN(BCStyle.CN, organization + " evidence seal")
                    .build();
            Pair pair = pair(subject, now, VALID);
            String base = String.valueOf(keyStore.getFileName()).replaceFirst("\\.(p12|pfx)$", "");
            Path certificate = keyStore.resolveSibling(base + ".pem");
            OwnFiles.create(keyStore, pkcs12(pair, secret));
            OwnFiles.create(certificate, pem("CERTIFICATE", Certificates.der(pair.certificate())));
            return new NewKey(
                    keyStore,
                    certificate,
                    Certificates.fingerprint(pair.certificate()),
                    pair.certificate().getNotAfter().toInstant());
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** A self-signed signer: no authority, signatures that cannot be denied, mail protection as stock tools want it. */
    static Pair pair(X500Name subject, Instant now, Duration valid) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            Instant from = now.truncatedTo(ChronoUnit.SECONDS);
            JcaX509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(127, new SecureRandom()).setBit(126),
                    Date.from(from),
                    Date.from(from.plus(valid)),
                    subject,
                    keys.getPublic());
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            certificate.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
            certificate.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection));
            certificate.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new Pair(
                    keys.getPrivate(),
                    new JcaX509CertificateConverter()
                            .getCertificate(certificate.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e); // P-256 and SHA-256 are part of every Java platform
        }
    }

    static byte[] pem(String kind, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] pkcs12(Pair pair, char[] secret) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "seal", pair.key(), secret, List.of(pair.certificate()).toArray(new Certificate[0]));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, secret);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
