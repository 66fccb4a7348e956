package dev.tickmark.evidence.verify;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;

/**
 * A detached CMS signature of baseline level, checked against the digest of what it is said to cover: one signer, known
 * algorithms, the signer's certificate named inside what is signed, and no byte that could be something else.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5652">RFC 5652, 5</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5035">RFC 5035, 3 (signingCertificateV2)</a>
 */
record CmsSignature(List<X509Certificate> path, Optional<Instant> signingTime, Value value, Optional<Value> timeToken) {
    /** The longest signature file that is read. */
    static final int LONGEST = 1 << 20;

    private static final Set<ASN1ObjectIdentifier> RSA =
            Set.of(PKCSObjectIdentifiers.rsaEncryption, PKCSObjectIdentifiers.sha256WithRSAEncryption);
    private static final ASN1ObjectIdentifier TIME_TOKEN = PKCSObjectIdentifiers.id_aa_signatureTimeStampToken;

    CmsSignature {
        path = List.copyOf(path);
    }

    /** Bytes that are compared by content. */
    record Value(String base64) {
        static Value of(byte[] bytes) {
            return new Value(Base64.getEncoder().encodeToString(bytes));
        }

        byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }
    }

    X509Certificate signer() {
        return path.get(0);
    }

    /** What is wrong with a signature, as the step that met it says it. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final Reason reason;
        private final boolean contentDiffers;

        Refused(Reason reason, String problem) {
            this(reason, problem, false);
        }

        Refused(Reason reason, String problem, boolean contentDiffers) {
            super(problem);
            this.reason = reason;
            this.contentDiffers = contentDiffers;
        }

        Reason reason() {
            return reason;
        }

        /** Whether the signature is whole and only the content is another. */
        boolean contentDiffers() {
            return contentDiffers;
        }

        String problem() {
            return String.valueOf(getMessage());
        }
    }

    /** Reads a signature in a file of its own: with a signing time and without any unsigned attribute. */
    static CmsSignature ofFile(byte[] der, byte[] contentSha256) throws Refused {
        CmsSignature signature = read(der, contentSha256);
        if (signature.timeToken().isPresent()) {
            throw unreadable("carries an attribute that its signature does not cover");
        }
        if (signature.signingTime().isEmpty()) {
            throw unreadable("does not say when its signer claims to have signed");
        }
        return signature;
    }

    /** Reads a signature in a PDF: the time stands in the PDF, and a time token may be added. */
    static CmsSignature ofPdf(byte[] der, byte[] contentSha256) throws Refused {
        return read(der, contentSha256);
    }

    private static CmsSignature read(byte[] der, byte[] contentSha256) throws Refused {
        if (!StrictDer.holds(der)) {
            throw unreadable("is not one value in DER, or bytes follow it");
        }
        try {
            if (!Arrays.equals(ASN1Primitive.fromByteArray(der).getEncoded(ASN1Encoding.DER), der)) {
                throw unreadable("is not in DER");
            }
            CMSSignedData data = new CMSSignedData(Map.of(NISTObjectIdentifiers.id_sha256, contentSha256), der);
            return check(data, contentSha256);
        } catch (IOException | CMSException | GeneralSecurityException e) {
            throw unreadable("cannot be read as a CMS signature");
        } catch (RuntimeException e) { // the ASN.1 library answers malformed values with unchecked exceptions
            throw unreadable("holds a value that a CMS signature does not hold");
        }
    }

    private static CmsSignature check(CMSSignedData data, byte[] contentSha256)
            throws Refused, GeneralSecurityException, IOException {
        if (!data.isDetachedSignature() || !CMSObjectIdentifiers.data.getId().equals(data.getSignedContentTypeOID())) {
            throw unreadable("does not cover a file beside it");
        }
        List<SignerInformation> signers = List.copyOf(data.getSignerInfos().getSigners());
        if (signers.size() != 1) {
            throw unreadable("has " + signers.size() + " signers instead of one");
        }
        if (!data.getCRLs().getMatches(null).isEmpty()
                || !data.getAttributeCertificates().getMatches(null).isEmpty()) {
            throw unreadable("carries revocation lists or attribute certificates, which no package does");
        }
        SignerInformation signer = signers.get(0);
        if (data.getVersion() != 1
                || signer.getVersion() != 1
                || data.getDigestAlgorithmIDs().size() != 1) {
            throw unreadable("is not of the version that packages use");
        }
        checkAlgorithms(data, signer);
        List<X509Certificate> path = path(data, signer);
        AttributeTable signed = signer.getSignedAttributes();
        if (signed == null) {
            throw unreadable("has no signed attributes");
        }
        checkSigningCertificate(signed, path.get(0));
        if (!CMSObjectIdentifiers.data.equals(only(signed, CMSAttributes.contentType))) {
            throw unreadable("names another type of content");
        }
        verify(signer, path.get(0).getPublicKey());
        ASN1OctetString digest = ASN1OctetString.getInstance(only(signed, CMSAttributes.messageDigest));
        if (!Arrays.equals(digest.getOctets(), contentSha256)) {
            throw new Refused(Reason.SIGNATURE_INVALID, "was made over other bytes", true);
        }
        return new CmsSignature(path, signingTime(signed), Value.of(signer.getSignature()), timeToken(signer));
    }

    private static void checkAlgorithms(CMSSignedData data, SignerInformation signer) throws Refused {
        AlgorithmIdentifier listed = data.getDigestAlgorithmIDs().iterator().next();
        AlgorithmIdentifier digest = signer.getDigestAlgorithmID();
        if (!isSha256(listed) || !isSha256(digest)) {
            throw new Refused(Reason.SIGNATURE_ALGORITHM, "uses the digest " + signer.getDigestAlgOID());
        }
        AlgorithmIdentifier algorithm = signer.toASN1Structure().getDigestEncryptionAlgorithm();
        boolean plain = withoutParameters(algorithm);
        if (!(RSA.contains(algorithm.getAlgorithm()) && plain)
                && !(X9ObjectIdentifiers.ecdsa_with_SHA256.equals(algorithm.getAlgorithm())
                        && algorithm.getParameters() == null)) {
            throw new Refused(
                    Reason.SIGNATURE_ALGORITHM,
                    "uses the algorithm " + algorithm.getAlgorithm().getId());
        }
    }

    private static boolean isSha256(AlgorithmIdentifier algorithm) {
        return NISTObjectIdentifiers.id_sha256.equals(algorithm.getAlgorithm()) && withoutParameters(algorithm);
    }

    private static boolean withoutParameters(AlgorithmIdentifier algorithm) {
        ASN1Encodable parameters = algorithm.getParameters();
        return parameters == null || DERNull.INSTANCE.equals(parameters);
    }

    private static List<X509Certificate> path(CMSSignedData data, SignerInformation signer)
            throws Refused, GeneralSecurityException, IOException {
        List<X509Certificate> all = new ArrayList<>();
        Optional<X509Certificate> leaf = Optional.empty();
        for (X509CertificateHolder holder : data.getCertificates().getMatches(null)) {
            X509Certificate certificate = Certificates.read(holder.getEncoded());
            all.add(certificate);
            if (signer.getSID().match(holder)) {
                if (leaf.isPresent()) {
                    throw unreadable("carries two certificates for its signer");
                }
                leaf = Optional.of(certificate);
            }
        }
        if (leaf.isEmpty()) {
            throw unreadable("does not carry its signer's certificate");
        }
        return Certificates.path(leaf.get(), all)
                .orElseThrow(() -> unreadable("carries a certificate that is no part of its signer's path"));
    }

    private static void checkSigningCertificate(AttributeTable signed, X509Certificate leaf)
            throws Refused, GeneralSecurityException {
        ASN1Encodable value = only(signed, PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        ESSCertIDv2[] named = SigningCertificateV2.getInstance(value).getCerts();
        if (named.length == 0) {
            throw unreadable("does not name its signer's certificate in what is signed");
        }
        ESSCertIDv2 id = named[0];
        if (!NISTObjectIdentifiers.id_sha256.equals(id.getHashAlgorithm().getAlgorithm())) {
            throw new Refused(
                    Reason.SIGNATURE_ALGORITHM, "names its signer's certificate by another digest than SHA-256");
        }
        boolean sameSerial = id.getIssuerSerial() == null
                || id.getIssuerSerial().getSerial().getValue().equals(leaf.getSerialNumber());
        if (!sameSerial || !Arrays.equals(id.getCertHashObject().getOctets(), Sha256.of(leaf.getEncoded()))) {
            throw new Refused(Reason.SIGNATURE_INVALID, "was made for another certificate than the one it carries");
        }
    }

    private static void verify(SignerInformation signer, PublicKey key)
            throws Refused, GeneralSecurityException, IOException {
        if (!Certificates.longEnough(key)) {
            throw new Refused(Reason.SIGNATURE_ALGORITHM, "uses a key that is too short or of another kind");
        }
        boolean rsa = RSA.contains(new ASN1ObjectIdentifier(signer.getEncryptionAlgOID()));
        if (rsa != key.getAlgorithm().equals("RSA")) {
            throw new Refused(Reason.SIGNATURE_ALGORITHM, "names an algorithm that its signer's key is not for");
        }
        Signature engine = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
        engine.initVerify(key);
        engine.update(signer.getEncodedSignedAttributes());
        boolean valid;
        try {
            valid = engine.verify(signer.getSignature());
        } catch (GeneralSecurityException e) {
            valid = false;
        }
        if (!valid) {
            throw new Refused(Reason.SIGNATURE_INVALID, "was not made with the key of the certificate it carries");
        }
    }

    private static Optional<Instant> signingTime(AttributeTable signed) throws Refused {
        if (signed.get(CMSAttributes.signingTime) == null) {
            return Optional.empty();
        }
        ASN1Encodable value = only(signed, CMSAttributes.signingTime);
        Time time = Time.getInstance(value);
        if (!(value instanceof ASN1UTCTime)
                && !time.toASN1Primitive().toString().matches("[0-9]{14}Z")) {
            throw unreadable("gives its signing time in another form than seconds in UTC");
        }
        return Optional.of(time.getDate().toInstant());
    }

    private static Optional<Value> timeToken(SignerInformation signer) throws Refused, IOException {
        AttributeTable unsigned = signer.getUnsignedAttributes();
        if (unsigned == null || unsigned.size() == 0) {
            return Optional.empty();
        }
        if (unsigned.size() != 1 || unsigned.get(TIME_TOKEN) == null) {
            throw unreadable("carries an attribute that its signature does not cover");
        }
        return Optional.of(Value.of(only(unsigned, TIME_TOKEN).toASN1Primitive().getEncoded(ASN1Encoding.DER)));
    }

    private static ASN1Encodable only(AttributeTable table, ASN1ObjectIdentifier type) throws Refused {
        if (table.getAll(type).size() != 1) {
            throw unreadable("has not exactly one attribute " + type.getId());
        }
        Attribute attribute = table.get(type);
        if (attribute == null || attribute.getAttrValues().size() != 1) {
            throw unreadable("has not exactly one value in its attribute " + type.getId());
        }
        return attribute.getAttrValues().getObjectAt(0);
    }

    private static Refused unreadable(String problem) {
        return new Refused(Reason.SIGNATURE_UNREADABLE, problem);
    }
}
