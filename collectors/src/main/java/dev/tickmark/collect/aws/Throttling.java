package dev.tickmark.collect.aws;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Error codes by which AWS asks for fewer calls. */
final class Throttling {
    private static final Set<String> CODES = new TreeSet<>(Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottledException",
            "RequestThrottled",
            "TooManyRequestsException",
            "ProvisionedThroughputExceededException",
            "TransactionInProgressException",
            "RequestLimitExceeded",
            "BandwidthLimitExceeded",
            "SlowDown",
            "PriorRequestNotComplete",
            "EC2ThrottledException"));
    private static final int ERROR_ANSWER = 4096;

    private Throttling() {}

    static boolean isCode(String code) {
        return CODES.contains(code);
    }

    /** Looks at an answer of 4xx or 5xx, whose code stands in a header or near its beginning. */
    static boolean isThrottled(SdkHttpResponse response, Spool.Kept body) throws IOException {
        int status = response.statusCode();
        if (status == 429) {
            return true;
        }
        if (status < 400) {
            return false;
        }
        String start;
        try (InputStream in = body.body().open()) {
            start = new String(in.readNBytes(ERROR_ANSWER), StandardCharsets.UTF_8);
        }
        String text = response.firstMatchingHeader("x-amzn-ErrorType").orElse("") + " " + start;
        return CODES.stream()
                .anyMatch(code -> text.contains(">" + code + "<")
                        || text.contains("#" + code + "\"")
                        || text.contains("\"" + code + "\"")
                        || text.startsWith(code));
    }
}
