package dev.tickmark.evidence.verify;

import dev.tickmark.evidence.verify.CmsSignature.Refused;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPValidationException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * A time authority's word that some bytes existed, checked but for who the authority is.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3161">RFC 3161, 2.3 and 2.4.2</a>
 */
record TimeToken(Instant genTime, X509Certificate authority, List<X509Certificate> certificates) {
    private static final Map<ASN1ObjectIdentifier, String> DIGESTS = Map.of(
            NISTObjectIdentifiers.id_sha256, "SHA-256",
            NISTObjectIdentifiers.id_sha384, "SHA-384",
            NISTObjectIdentifiers.id_sha512, "SHA-512");

    TimeToken {
        certificates = List.copyOf(certificates);
    }

    /** Reads the whole response of a time authority over these bytes. */
    static TimeToken ofResponse(byte[] response, byte[] stamped) throws Refused {
        if (response.length > CmsSignature.LONGEST || !StrictDer.holds(response)) {
            throw unreadable();
        }
        try {
            TimeStampResponse read = new TimeStampResponse(response);
            TimeStampToken token = read.getTimeStampToken();
            boolean granted = read.getStatus() == PKIStatus.GRANTED || read.getStatus() == PKIStatus.GRANTED_WITH_MODS;
            if (token == null || !granted) {
                throw new Refused(Reason.TIMESTAMP_INVALID, "is a refusal of the time authority");
            }
            return check(token, stamped);
        } catch (TSPException
                | IOException
                | RuntimeException e) { // unchecked: the library's answer to malformed values
            throw unreadable();
        }
    }

    /** Reads a token that stands inside another file, over these bytes. */
    static TimeToken ofToken(byte[] token, byte[] stamped) throws Refused {
        if (token.length > CmsSignature.LONGEST || !StrictDer.holds(token)) {
            throw unreadable();
        }
        try {
            return check(new TimeStampToken(new CMSSignedData(token)), stamped);
        } catch (TSPException | CMSException | IOException | RuntimeException e) { // as above
            throw unreadable();
        }
    }

    private static TimeToken check(TimeStampToken token, byte[] stamped) throws Refused {
        String digest = DIGESTS.get(token.getTimeStampInfo().getMessageImprintAlgOID());
        if (digest == null) {
            throw new Refused(Reason.TIMESTAMP_INVALID, "names what it stamped by an outdated digest");
        }
        if (!Arrays.equals(hash(digest, stamped), token.getTimeStampInfo().getMessageImprintDigest())) {
            throw new Refused(Reason.TIMESTAMP_MISMATCH, "was made over other bytes");
        }
        List<SignerInformation> signers =
                List.copyOf(token.toCMSSignedData().getSignerInfos().getSigners());
        if (signers.size() != 1
                || !DIGESTS.containsKey(new ASN1ObjectIdentifier(signers.get(0).getDigestAlgOID()))) {
            throw new Refused(Reason.TIMESTAMP_INVALID, "has more than one signer or an outdated digest");
        }
        List<X509CertificateHolder> authority = token.getCertificates().getMatches(null).stream()
                .filter(holder -> token.getSID().match(holder))
                .toList();
        if (authority.size() != 1) {
            throw new Refused(Reason.TIMESTAMP_INVALID, "does not carry the certificate of its time authority");
        }
        try {
            X509Certificate certificate = Certificates.read(authority.get(0).getEncoded());
            if (!Certificates.longEnough(certificate.getPublicKey())) {
                throw new Refused(Reason.TIMESTAMP_INVALID, "is signed with a key that is too short");
            }
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(authority.get(0)));
            List<X509Certificate> all = new ArrayList<>();
            for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
                all.add(Certificates.read(holder.getEncoded()));
            }
            List<X509Certificate> path = Certificates.path(certificate, all).orElseThrow(TimeToken::unreadable);
            if (signers.get(0).getUnsignedAttributes() != null
                    || !token.toCMSSignedData().getCRLs().getMatches(null).isEmpty()) {
                throw unreadable();
            }
            return new TimeToken(token.getTimeStampInfo().getGenTime().toInstant(), certificate, path);
        } catch (TSPValidationException e) {
            throw new Refused(Reason.TIMESTAMP_INVALID, "is refused: " + e.getMessage());
        } catch (TSPException | OperatorCreationException | GeneralSecurityException | IOException e) {
            throw new Refused(Reason.TIMESTAMP_INVALID, "has a signature or a certificate that does not hold");
        }
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refused unreadable() {
        return new Refused(
                Reason.TIMESTAMP_UNREADABLE,
                "is no time token in DER that carries its authority's path and nothing else");
    }
}
