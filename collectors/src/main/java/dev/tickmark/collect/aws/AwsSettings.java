package dev.tickmark.collect.aws;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run says to AWS.
 *
 * @param version of tickmark, for the user agent
 * @param runId names the session of an assumed role, so that the client's own audit log shows the run
 * @param accounts how each account is reached
 * @param otherwise how an account that is not named is reached
 */
public record AwsSettings(
        String version, String runId, Map<String, AwsAccess> accounts, AwsAccess otherwise, AwsLimits limits) {
    public AwsSettings {
        accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
    }

    AwsAccess access(String account) {
        return accounts.getOrDefault(account, otherwise);
    }
}
