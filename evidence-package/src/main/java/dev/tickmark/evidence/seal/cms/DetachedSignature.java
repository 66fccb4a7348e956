package dev.tickmark.evidence.seal.cms;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.content.ContentDigest;
import dev.tickmark.evidence.seal.key.SigningKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Hashtable;
import java.util.Map;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;
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
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;

/**
 * A CMS signature beside what it signs: strict DER, one signer, SHA-256, and the attributes content type, message
 * digest, signing time (not inside a PDF) and signing certificate.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5652">RFC 5652, Cryptographic Message Syntax</a>
 * @see <a href="https://www.etsi.org/deliver/etsi_en/319100_319199/31912201/">ETSI EN 319 122-1, CAdES baseline</a>
 */
public final class DetachedSignature {
    private DetachedSignature() {}

    /** Signs a file that lies beside its signature, and says when by the host's clock. */
    public static byte[] overFile(byte[] content, SigningKey key, Instant signingTime) {
        return sign(content, key, signingTime);
    }

    /** Signs the bytes of a PDF around its signature; the time stands in the PDF itself. */
    public static byte[] insidePdf(byte[] content, SigningKey key) {
        return sign(content, key, null);
    }

    /** SHA-256 over the signature value: what a time token inside the signature covers. */
    public static byte[] digestOfSignature(byte[] signature) {
        try {
            return ContentDigest.newSha256()
                    .digest(onlySigner(new CMSSignedData(signature)).getSignature());
        } catch (CMSException e) {
            throw new IllegalStateException(e); // we made it
        }
    }

    /** The signature with a time token over its value, as an attribute that it does not sign. */
    public static byte[] withTime(byte[] signature, byte[] token) {
        try {
            CMSSignedData signed = new CMSSignedData(signature);
            Attribute time = new Attribute(
                    PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
                    new DERSet(ASN1Primitive.fromByteArray(token)));
            SignerInformation signer = SignerInformation.replaceUnsignedAttributes(
                    onlySigner(signed), new AttributeTable(new DERSet(time)));
            return CMSSignedData.replaceSigners(signed, new SignerInformationStore(signer))
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | IOException e) {
            throw new IllegalStateException(e); // we made both
        }
    }

    private static SignerInformation onlySigner(CMSSignedData signed) {
        return signed.getSignerInfos().iterator().next();
    }

    private static byte[] sign(byte[] content, SigningKey key, @Nullable Instant signingTime) {
        try {
            ASN1EncodableVector attributes = new ASN1EncodableVector();
            attributes.add(signingCertificate(key.certificate()));
            if (signingTime != null) {
                attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(signingTime)))));
            }
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                    .setSignedAttributeGenerator(new Attributes(new AttributeTable(attributes), signingTime != null))
                    .build(key.signer(), new JcaX509CertificateHolder(key.certificate())));
            generator.addCertificates(new JcaCertStore(key.chain()));
            return generator
                    .generate(new CMSProcessableByteArray(content), false)
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | OperatorCreationException | GeneralSecurityException | IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "Signing with the certificate '" + key.fingerprint() + "' failed: " + e.getMessage() + ".",
                    "Look at the key with 'tickmark key show', or choose another one.",
                    e);
        }
    }

    private static Attribute signingCertificate(X509Certificate certificate) throws GeneralSecurityException {
        GeneralNames issuer = new GeneralNames(new GeneralName(
                X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded())));
        byte[] digest = ContentDigest.newSha256().digest(certificate.getEncoded());
        ESSCertIDv2 id = new ESSCertIDv2(null, digest, new IssuerSerial(issuer, certificate.getSerialNumber()));
        return new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(new SigningCertificateV2(id)));
    }

    /** The library's standard attributes without those that the baseline does not name. */
    private static final class Attributes extends DefaultSignedAttributeTableGenerator {
        private final boolean withTime;

        Attributes(AttributeTable table, boolean withTime) {
            super(table);
            this.withTime = withTime;
        }

        @Override
        @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the signature of the overridden method
        protected Hashtable createStandardAttributeTable(Map parameters) {
            Hashtable attributes = super.createStandardAttributeTable(parameters);
            attributes.remove(CMSAttributes.cmsAlgorithmProtect);
            if (!withTime) {
                attributes.remove(CMSAttributes.signingTime);
            }
            return attributes;
        }
    }
}
