package dev.tickmark.collect.aws;

import dev.tickmark.evidence.Scope;
import java.io.Closeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;

/** The clients of one task; closing them leaves the wire and the recording open. */
public interface AwsClients extends Closeable {
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            B builder, Scope scope);

    /** When the task's first request was sent, now or when it was recorded. */
    Optional<Instant> firstExchange();

    /** On replay: requests that the recording does not answer. Empty where a recording is made. */
    List<String> unanswered();

    @Override
    void close();
}
