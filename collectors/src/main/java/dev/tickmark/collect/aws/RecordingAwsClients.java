package dev.tickmark.collect.aws;

import dev.tickmark.evidence.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;

/** Clients that call AWS and record what they say and hear. */
final class RecordingAwsClients implements AwsClients {
    private final RecordingHttpClient http;
    private final CallNotes notes;
    private final AwsSettings settings;
    private final Function<AwsAccess, AwsCredentialsProvider> credentials;
    private final ConcurrentLinkedQueue<SdkClient> open = new ConcurrentLinkedQueue<>();

    RecordingAwsClients(
            RecordingHttpClient http,
            CallNotes notes,
            AwsSettings settings,
            Function<AwsAccess, AwsCredentialsProvider> credentials) {
        this.http = http;
        this.notes = notes;
        this.settings = settings;
        this.credentials = credentials;
    }

    @Override
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            B builder, Scope scope) {
        AwsAccess access = settings.access(scope.account());
        String profile = access.profile();
        builder.httpClient(http);
        builder.region(AwsRegions.of(scope.region(), access));
        builder.credentialsProvider(credentials.apply(access));
        builder.overrideConfiguration(configuration -> {
            configuration.addExecutionInterceptor(notes);
            configuration.apiCallAttemptTimeout(settings.limits().attempt());
            configuration.putAdvancedOption(
                    SdkAdvancedClientOption.USER_AGENT_SUFFIX, "tickmark/" + settings.version());
            if (profile != null) {
                configuration.defaultProfileName(profile);
            }
        });
        C client = builder.build();
        open.add(client);
        return client;
    }

    @Override
    public Optional<Instant> firstExchange() {
        return Optional.ofNullable(http.first());
    }

    @Override
    public List<String> unanswered() {
        return List.of();
    }

    @Override
    public void close() {
        open.forEach(SdkClient::close);
    }
}
