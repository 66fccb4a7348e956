package dev.tickmark.evidence.seal.time;

import dev.tickmark.evidence.seal.key.Certificates;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.CollectionStore;

/**
 * A time authority's word that a digest existed at an instant.
 *
 * <p>Kept in one form: strict DER, status granted, and of the certificates only those that lead from the authority's own
 * upwards. What no signature covers (texts, lists, more certificates) is left out, so that no byte of it is free.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3161">RFC 3161, Time-Stamp Protocol</a>
 */
public final class TimeToken {
    private static final Set<String> STRONG = Set.of(
            NISTObjectIdentifiers.id_sha256.getId(),
            NISTObjectIdentifiers.id_sha384.getId(),
            NISTObjectIdentifiers.id_sha512.getId());

    private final byte[] response;
    private final byte[] token;
    private final Instant time;

    private TimeToken(byte[] response, byte[] token, Instant time) {
        this.response = response;
        this.token = token;
        this.time = time;
    }

    /** The whole TimeStampResp, for a {@code .tsr} file. */
    public byte[] response() {
        return response.clone();
    }

    /** The token alone, to be put into another signature. */
    public byte[] token() {
        return token.clone();
    }

    /** When, by the authority's clock. */
    public Instant time() {
        return time;
    }

    /**
     * Takes an answer to a request if it is a good one: status, nonce, imprint, the authority's certificate inside, for
     * time stamps alone, valid at the stated time, and its signature.
     */
    static TimeToken receive(byte[] answer, TimeStampRequest request) throws IOException, TSPException, CMSException {
        TimeStampResponse response = new TimeStampResponse(answer);
        response.validate(request);
        TimeStampToken token = response.getTimeStampToken();
        if (token == null) {
            throw new TSPException("refused with status " + response.getStatus());
        }
        ContentInfo kept = strict(token.toCMSSignedData());
        byte[] whole = new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), kept).getEncoded(ASN1Encoding.DER);
        TimeStampResponse again = new TimeStampResponse(whole);
        again.validate(request);
        check(again.getTimeStampToken());
        Instant time = again.getTimeStampToken().getTimeStampInfo().getGenTime().toInstant();
        return new TimeToken(whole, kept.getEncoded(ASN1Encoding.DER), time);
    }

    private static ContentInfo strict(CMSSignedData signed) throws CMSException, TSPException, IOException {
        SignerInformation signer = onlySigner(signed);
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (X509CertificateHolder holder : signed.getCertificates().getMatches(null)) {
                certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
            }
            X509Certificate own = new JcaX509CertificateConverter().getCertificate(certificateOf(signer, signed));
            CMSSignedData fewer = CMSSignedData.replaceCertificatesAndCRLs(
                    signed,
                    new JcaCertStore(Certificates.path(own, certificates)),
                    new CollectionStore<>(List.of()),
                    new CollectionStore<>(List.of()));
            CMSSignedData bare = CMSSignedData.replaceSigners(
                    fewer, new SignerInformationStore(SignerInformation.replaceUnsignedAttributes(signer, null)));
            return ContentInfo.getInstance(bare.toASN1Structure().getEncoded(ASN1Encoding.DER));
        } catch (GeneralSecurityException e) {
            throw new TSPException("certificate cannot be read: " + e.getMessage(), e);
        }
    }

    private static void check(TimeStampToken token) throws TSPException, CMSException {
        CMSSignedData signed = token.toCMSSignedData();
        SignerInformation signer = onlySigner(signed);
        if (!STRONG.contains(signer.getDigestAlgOID())) {
            throw new TSPException("digest algorithm " + signer.getDigestAlgOID() + " is too weak");
        }
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(certificateOf(signer, signed)));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new TSPException("signature cannot be checked: " + e.getMessage(), e);
        }
    }

    private static SignerInformation onlySigner(CMSSignedData signed) throws TSPException {
        if (signed.getSignerInfos().size() != 1) {
            throw new TSPException("not exactly one signer");
        }
        return signed.getSignerInfos().iterator().next();
    }

    private static X509CertificateHolder certificateOf(SignerInformation signer, CMSSignedData signed)
            throws TSPException {
        for (X509CertificateHolder certificate : signed.getCertificates().getMatches(null)) {
            if (signer.getSID().match(certificate)) {
                return certificate;
            }
        }
        throw new TSPException("the authority's certificate is not inside");
    }
}
