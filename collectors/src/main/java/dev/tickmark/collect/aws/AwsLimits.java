package dev.tickmark.collect.aws;

import java.time.Duration;

/**
 * When an attempt is given up, and how much is done at once.
 *
 * @param connect to have a connection
 * @param read without a byte
 * @param attempt from sending to the answer's last byte; the SDK repeats what it deems worth it
 * @param largestAnswer in bytes
 * @param concurrency calls at once to one service of one account
 * @param connections in the pool that all accounts share
 */
public record AwsLimits(
        Duration connect, Duration read, Duration attempt, long largestAnswer, int concurrency, int connections) {
    public static final AwsLimits DEFAULT =
            new AwsLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(2), 512L << 20, 24, 128);
}
