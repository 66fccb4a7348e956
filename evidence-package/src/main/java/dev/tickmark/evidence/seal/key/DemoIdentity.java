package dev.tickmark.evidence.seal.key;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** The identity that a first run signs with: it proves that nothing was changed, and vouches for nobody. */
public final class DemoIdentity {
    /** Its common name, by which everybody can know it. */
    public static final String NAME = "DEMO IDENTITY - NOT TRUSTED";

    private static final String FILE = "demo-identity.pem";
    private static final Duration VALID = Duration.ofDays(365);
    private static final Duration MARGIN = Duration.ofHours(1);

    private DemoIdentity() {}

    /**
     * The identity kept in a folder; made where there is none, or where it has expired.
     *
     * @param folder the user's configuration folder of this tool
     */
    public static SigningKey open(Path folder, Instant now) {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            X509Certificate certificate =
                    KeyFile.load(file, null, Passphrase.none()).certificate();
            boolean valid = !now.isBefore(certificate.getNotBefore().toInstant())
                    && now.isBefore(certificate.getNotAfter().toInstant());
            if (valid && is(certificate)) {
                return KeyFile.open(file, null, Passphrase.none(), now);
            }
        }
        NewKey.Pair pair = NewKey.pair(
                new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, NAME).build(), now.minus(MARGIN), VALID);
        byte[] key = NewKey.pem("PRIVATE KEY", pair.key().getEncoded());
        byte[] certificate = NewKey.pem("CERTIFICATE", Certificates.der(pair.certificate()));
        byte[] both = new byte[key.length + certificate.length];
        System.arraycopy(key, 0, both, 0, key.length);
        System.arraycopy(certificate, 0, both, key.length, certificate.length);
        OwnFiles.replace(file, both);
        return KeyFile.open(file, null, Passphrase.none(), now);
    }

    public static boolean is(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        for (RDN name : subject.getRDNs(BCStyle.CN)) {
            if (NAME.equals(name.getFirst().getValue().toString())) {
                return true;
            }
        }
        return false;
    }
}
