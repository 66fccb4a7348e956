package dev.tickmark.evidence.seal.time;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/**
 * Asks the configured time authorities, one after the other, until one gives a good answer.
 *
 * <p>A bad answer counts as none: sealing goes on without a token, which can be added later.
 */
public final class TimeAuthority {
    private static final int TRIES = 2;

    private final List<URI> authorities;
    private final Duration connect;
    private final Duration read;
    private final SecureRandom random = new SecureRandom();

    /**
     * What came of asking.
     *
     * @param problems one sentence for each try that gave no token, in order
     */
    public record Answer(Optional<TimeToken> token, List<String> problems) {
        public Answer {
            problems = List.copyOf(problems);
        }
    }

    public TimeAuthority(List<URI> authorities) {
        this(authorities, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    /**
     * With other limits for one try.
     *
     * @param connect until there is a connection
     * @param read from then until the whole answer is there
     */
    public TimeAuthority(List<URI> authorities, Duration connect, Duration read) {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("no authority to ask");
        }
        authorities.forEach(TimeAuthority::check);
        this.authorities = List.copyOf(authorities);
        this.connect = connect;
        this.read = read;
    }

    private static void check(URI authority) {
        String scheme = String.valueOf(authority.getScheme()).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (!web || authority.getHost() == null || authority.getUserInfo() != null || authority.getFragment() != null) {
            throw TickmarkException.notUnderstood(
                    "'" + authority.getScheme() + "://" + authority.getHost()
                            + "' is not the address of a time authority.",
                    "Give an http or https address without user name, password or fragment.");
        }
    }

    /** In the order in which they are asked. */
    public List<URI> authorities() {
        return authorities;
    }

    /**
     * Asks for a token over a digest.
     *
     * @param sha256 32 bytes
     */
    public Answer ask(byte[] sha256) {
        List<String> problems = new ArrayList<>();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect)
                .build();
        for (URI authority : authorities) {
            for (int attempt = 1; attempt <= TRIES; attempt++) {
                try {
                    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
                    generator.setCertReq(true);
                    TimeStampRequest request =
                            generator.generate(TSPAlgorithms.SHA256, sha256, new BigInteger(64, random));
                    byte[] answer = post(client, authority, request.getEncoded());
                    return new Answer(Optional.of(TimeToken.receive(answer, request)), problems);
                } catch (IOException | TSPException | CMSException | TimeoutException | RuntimeException e) {
                    // the library throws unchecked exceptions for some malformed answers; all of them are no answer
                    problems.add("Time authority '" + authority.getHost() + "', try " + attempt + " of " + TRIES
                            + ": no usable answer (" + reason(e) + ").");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    problems.add("Asking time authority '" + authority.getHost() + "' was interrupted.");
                    return new Answer(Optional.empty(), problems);
                }
            }
        }
        return new Answer(Optional.empty(), problems);
    }

    private byte[] post(HttpClient client, URI authority, byte[] request)
            throws IOException, InterruptedException, TimeoutException {
        HttpRequest post = HttpRequest.newBuilder(authority)
                .header("Content-Type", "application/timestamp-query")
                .header("Accept", "application/timestamp-reply")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(post, headers -> new LimitedBody());
        try {
            HttpResponse<byte[]> response = answer.get(connect.plus(read).toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static String reason(Exception e) {
        if (e instanceof TimeoutException) {
            return "too slow";
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? "not reachable" : message.strip();
    }
}
