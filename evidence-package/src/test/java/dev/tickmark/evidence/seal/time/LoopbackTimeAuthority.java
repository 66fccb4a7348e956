package dev.tickmark.evidence.seal.time;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A time authority on this machine that can be told to misbehave. */
public final class LoopbackTimeAuthority implements AutoCloseable {
    private static final X500Name ROOT = new X500Name("CN=Example Time Root");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final Behaviour behaviour;
    private final Instant time;
    private final KeyPair keys;
    private final X509Certificate root;
    private final X509Certificate certificate;
    private final X509Certificate stranger;

    /** How it answers. */
    public enum Behaviour {
        GOOD,
        GOOD_WITH_A_CERTIFICATE_TOO_MANY,
        SERVER_ERROR,
        REFUSAL,
        GARBAGE,
        SILENCE,
        OVERSIZED,
        WRONG_NONCE,
        WRONG_IMPRINT,
        EXPIRED_CERTIFICATE
    }

    /** Starts on a free port; its tokens say {@code time}. */
    public LoopbackTimeAuthority(Behaviour behaviour, Instant time) {
        this.behaviour = behaviour;
        this.time = time;
        try {
            KeyPair rootKeys = newKeys();
            keys = newKeys();
            root = certificate(ROOT, rootKeys, rootKeys, time.plus(Duration.ofDays(3650)), true);
            Instant until = behaviour == Behaviour.EXPIRED_CERTIFICATE
                    ? time.minus(Duration.ofDays(1))
                    : time.plus(Duration.ofDays(1000));
            certificate = certificate(new X500Name("CN=Example Time Authority"), keys, rootKeys, until, false);
            KeyPair strange = newKeys();
            stranger = certificate(new X500Name("CN=Stranger"), strange, strange, until, true);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (GeneralSecurityException | OperatorException | IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
    }

    /** How many requests have come. */
    public int asked() {
        return asked.get();
    }

    /** The certificate that an auditor would have from the authority, as PEM. */
    public Path rootPem(Path folder) {
        try {
            String base64 = Base64.getMimeEncoder().encodeToString(root.getEncoded());
            return Files.writeString(
                    folder.resolve("tsa-ca.pem"),
                    "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            byte[] answer = switch (behaviour) {
                case SILENCE -> {
                    closing.await();
                    yield new byte[0];
                }
                case SERVER_ERROR -> new byte[0];
                case GARBAGE -> "<html>Please sign in</html>".getBytes(StandardCharsets.UTF_8);
                case OVERSIZED -> new byte[(1 << 20) + 1];
                default -> token(new TimeStampRequest(request));
            };
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(
                    behaviour == Behaviour.SERVER_ERROR ? 503 : 200, answer.length == 0 ? -1 : answer.length);
            if (answer.length > 0) {
                exchange.getResponseBody().write(answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GeneralSecurityException | OperatorException | TSPException e) {
            throw new IOException(e);
        }
    }

    private byte[] token(TimeStampRequest asked)
            throws GeneralSecurityException, OperatorException, TSPException, IOException {
        TimeStampRequest request = asked;
        TimeStampRequestGenerator other = new TimeStampRequestGenerator();
        other.setCertReq(true);
        if (behaviour == Behaviour.WRONG_NONCE) {
            request = other.generate(
                    TSPAlgorithms.SHA256,
                    asked.getMessageImprintDigest(),
                    asked.getNonce().add(BigInteger.ONE));
        } else if (behaviour == Behaviour.WRONG_IMPRINT) {
            request = other.generate(TSPAlgorithms.SHA256, new byte[32], asked.getNonce());
        }
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", keys.getPrivate(), certificate),
                new JcaDigestCalculatorProviderBuilder()
                        .build()
                        .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
                new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"));
        tokens.addCertificates(new JcaCertStore(
                behaviour == Behaviour.GOOD_WITH_A_CERTIFICATE_TOO_MANY
                        ? List.of(stranger, certificate, root)
                        : List.of(certificate)));
        TimeStampResponseGenerator responses = new TimeStampResponseGenerator(
                tokens, behaviour == Behaviour.REFUSAL ? Set.of(TSPAlgorithms.SHA512) : TSPAlgorithms.ALLOWED);
        return responses
                .generate(request, BigInteger.valueOf(7), Date.from(time))
                .getEncoded();
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private X509Certificate certificate(X500Name subject, KeyPair own, KeyPair issuer, Instant until, boolean authority)
            throws GeneralSecurityException, OperatorException, IOException {
        X500Name issuerName = own.equals(issuer) ? subject : ROOT;
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuerName,
                new BigInteger(64, new SecureRandom()),
                Date.from(time.minus(Duration.ofDays(1000))),
                Date.from(until),
                subject,
                own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (authority) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } else {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }
}
