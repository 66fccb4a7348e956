package dev.tickmark.evidence.seal.key;

import dev.tickmark.evidence.TickmarkException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** A signing key in a file: PKCS#12, or PEM (PKCS#8, encrypted or not) with its certificates in it or beside it. */
public final class KeyFile {
    private static final String PEM_MARK = "-----BEGIN ";

    private KeyFile() {}

    /**
     * Opens a key that may sign now.
     *
     * @param certificates a PEM file with the key's certificate and its chain, where the key's own file lacks them
     */
    public static SigningKey open(Path file, @Nullable Path certificates, Passphrase passphrase, Instant now) {
        SigningKey key = load(file, certificates, passphrase);
        key.checkValidAt(now);
        return key;
    }

    /** Opens a key whatever the time. */
    static SigningKey load(Path file, @Nullable Path certificates, Passphrase passphrase) {
        byte[] bytes = read(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains(PEM_MARK) ? pem(text, certificates, passphrase, file) : pkcs12(bytes, passphrase, file);
    }

    private static SigningKey pkcs12(byte[] bytes, Passphrase passphrase, Path file) {
        char[] secret = passphrase.read();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), secret);
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1) {
                throw TickmarkException.fixFirst(
                        "The key store '" + file + "' holds " + keys.size() + " private keys.",
                        "Export the one that signs into a key store of its own.");
            }
            Key key = store.getKey(keys.get(0), secret);
            List<X509Certificate> certificates = new ArrayList<>();
            for (Certificate certificate : store.getCertificateChain(keys.get(0))) {
                certificates.add((X509Certificate) certificate);
            }
            return SigningKey.of((PrivateKey) key, certificates, file.toString());
        } catch (IOException | GeneralSecurityException e) {
            boolean wrongPassphrase = e.getCause() instanceof GeneralSecurityException
                    || String.valueOf(e.getMessage()).contains("password");
            throw wrongPassphrase ? wrongPassphrase(file, e) : unreadable(file, "PKCS#12 key store", e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private static SigningKey pem(String text, @Nullable Path beside, Passphrase passphrase, Path file) {
        List<PrivateKey> keys = new ArrayList<>();
        List<X509Certificate> certificates = new ArrayList<>();
        collect(text, passphrase, file, keys, certificates);
        if (beside != null) {
            collect(
                    new String(read(beside), StandardCharsets.ISO_8859_1),
                    passphrase,
                    beside,
                    new ArrayList<>(),
                    certificates);
        }
        if (keys.size() != 1) {
            throw TickmarkException.fixFirst(
                    "The file '" + file + "' holds " + keys.size() + " private keys.",
                    "Give a PEM file with exactly one ('-----BEGIN PRIVATE KEY-----').");
        }
        if (certificates.isEmpty()) {
            throw TickmarkException.fixFirst(
                    "The key in '" + file + "' has no certificate.",
                    "Name the PEM file with its certificate and chain, or put them into the same file.");
        }
        return SigningKey.of(keys.get(0), certificates, file.toString());
    }

    private static void collect(
            String text, Passphrase passphrase, Path file, List<PrivateKey> keys, List<X509Certificate> certificates) {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof X509CertificateHolder certificate) {
                    certificates.add(new JcaX509CertificateConverter().getCertificate(certificate));
                } else if (part instanceof PrivateKeyInfo info) {
                    keys.add(converter.getPrivateKey(info));
                } else if (part instanceof PEMKeyPair pair) {
                    keys.add(converter.getPrivateKey(pair.getPrivateKeyInfo()));
                } else if (part instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                    keys.add(converter.getPrivateKey(decrypt(encrypted, passphrase, file)));
                } else if (part instanceof PEMEncryptedKeyPair) {
                    throw TickmarkException.fixFirst(
                            "The key in '" + file + "' is encrypted in an old form of OpenSSL.",
                            "Convert it with 'openssl pkcs8 -topk8 -in OLD -out NEW'.");
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(file, "PEM file", e);
        }
    }

    private static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo encrypted, Passphrase passphrase, Path file)
            throws PEMException {
        char[] secret = passphrase.read();
        try {
            return encrypted.decryptPrivateKeyInfo(new JcePKCSPBEInputDecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(secret));
        } catch (PKCSException e) {
            throw wrongPassphrase(file, e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, "key file", e);
        }
    }

    private static TickmarkException wrongPassphrase(Path file, Exception cause) {
        return new TickmarkException(
                TickmarkException.Kind.FIX_FIRST,
                "The passphrase does not open '" + file + "'.",
                "Check the environment variable or the file that holds it.",
                cause);
    }

    private static TickmarkException unreadable(Path file, String kind, Exception cause) {
        return new TickmarkException(
                TickmarkException.Kind.FIX_FIRST,
                "The file '" + file + "' cannot be read as a " + kind + ".",
                "Check its path and permissions, or make a key with 'tickmark key new'.",
                cause);
    }
}
