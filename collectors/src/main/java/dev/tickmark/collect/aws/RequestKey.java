package dev.tickmark.collect.aws;

import dev.tickmark.evidence.warc.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * By what a request is found again in a recording.
 *
 * @param host blank where the recording knows one host of the service only: the endpoint may differ on replay
 */
record RequestKey(String service, String method, String host, String path, String query, String target, String body) {
    static RequestKey of(String service, Exchange.Request request, boolean withHost) throws IOException {
        String path = request.target().getRawPath();
        String query = request.target().getRawQuery();
        return new RequestKey(
                service,
                request.method(),
                withHost ? host(request) : "",
                path == null || path.isEmpty() ? "/" : path,
                query == null ? "" : query,
                request.header("X-Amz-Target").orElse(""),
                new String(request.body().bytes(), StandardCharsets.ISO_8859_1));
    }

    static String host(Exchange.Request request) {
        String host = request.target().getHost();
        return host == null ? "" : host;
    }

    /** For messages: what was asked, without the host. */
    String text() {
        String asked = target.isEmpty() ? method + " " + path : target;
        return service + " " + asked + (query.isEmpty() ? "" : "?" + query) + " "
                + new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
