package dev.tickmark.collect.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a person sees an IAM row in the vendor's console, in the partitions whose console is public. */
public final class Console {
    private static final Map<String, String> HOSTS = Map.of(
            "aws", "console.aws.amazon.com",
            "aws-cn", "console.amazonaws.cn",
            "aws-us-gov", "console.amazonaws-us-gov.com");

    private Console() {}

    /**
     * A page of the IAM console.
     *
     * @param arn of anything in the account: its partition decides the host
     * @param page such as {@code users/details}
     * @param item appended and encoded; null for none
     */
    public static Optional<String> iam(@Nullable String arn, String page, @Nullable String item) {
        return Arn.of(arn)
                .map(parsed -> HOSTS.get(parsed.partition()))
                .map(host -> "https://" + host + "/iam/home#/" + page + (item == null ? "" : "/" + encoded(item)));
    }

    private static String encoded(String item) {
        return URLEncoder.encode(item, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
