package dev.tickmark.evidence.verify;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An invented signer or authority: a key, its certificate and those above it. */
record Identity(PrivateKey key, List<X509Certificate> chain) {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration YEAR = Duration.ofDays(365);

    Identity {
        chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    String fingerprint() {
        return Certificates.fingerprint(certificate());
    }

    static Identity authority(String name) {
        return make("CN=" + name, null, START, YEAR.multipliedBy(20), Kind.AUTHORITY);
    }

    static Identity demo() {
        return make("CN=DEMO IDENTITY - NOT TRUSTED", null, START, YEAR, Kind.SIGNER);
    }

    Identity issue(String name) {
        return make("CN=" + name, this, START, YEAR, Kind.SIGNER);
    }

    Identity issue(String name, Instant from, Duration length) {
        return make("CN=" + name, this, from, length, Kind.SIGNER);
    }

    Identity issueTimeAuthority(String name) {
        return make("CN=" + name, this, START, YEAR.multipliedBy(5), Kind.TIME);
    }

    Identity issueEncryptionOnly(String name) {
        return make("CN=" + name, this, START, YEAR, Kind.ENCRYPTION);
    }

    /** A revocation list of this authority. */
    X509CRL revoke(X509Certificate certificate, Instant at, Instant thisUpdate, Instant nextUpdate) {
        try {
            X509v2CRLBuilder list = new JcaX509v2CRLBuilder(certificate(), Date.from(thisUpdate));
            list.setNextUpdate(Date.from(nextUpdate));
            list.addCRLEntry(certificate.getSerialNumber(), Date.from(at), CRLReason.superseded);
            return new JcaX509CRLConverter()
                    .getCRL(list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private enum Kind {
        AUTHORITY,
        SIGNER,
        TIME,
        ENCRYPTION
    }

    private static Identity make(String subject, @Nullable Identity issuer, Instant from, Duration length, Kind kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name(subject);
            X500Name above = issuer == null
                    ? name
                    : X500Name.getInstance(
                            issuer.certificate().getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    above,
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(from),
                    Date.from(from.plus(length)),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(kind == Kind.AUTHORITY));
            builder.addExtension(Extension.keyUsage, true, usage(kind));
            if (kind == Kind.TIME) {
                builder.addExtension(
                        Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
            }
            PrivateKey signing = issuer == null ? pair.getPrivate() : issuer.key();
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signing)));
            List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
            if (issuer != null) {
                chain.addAll(issuer.chain());
            }
            return new Identity(pair.getPrivate(), chain);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyUsage usage(Kind kind) {
        return new KeyUsage(
                switch (kind) {
                    case AUTHORITY -> KeyUsage.keyCertSign | KeyUsage.cRLSign;
                    case SIGNER -> KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
                    case TIME -> KeyUsage.digitalSignature;
                    case ENCRYPTION -> KeyUsage.keyEncipherment;
                });
    }
}
