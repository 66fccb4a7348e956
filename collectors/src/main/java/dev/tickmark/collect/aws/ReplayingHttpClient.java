package dev.tickmark.collect.aws;

import dev.tickmark.evidence.warc.Body;
import dev.tickmark.evidence.warc.Exchange;
import dev.tickmark.evidence.warc.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Answers from a recording: of each call its last attempt, equal requests in the order in which they were made.
 */
final class ReplayingHttpClient implements SdkHttpClient {
    private final CallNotes notes;
    private final Map<String, Set<String>> hosts = new TreeMap<>();
    private final Map<RequestKey, Deque<Exchange>> answers = new HashMap<>();
    private final List<String> unanswered = Collections.synchronizedList(new ArrayList<>());

    ReplayingHttpClient(Recording recording, CallNotes notes) {
        this.notes = notes;
        Map<Long, Exchange> last = new TreeMap<>();
        for (Exchange exchange : recording.exchanges()) {
            if (exchange.failure() != Exchange.Failure.NOT_RECORDED) {
                hosts.computeIfAbsent(exchange.service(), service -> new TreeSet<>())
                        .add(RequestKey.host(exchange.request()));
                last.merge(
                        exchange.invocation(), exchange, (one, other) -> one.attempt() > other.attempt() ? one : other);
            }
        }
        try {
            for (Exchange exchange : last.values()) {
                answers.computeIfAbsent(key(exchange.service(), exchange.request()), key -> new ArrayDeque<>())
                        .add(exchange);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests that found no answer, as text for a message. */
    List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    @Override
    public String clientName() {
        return "Recording";
    }

    @Override
    public void close() {}

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(request);
            }

            @Override
            public void abort() {}
        };
    }

    private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
        Call call = notes.call(request.httpRequest()
                .firstMatchingHeader(CallNotes.INVOCATION_HEADER)
                .orElse(""));
        byte[] body = new byte[0];
        ContentStreamProvider provider = request.contentStreamProvider().orElse(null);
        if (provider != null) {
            try (InputStream in = provider.newStream()) {
                body = in.readAllBytes();
            }
        }
        Exchange.Request asked = new Exchange.Request(
                request.httpRequest().method().name(),
                Secrets.target(request.httpRequest().getUri()),
                Secrets.asked(request.httpRequest()),
                Body.of(body));
        Exchange exchange = next(key(call.service(), asked));
        Exchange.Answer answer = exchange.answer();
        if (answer == null) {
            Exchange.Failure failure = exchange.failure();
            throw new NoAnswer(failure == null ? Exchange.Failure.OTHER : failure, null);
        }
        AnswerKind.check(asked, exchange.operation(), answer);
        return RecordingHttpClient.given(answer, answer.record(), answer.body().open());
    }

    private synchronized Exchange next(RequestKey key) {
        Deque<Exchange> recorded = answers.get(key);
        Exchange exchange = recorded == null ? null : recorded.poll();
        if (exchange == null) {
            unanswered.add(key.text());
            throw new NotInRecording(key.text());
        }
        return exchange;
    }

    private RequestKey key(String service, Exchange.Request request) throws IOException {
        return RequestKey.of(
                service, request, hosts.getOrDefault(service, Set.of()).size() > 1);
    }
}
