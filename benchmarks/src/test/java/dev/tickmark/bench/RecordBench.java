package dev.tickmark.bench;

import dev.tickmark.collect.aws.AwsAccess;
import dev.tickmark.collect.aws.AwsClients;
import dev.tickmark.collect.aws.AwsLimits;
import dev.tickmark.collect.aws.AwsSettings;
import dev.tickmark.collect.aws.AwsTransport;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.warc.RecordingWriter;
import dev.tickmark.samples.Estate;
import dev.tickmark.samples.EstateServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;

/** What recording costs, how calls side by side help, and how writing grows with the rows. */
class RecordBench {
    private static final int PAIRS = 5;
    private static final int CALLS = 512;
    private static final int IN_FLIGHT = 64;
    private static final int FEW_ROWS = 1_000;
    private static final int MANY_ROWS = 100_000;
    private static final Scope SCOPE = new Scope("aws", "111122223333", "global");

    @TempDir
    Path folder;

    private int made;

    @Test
    void recordsBesideAPlainConnection() throws Exception {
        Measured table = new Measured("record");
        System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
        System.setProperty("aws.secretAccessKey", "example");

        try (EstateServer near = server(Duration.ZERO)) {
            Pairs pairs = Pairs.measured(PAIRS, () -> recorded(near, 1, CALLS), () -> plain(near, CALLS));
            table.pairs(CALLS + " calls recorded / not recorded, no latency", pairs, "");
        }
        try (EstateServer far = server(Duration.ofMillis(50))) {
            Pairs pairs = Pairs.measured(
                    PAIRS, () -> recorded(far, IN_FLIGHT, CALLS), () -> recorded(far, 1, CALLS / IN_FLIGHT));
            table.line(
                    "calls a second with " + IN_FLIGHT + " in flight / one after the other, 50 ms latency",
                    Measured.number(IN_FLIGHT / pairs.ratio()) + " times",
                    "");
        }
        Pairs rows = Pairs.measured(PAIRS, () -> write(MANY_ROWS), () -> write(FEW_ROWS));
        table.line(
                MANY_ROWS + " rows / " + FEW_ROWS + " rows, time of one row",
                Measured.number(rows.ratio() * FEW_ROWS / MANY_ROWS) + " times",
                "");
        table.print();
    }

    private static EstateServer server(Duration latency) throws Exception {
        return new EstateServer(Estate.generated(10), Clock.systemUTC(), latency);
    }

    private void write(int rows) throws Exception {
        Path target = Files.createDirectories(folder.resolve("rows-" + made++));
        MemoryBench.Rows.write(target, rows);
        Disk.deleteTree(target);
    }

    private void plain(EstateServer server, int calls) {
        try (IamClient iam = IamClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .endpointOverride(server.endpoint())
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "example")))
                .build()) {
            for (int i = 0; i < calls; i++) {
                String user = "user-" + i;
                iam.listAccessKeys(request -> request.userName(user));
            }
        }
    }

    private void recorded(EstateServer server, int inFlight, int calls) throws Exception {
        AwsLimits limits = AwsLimits.DEFAULT;
        AwsSettings settings = new AwsSettings(
                "bench",
                "bench",
                Map.of(),
                AwsAccess.DEFAULT,
                new AwsLimits(
                        limits.connect(),
                        limits.read(),
                        limits.attempt(),
                        limits.largestAnswer(),
                        IN_FLIGHT,
                        limits.connections()));
        Path file = folder.resolve("recording-" + made++ + ".warc.gz");
        ExecutorService threads = Executors.newFixedThreadPool(inFlight);
        try (AwsTransport aws = new AwsTransport(settings, Clock.systemUTC());
                RecordingWriter recording = new RecordingWriter(file, Instant.now(), Map.of());
                AwsClients clients = aws.record(SCOPE.account(), recording, List.of(), folder.resolve("scratch"));
                IamClient iam = clients.client(IamClient.builder().endpointOverride(server.endpoint()), SCOPE)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                String user = "user-" + i;
                running.add(threads.submit(() -> iam.listAccessKeys(request -> request.userName(user))));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
            Files.deleteIfExists(file);
        }
    }
}
