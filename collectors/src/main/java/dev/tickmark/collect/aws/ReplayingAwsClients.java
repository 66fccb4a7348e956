package dev.tickmark.collect.aws;

import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.warc.Exchange;
import dev.tickmark.evidence.warc.Recording;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.profiles.ProfileFile;

/** Clients that answer from a recording, whatever the environment says of endpoints, profiles and credentials. */
public final class ReplayingAwsClients implements AwsClients {
    /** Keeps an endpoint in the reader's environment from changing what is asked. */
    private static final String PROFILE = "[default]\nignore_configured_endpoint_urls = true\n";

    private final Recording recording;
    private final CallNotes notes = new CallNotes();
    private final ReplayingHttpClient http;
    private final ConcurrentLinkedQueue<SdkClient> open = new ConcurrentLinkedQueue<>();

    public ReplayingAwsClients(Recording recording) {
        this.recording = recording;
        this.http = new ReplayingHttpClient(recording, notes);
    }

    @Override
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            B builder, Scope scope) {
        builder.httpClient(http);
        builder.region(AwsRegions.of(scope.region(), new AwsAccess(null, null, null, "us-east-1")));
        builder.credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("recording", "recording")));
        builder.dualstackEnabled(false);
        builder.fipsEnabled(false);
        builder.overrideConfiguration(configuration -> configuration
                .addExecutionInterceptor(notes)
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .defaultProfileName("default")
                .defaultProfileFile(ProfileFile.builder()
                        .content(new ByteArrayInputStream(PROFILE.getBytes(StandardCharsets.UTF_8)))
                        .type(ProfileFile.Type.CONFIGURATION)
                        .build()));
        C client = builder.build();
        open.add(client);
        return client;
    }

    @Override
    public Optional<Instant> firstExchange() {
        return recording.exchanges().stream().findFirst().map(Exchange::started);
    }

    @Override
    public List<String> unanswered() {
        return http.unanswered();
    }

    @Override
    public void close() {
        open.forEach(SdkClient::close);
    }
}
