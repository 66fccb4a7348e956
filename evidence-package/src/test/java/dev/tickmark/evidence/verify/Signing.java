package dev.tickmark.evidence.verify;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** Signatures and time tokens for tests, good ones and, by a setting, ones that no sealer would make. */
final class Signing {
    private final Identity signer;
    private String algorithm = "SHA256withECDSA";
    private boolean namesCertificate = true;
    private boolean namesTime = true;
    private List<Identity> others = List.of();
    private Identity named;
    private List<java.security.cert.X509Certificate> extra = List.of();

    private Signing(Identity signer) {
        this.signer = signer;
        this.named = signer;
    }

    static Signing by(Identity signer) {
        return new Signing(signer);
    }

    Signing algorithm(String name) {
        algorithm = name;
        return this;
    }

    Signing withoutSigningCertificate() {
        namesCertificate = false;
        return this;
    }

    Signing withoutTime() {
        namesTime = false;
        return this;
    }

    Signing naming(Identity other) {
        named = other;
        return this;
    }

    Signing with(Identity other) {
        others = List.of(other);
        return this;
    }

    Signing carrying(Identity stranger) {
        extra = List.of(stranger.certificate());
        return this;
    }

    byte[] over(byte[] content) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            List<Identity> all = new ArrayList<>(others);
            all.add(signer);
            for (Identity one : all) {
                generator.addSignerInfoGenerator(
                        new SignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                                .setSignedAttributeGenerator(new Attributes(attributes(), namesTime))
                                .build(
                                        new JcaContentSignerBuilder(algorithm).build(one.key()),
                                        new JcaX509CertificateHolder(one.certificate())));
                generator.addCertificates(new JcaCertStore(one.chain()));
            }
            generator.addCertificates(new JcaCertStore(extra));
            return generator
                    .generate(new CMSProcessableByteArray(content), false)
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | OperatorCreationException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private AttributeTable attributes() throws GeneralSecurityException {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        if (namesCertificate) {
            attributes.add(new Attribute(
                    PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                    new DERSet(new SigningCertificateV2(
                            new ESSCertIDv2(null, Sha256.of(named.certificate().getEncoded()), null)))));
        }
        if (namesTime) {
            attributes.add(
                    new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(PackageForge.SEALED_AT)))));
        }
        return new AttributeTable(attributes);
    }

    private static final class Attributes extends DefaultSignedAttributeTableGenerator {
        private final boolean time;

        Attributes(AttributeTable table, boolean time) {
            super(table);
            this.time = time;
        }

        @Override
        @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the signature of the overridden method
        protected Hashtable createStandardAttributeTable(Map parameters) {
            Hashtable attributes = super.createStandardAttributeTable(parameters);
            attributes.remove(CMSAttributes.cmsAlgorithmProtect);
            if (!time) {
                attributes.remove(CMSAttributes.signingTime);
            }
            return attributes;
        }
    }

    /** The signature with one more attribute that it does not cover. */
    static byte[] withUnsigned(byte[] signature, ASN1ObjectIdentifier type, byte[] value) {
        try {
            CMSSignedData data = new CMSSignedData(signature);
            SignerInformation signer = data.getSignerInfos().iterator().next();
            AttributeTable unsigned =
                    new AttributeTable(new Attribute(type, new DERSet(ASN1Primitive.fromByteArray(value))));
            SignerInformation with = SignerInformation.replaceUnsignedAttributes(signer, unsigned);
            return CMSSignedData.replaceSigners(data, new SignerInformationStore(with))
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] signatureValue(byte[] signature) {
        try {
            return new CMSSignedData(signature)
                    .getSignerInfos()
                    .iterator()
                    .next()
                    .getSignature();
        } catch (CMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The whole answer of a time authority over these bytes. */
    static byte[] timeResponse(Identity authority, byte[] stamped, Instant at) {
        try {
            TimeStampRequestGenerator ask = new TimeStampRequestGenerator();
            ask.setCertReq(true);
            TimeStampRequest request = ask.generate(TSPAlgorithms.SHA256, Sha256.of(stamped));
            return answer(authority)
                    .generate(request, BigInteger.ONE, Date.from(at))
                    .getEncoded();
        } catch (TSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer of a time authority to a request as it came. */
    static byte[] answer(Identity authority, byte[] request, Instant at) {
        try {
            return answer(authority)
                    .generate(new TimeStampRequest(request), BigInteger.ONE, Date.from(at))
                    .getEncoded();
        } catch (TSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] timeToken(Identity authority, byte[] stamped, Instant at) {
        try {
            byte[] response = timeResponse(authority, stamped, at);
            return new org.bouncycastle.tsp.TimeStampResponse(response)
                    .getTimeStampToken()
                    .getEncoded(ASN1Encoding.DER);
        } catch (TSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TimeStampResponseGenerator answer(Identity authority) throws TSPException {
        try {
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder()
                            .build("SHA256withECDSA", authority.key(), authority.certificate()),
                    new JcaDigestCalculatorProviderBuilder()
                            .build()
                            .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
                    new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"));
            tokens.addCertificates(new JcaCertStore(authority.chain()));
            return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED);
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
