package dev.tickmark.collect.aws;

import dev.tickmark.collect.CutField;
import dev.tickmark.collect.RowSource;
import dev.tickmark.evidence.warc.Body;
import dev.tickmark.evidence.warc.Exchange;
import dev.tickmark.evidence.warc.Header;
import dev.tickmark.evidence.warc.RecordingWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Copies every attempt of one task to its recording. An answer is read to its end before the SDK sees it, so that a
 * reader that stops early loses nothing and a cut answer is an attempt to repeat.
 */
final class RecordingHttpClient implements SdkHttpClient {
    private static final int STRIPES = 256;

    private final SdkHttpClient wire;
    private final RecordingWriter recording;
    private final CallNotes notes;
    private final AnswerCutter cutter;
    private final Spool spool;
    private final Clock clock;
    private final Function<String, Pace> paces;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, Invocation> invocations = new ConcurrentHashMap<>();
    private final List<ReentrantLock> equalRequests =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();
    private volatile @Nullable Instant first;

    /** @param paces gives the pace of a service */
    RecordingHttpClient(
            SdkHttpClient wire,
            RecordingWriter recording,
            CallNotes notes,
            AnswerCutter cutter,
            Spool spool,
            Clock clock,
            Function<String, Pace> paces) {
        this.wire = wire;
        this.recording = recording;
        this.notes = notes;
        this.cutter = cutter;
        this.spool = spool;
        this.clock = clock;
        this.paces = paces;
    }

    /** When the task's first request was sent; null before. */
    @Nullable
    Instant first() {
        return first;
    }

    @Override
    public String clientName() {
        return wire.clientName();
    }

    /** The wire is shared by all tasks: its maker closes it. */
    @Override
    public void close() {}

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Attempt(request);
    }

    /** The attempts at one call so far. */
    private record Invocation(long number, int attempts) {}

    /** One attempt on its way. */
    private final class Attempt implements ExecutableHttpRequest {
        private final HttpExecuteRequest request;
        private final ExecutableHttpRequest sent;
        private final Call call;
        private volatile boolean aborted;

        Attempt(HttpExecuteRequest request) {
            this.request = request;
            this.sent = wire.prepareRequest(request);
            this.call = notes.call(request.httpRequest()
                    .firstMatchingHeader(CallNotes.INVOCATION_HEADER)
                    .orElse(""));
        }

        @Override
        public void abort() {
            aborted = true;
            sent.abort();
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            Exchange.Request asked = asked();
            RequestKey key = RequestKey.of(call.service(), asked, true);
            ReentrantLock lock = equalRequests.get(Math.floorMod(key.hashCode(), STRIPES));
            lock.lock();
            try {
                return call(asked);
            } finally {
                lock.unlock();
            }
        }

        private HttpExecuteResponse call(Exchange.Request asked) throws IOException {
            Pace pace = paces.apply(call.service());
            long place = pace.begin();
            boolean throttled = false;
            try {
                Numbered attempt = number(asked);
                HttpExecuteResponse response;
                Spool.Kept body;
                try {
                    response = sent.call();
                    body = read(response);
                } catch (IOException | RuntimeException e) {
                    throw failed(attempt, e);
                }
                throttled = Throttling.isThrottled(response.httpResponse(), body);
                return answered(attempt, response.httpResponse(), body);
            } finally {
                pace.end(place, throttled);
            }
        }

        private Exchange.Request asked() throws IOException {
            SdkHttpRequest http = request.httpRequest();
            URI target = Secrets.target(http.getUri());
            if (Secrets.isCredentialExchange(call)) {
                return new Exchange.Request(http.method().name(), target.resolve("/"), List.of(), Body.empty());
            }
            byte[] body = new byte[0];
            ContentStreamProvider provider = request.contentStreamProvider().orElse(null);
            if (provider != null) {
                try (InputStream in = provider.newStream()) {
                    body = in.readAllBytes();
                }
            }
            return new Exchange.Request(http.method().name(), target, Secrets.asked(http), Body.of(body));
        }

        private Numbered number(Exchange.Request asked) {
            synchronized (numbers) {
                long number = numbers.incrementAndGet();
                Instant started = clock.instant();
                if (first == null) {
                    first = started;
                }
                String id = request.httpRequest()
                        .firstMatchingHeader(CallNotes.INVOCATION_HEADER)
                        .orElse("none-" + number);
                Invocation invocation = invocations.merge(
                        id, new Invocation(number, 1), (old, one) -> new Invocation(old.number(), old.attempts() + 1));
                return new Numbered(number, invocation, started, asked);
            }
        }

        private Spool.Kept read(HttpExecuteResponse response) throws IOException {
            AbortableInputStream in = response.responseBody().orElse(null);
            if (in == null) {
                return Spool.NOTHING;
            }
            try {
                InputStream plain = response.httpResponse()
                                .firstMatchingHeader("Content-Encoding")
                                .filter("gzip"::equalsIgnoreCase)
                                .isPresent()
                        ? new GZIPInputStream(in)
                        : in;
                return spool.keep(plain);
            } catch (NoAnswer e) {
                in.abort();
                throw e;
            } catch (SocketTimeoutException e) {
                in.abort();
                throw e;
            } catch (IOException e) {
                in.abort();
                throw new NoAnswer(Exchange.Failure.CUT, e);
            } finally {
                in.close();
            }
        }

        private HttpExecuteResponse answered(Numbered attempt, SdkHttpResponse http, Spool.Kept read)
                throws IOException {
            if (Secrets.isCredentialExchange(call)) {
                recording.write(attempt.exchange(call, clock.instant(), null, Exchange.Failure.NOT_RECORDED));
                return HttpExecuteResponse.builder()
                        .response(http)
                        .responseBody(AbortableInputStream.create(read.open()))
                        .build();
            }
            Spool.Kept body = read;
            List<String> cut = List.of();
            List<CutField> fields = cutter.fieldsOf(call);
            if (!fields.isEmpty()) {
                AnswerCutter.CutAnswer rest = AnswerCutter.cut(read.body().bytes(), fields);
                read.discard();
                body = new Spool.Kept(rest.body(), null);
                cut = rest.cut();
            }
            List<Header> headers = new ArrayList<>(Secrets.answered(http));
            headers.removeIf(header -> header.name().equalsIgnoreCase("Content-Encoding")
                    && header.value().equalsIgnoreCase("gzip"));
            headers.add(new Header("Content-Length", Long.toString(body.body().size())));
            Exchange.Answer answer = new Exchange.Answer(http.statusCode(), headers, body.body(), cut, "");
            String record = recording.write(attempt.exchange(call, clock.instant(), answer, null));
            try {
                AnswerKind.check(attempt.asked(), call.operation(), answer);
            } catch (NoAnswer e) {
                body.discard();
                throw e;
            }
            return given(answer, record, body.open());
        }

        private NoAnswer failed(Numbered attempt, Exception e) {
            Exchange.Failure failure = Secrets.isCredentialExchange(call) ? Exchange.Failure.NOT_RECORDED : failure(e);
            try {
                recording.write(attempt.exchange(call, clock.instant(), null, failure));
            } catch (IOException unwritten) {
                throw new UncheckedIOException(unwritten);
            }
            return new NoAnswer(failure(e), e);
        }

        private Exchange.Failure failure(Exception e) {
            if (e instanceof NoAnswer known && !aborted) {
                return known.failure();
            }
            if (aborted || e instanceof SocketTimeoutException || e instanceof InterruptedIOException) {
                return aborted || !Thread.currentThread().isInterrupted()
                        ? Exchange.Failure.TIMEOUT
                        : Exchange.Failure.INTERRUPTED;
            }
            if (e instanceof ConnectException) {
                return Exchange.Failure.REFUSED;
            }
            if (e instanceof UnknownHostException) {
                return Exchange.Failure.UNKNOWN_HOST;
            }
            if (e instanceof SSLException) {
                return Exchange.Failure.TLS;
            }
            return Exchange.Failure.OTHER;
        }
    }

    /** An attempt with its place in the recording. */
    private record Numbered(long number, Invocation invocation, Instant started, Exchange.Request asked) {
        Exchange exchange(
                Call call, Instant finished, Exchange.@Nullable Answer answer, Exchange.@Nullable Failure failure) {
            return new Exchange(
                    number,
                    invocation.number(),
                    invocation.attempts(),
                    call.service(),
                    call.operation(),
                    started,
                    finished,
                    asked,
                    answer,
                    failure);
        }
    }

    /** What the SDK is given: the answer as it is recorded, and the id of its record. */
    static HttpExecuteResponse given(Exchange.Answer answer, String record, InputStream body) {
        SdkHttpFullResponse.Builder http = SdkHttpFullResponse.builder().statusCode(answer.status());
        answer.headers().forEach(header -> http.appendHeader(header.name(), header.value()));
        http.putHeader(RowSource.RECORD_HEADER, record);
        return HttpExecuteResponse.builder()
                .response(http.build())
                .responseBody(AbortableInputStream.create(body))
                .build();
    }
}
