package dev.tickmark.collect.aws;

import dev.tickmark.evidence.warc.Header;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What of a message is never written down: whatever signs it, and calls whose answers are credentials. */
final class Secrets {
    /** Headers of a request that say what is asked; all others sign, trace or time it. */
    private static final Set<String> ASKING = Set.of("host", "content-type", "accept", "range", "if-match");

    private static final Set<String> NOT_ASKING = Set.of(
            "x-amz-security-token",
            "x-amz-date",
            "x-amz-content-sha256",
            "x-amz-user-agent",
            "x-amz-s3session-token",
            "x-amzn-trace-id");
    private static final Set<String> NOT_ANSWERING = Set.of(
            "set-cookie",
            "set-cookie2",
            "authorization",
            "www-authenticate",
            "proxy-authenticate",
            "proxy-authorization",
            "authentication-info",
            "x-amz-security-token",
            "transfer-encoding",
            "content-length",
            "connection",
            "keep-alive");
    private static final Set<String> CREDENTIALS = new TreeSet<>(Set.of(
            "getsessiontoken",
            "getfederationtoken",
            "getrolecredentials",
            "getdelegatedaccesstoken",
            "getwebidentitytoken",
            "createtoken",
            "createtokenwithiam",
            "createoauth2token",
            "createsession",
            "getcredentials",
            "getcredentialsforidentity",
            "getauthorizationtoken",
            "getsecretvalue",
            "createaccesskey",
            "createloginprofile"));

    private Secrets() {}

    /** Whether the answer is a credential: such a call is made, but neither request nor answer is kept. */
    static boolean isCredentialExchange(Call call) {
        String operation = call.operation().toLowerCase(Locale.ROOT);
        return operation.startsWith("assumerole")
                || operation.equals("assumeroot")
                || CREDENTIALS.contains(operation)
                || call.service().equals("signin");
    }

    static List<Header> asked(SdkHttpRequest request) {
        List<Header> headers = new ArrayList<>();
        request.forEachHeader((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if ((ASKING.contains(lower) || lower.startsWith("x-amz-")) && !NOT_ASKING.contains(lower)) {
                values.forEach(value -> headers.add(new Header(name, value)));
            }
        });
        headers.sort(Comparator.comparing((Header header) -> header.name().toLowerCase(Locale.ROOT))
                .thenComparing(Header::value));
        return headers;
    }

    /** The headers of an answer, in the order of their names: the client's own order is not the wire's. */
    static List<Header> answered(SdkHttpResponse response) {
        List<Header> headers = new ArrayList<>();
        response.forEachHeader((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NOT_ANSWERING.contains(lower) && !lower.contains("token") && !lower.contains("cookie")) {
                values.forEach(value -> headers.add(new Header(name, value)));
            }
        });
        headers.sort(Comparator.comparing((Header header) -> header.name().toLowerCase(Locale.ROOT)));
        return headers;
    }

    /** The target without parameters that sign it. */
    static URI target(URI uri) {
        String query = uri.getRawQuery();
        if (query == null) {
            return uri;
        }
        StringJoiner kept = new StringJoiner("&");
        for (String parameter : query.split("&", -1)) {
            if (!parameter.toLowerCase(Locale.ROOT).startsWith("x-amz-")) {
                kept.add(parameter);
            }
        }
        String text = uri.toString();
        String rest = text.substring(0, text.indexOf('?'));
        return URI.create(kept.length() == 0 ? rest : rest + "?" + kept);
    }
}
