package dev.tickmark.collect.aws;

import org.jspecify.annotations.Nullable;

/**
 * How one account is reached. Null is what the SDK's default chain says.
 *
 * @param profile of the shared configuration files
 * @param roleArn that is assumed with the credentials found before
 * @param externalId that the role's trust policy asks for
 * @param region that stands for the account's partition
 */
public record AwsAccess(
        @Nullable String profile,
        @Nullable String roleArn,
        @Nullable String externalId,
        @Nullable String region) {
    /** The account that the default credential chain reaches. */
    public static final AwsAccess DEFAULT = new AwsAccess(null, null, null, null);
}
