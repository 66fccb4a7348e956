package dev.tickmark.collect.aws;

import dev.tickmark.collect.CutField;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.warc.RecordingWriter;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The one way to AWS for a whole run: a pool of connections, the credentials of each account, and the pace of each
 * service. What is recorded is said when a task asks for its clients.
 *
 * <p>Profiles, SSO, {@code AWS_ENDPOINT_URL…}, {@code AWS_RETRY_MODE} and proxies are the SDK's own affair. Credentials
 * are fetched by clients of their own, which record nothing.
 */
public final class AwsTransport implements Closeable {
    private final AwsSettings settings;
    private final Clock clock;
    private final SdkHttpClient wire;
    private final Map<AwsAccess, AwsCredentialsProvider> credentials = new ConcurrentHashMap<>();
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    public AwsTransport(AwsSettings settings, Clock clock) {
        AwsLimits limits = settings.limits();
        this.settings = settings;
        this.clock = clock;
        this.wire = ApacheHttpClient.builder()
                .maxConnections(limits.connections())
                .connectionTimeout(limits.connect())
                .socketTimeout(limits.read())
                .build();
    }

    /** Who the credentials of this access are. */
    public record Caller(String account, String arn) {}

    /**
     * Asks AWS who we are, without recording it: the account that a run without configuration reads.
     *
     * @throws TickmarkException FIX_FIRST where there are no credentials, or none that are accepted
     */
    public Caller caller(AwsAccess access) {
        try (StsClient sts = unrecorded(access)
                .credentialsProvider(provider(access))
                .overrideConfiguration(configuration -> {
                    if (access.profile() != null) {
                        configuration.defaultProfileName(access.profile());
                    }
                })
                .build()) {
            GetCallerIdentityResponse answer = sts.getCallerIdentity();
            if (answer.account() == null || answer.arn() == null) {
                throw TickmarkException.fixFirst(
                        "AWS did not say who we are (what came was not an answer of this service).",
                        "Check that the endpoint is the vendor's and that no proxy answers in its place.");
            }
            return new Caller(answer.account(), answer.arn());
        } catch (SdkException e) {
            throw AwsFailures.noIdentity(e);
        }
    }

    /**
     * The clients of one task, for one account.
     *
     * @param cut secret fields that its answers may hold
     * @param scratch a folder for answers that do not fit into memory
     */
    public AwsClients record(String account, RecordingWriter recording, List<CutField> cut, Path scratch) {
        CallNotes notes = new CallNotes();
        RecordingHttpClient http = new RecordingHttpClient(
                wire,
                recording,
                notes,
                new AnswerCutter(cut),
                new Spool(scratch, settings.limits().largestAnswer()),
                clock,
                service -> paces.computeIfAbsent(
                        account + " " + service,
                        key -> new Pace(settings.limits().concurrency())));
        return new RecordingAwsClients(http, notes, settings, this::provider);
    }

    @Override
    public void close() {
        for (AwsCredentialsProvider provider : credentials.values()) {
            if (provider instanceof SdkAutoCloseable closeable) {
                closeable.close();
            }
        }
        wire.close();
    }

    private AwsCredentialsProvider provider(AwsAccess access) {
        return credentials.computeIfAbsent(access, key -> {
            DefaultCredentialsProvider.Builder first = DefaultCredentialsProvider.builder();
            if (access.profile() != null) {
                first.profileName(access.profile());
            }
            DefaultCredentialsProvider own = first.build();
            String role = access.roleArn();
            if (role == null) {
                return own;
            }
            return StsAssumeRoleCredentialsProvider.builder()
                    .stsClient(unrecorded(access).credentialsProvider(own).build())
                    .refreshRequest(request -> request.roleArn(role)
                            .roleSessionName(sessionName(settings.runId()))
                            .externalId(access.externalId()))
                    .build();
        });
    }

    private StsClientBuilder unrecorded(AwsAccess access) {
        return StsClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder()
                        .connectionTimeout(settings.limits().connect())
                        .socketTimeout(settings.limits().read()))
                .region(AwsRegions.of("global", access));
    }

    /** The run's id in the letters that a session name may have, at most 64. */
    static String sessionName(String runId) {
        String name = "tickmark-" + runId.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
        return name.length() > 64 ? name.substring(0, 64) : name;
    }
}
