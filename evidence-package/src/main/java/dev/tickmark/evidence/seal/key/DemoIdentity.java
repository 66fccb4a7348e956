package dev.tickmark.evidence.seal.key;

import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** The identity that a first run signs with: it proves that nothing was changed, and vouches for nobody. */
public final class DemoIdentity {
    /** Its common name, by which everybody can know it. */
    public static final String NAME = "DEMO IDENTITY - NOT TRUSTED";

    private DemoIdentity() {}

    public static boolean is(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        for (var name : subject.getRDNs(BCStyle.CN)) {
            if (NAME.equals(name.getFirst().getValue().toString())) {
                return true;
            }
        }
        return false;
    }
}
