package dev.tickmark.collect.run;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.tickmark.collect.Cells;
import dev.tickmark.collect.Collector;
import dev.tickmark.collect.Connections;
import dev.tickmark.collect.CutField;
import dev.tickmark.collect.EvidenceWriter;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.Source;
import dev.tickmark.collect.aws.AwsAccess;
import dev.tickmark.collect.aws.AwsFailures;
import dev.tickmark.collect.aws.AwsLimits;
import dev.tickmark.collect.aws.AwsSettings;
import dev.tickmark.collect.aws.AwsTransport;
import dev.tickmark.collect.aws.account.CallerCollector;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.warc.Exchange;
import dev.tickmark.evidence.warc.Recording;
import dev.tickmark.evidence.warc.RecordingReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** One task against a server on loopback that misbehaves: what is recorded, what is said, what a replay gives. */
class WireTest {
    private static final Scope ACCOUNT = new Scope("aws", "111122223333", "global");
    private static final String CALLER =
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
                    + "<Arn>arn:aws:iam::111122223333:user/alice</Arn><UserId>AIDAEXAMPLE</UserId>"
                    + "<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
    private static final AwsLimits SHORT =
            new AwsLimits(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofSeconds(5), 2 << 20, 8, 64);

    @TempDir
    Path folder;

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    private final Tables tables = Tables.builtIn();
    private final TickingClock clock = new TickingClock();

    @BeforeEach
    void start() {
        server.start();
        System.setProperty("aws.endpointUrl", server.baseUrl());
        System.setProperty("aws.accessKeyId", "AKIACANARY0");
        System.setProperty("aws.secretAccessKey", "CANARY1");
        System.setProperty("aws.sessionToken", "CANARY2");
        System.setProperty("aws.maxAttempts", "2");
    }

    @AfterEach
    void stop() {
        for (String name : List.of("endpointUrl", "accessKeyId", "secretAccessKey", "sessionToken", "maxAttempts")) {
            System.clearProperty("aws." + name);
        }
        server.stop();
    }

    @Test
    void whatWasReadIsReadAgainFromItsRecordingToTheSameBytes() throws IOException {
        answer(aResponse().withBody(CALLER).withHeader("Date", "Mon, 23 Nov 2026 02:00:00 GMT"));
        Path live = folder("live");
        Evidence evidence = read(new CallerCollector(), live);
        stop();

        Path again = folder("again");
        Replay.Replayed replayed = new Replay(tables, List.of(new AwsFailures()), clock)
                .task(live.resolve("raw.warc.gz"), evidence, new CallerCollector(), again, folder.resolve("scratch"));

        assertThat(evidence.tables().get(0).completeness().verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(replayed.unanswered()).isEmpty();
        for (String file : List.of(
                "aws_caller.csv", "aws_caller.lineage.csv", "aws_caller.schema.json", "evidence.json", "raw.warc.gz")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(live.resolve(file));
        }
    }

    @Test
    void everyAttemptIsRecordedAndOnlyTheLastIsReplayed() throws IOException {
        server.stubFor(post(anyUrl())
                .inScenario("retry")
                .whenScenarioStateIs("Started")
                .willReturn(aResponse().withStatus(500))
                .willSetStateTo("second"));
        server.stubFor(post(anyUrl())
                .inScenario("retry")
                .whenScenarioStateIs("second")
                .willReturn(aResponse().withBody(CALLER)));

        Path live = folder("live");
        Evidence evidence = read(new CallerCollector(), live);

        List<Exchange> exchanges = recording(live).exchanges();
        assertThat(exchanges).extracting(Exchange::attempt).containsExactly(1, 2);
        assertThat(exchanges).extracting(Exchange::invocation).containsExactly(1L, 1L);
        assertThat(evidence.operations())
                .containsExactly(
                        new Evidence.Operation("sts", "GetCallerIdentity", "", 1, 2, Map.of("status 500", 1L)));
        Replay.Replayed replayed = new Replay(tables, List.of(new AwsFailures()), clock)
                .task(live.resolve("raw.warc.gz"), evidence, new CallerCollector(), folder("again"), folder);
        assertThat(replayed.evidence()).isEqualTo(evidence);
    }

    @Test
    void noSecretReachesAFileOrTheConsole() throws IOException {
        String mfa = "<ListVirtualMFADevicesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
                + "<ListVirtualMFADevicesResult><IsTruncated>false</IsTruncated><VirtualMFADevices><member>"
                + "<SerialNumber>arn:aws:iam::111122223333:mfa/alice</SerialNumber><Base32StringSeed>Q0FOQVJZMw=="
                + "</Base32StringSeed></member></VirtualMFADevices></ListVirtualMFADevicesResult>"
                + "</ListVirtualMFADevicesResponse>";
        answer(aResponse().withBody(mfa).withHeader("Set-Cookie", "session=CANARY4"));
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        Path live = folder("live");
        Evidence evidence;
        try (PrintStream caught = new PrintStream(console, true, StandardCharsets.UTF_8)) {
            System.setOut(caught);
            System.setErr(caught);
            evidence = read(
                    collector(
                            new CutField("iam", "ListVirtualMFADevices", "Base32StringSeed"),
                            (connections, writer) -> writer.population("aws_caller", rows -> {
                                var answer = connections
                                        .aws(IamClient.builder(), ACCOUNT)
                                        .listVirtualMFADevices();
                                var seed = answer.virtualMFADevices().get(0).base32StringSeed();
                                rows.row(
                                        RowSource.of(answer, "/"),
                                        "seed",
                                        Cells.of("arn", seed == null ? "null" : seed.asUtf8String()));
                                rows.endOfPage(true);
                            })),
                    live);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(evidence.tables().get(0).completeness().verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(evidence.cutFields()).containsExactly("iam:ListVirtualMFADevices Base32StringSeed");
        assertThat(everything()).contains("mfa/alice").doesNotContain("CANARY").doesNotContain("Q0FOQVJZMw");
        assertThat(everything()).doesNotContainIgnoringCase("authorization:").doesNotContain("amz-sdk-invocation-id");
        assertThat(console.toString(StandardCharsets.UTF_8)).doesNotContain("CANARY", "Q0FOQVJZMw");
        server.verify(postRequestedFor(anyUrl())
                .withHeader("X-Amz-Security-Token", containing("CANARY2"))
                .withHeader("User-Agent", containing("tickmark/0.0.1")));
    }

    @Test
    void anExchangeOfCredentialsIsMadeButNotKept() throws IOException {
        answer(aResponse()
                .withBody("<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
                        + "<Credentials><AccessKeyId>ASIACANARY5</AccessKeyId><SecretAccessKey>CANARY6</SecretAccessKey>"
                        + "<SessionToken>CANARY7</SessionToken><Expiration>2026-11-23T03:00:00Z</Expiration>"
                        + "</Credentials></AssumeRoleResult></AssumeRoleResponse>"));

        Path live = folder("live");
        read(
                collector(
                        null,
                        (connections, writer) -> writer.population("aws_caller", rows -> {
                            StsClient sts = connections.aws(StsClient.builder(), ACCOUNT);
                            assertThat(sts.assumeRole(request -> request.roleArn("arn:aws:iam::111122223333:role/audit")
                                                    .roleSessionName("session")
                                                    .externalId("CANARY8"))
                                            .credentials()
                                            .secretAccessKey())
                                    .isEqualTo("CANARY6");
                            rows.endOfPage(true);
                        })),
                live);

        assertThat(recording(live).exchanges())
                .extracting(Exchange::failure)
                .containsExactly(Exchange.Failure.NOT_RECORDED);
        assertThat(everything()).doesNotContain("CANARY");
    }

    @Test
    void aCutAnswerIsAskedForAgain() throws IOException {
        server.stubFor(post(anyUrl())
                .inScenario("cut")
                .whenScenarioStateIs("Started")
                .willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK))
                .willSetStateTo("whole"));
        server.stubFor(post(anyUrl())
                .inScenario("cut")
                .whenScenarioStateIs("whole")
                .willReturn(aResponse().withBody(CALLER)));

        Path live = folder("live");
        Completeness completeness = completeness(read(new CallerCollector(), live));

        assertThat(completeness.verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(recording(live).exchanges().get(0).failure()).isEqualTo(Exchange.Failure.CUT);
    }

    @Test
    void aServerThatHangsIsUnreachable() throws IOException {
        answer(aResponse().withBody(CALLER).withFixedDelay(2000));

        Completeness completeness = completeness(read(new CallerCollector(), folder("live")));

        assertThat(completeness.verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(completeness.reason()).isEqualTo("sts:GetCallerIdentity: no answer in time");
    }

    @Test
    void aServerThatDripsEndsAtTheAttemptsTime() throws IOException {
        answer(aResponse().withBody(CALLER).withChunkedDribbleDelay(20, 4000));
        AwsLimits limits =
                new AwsLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(500), 2 << 20, 8, 64);

        Path live = folder("live");
        Completeness completeness = completeness(read(new CallerCollector(), live, limits));

        assertThat(completeness.verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(completeness.reason()).isEqualTo("sts:GetCallerIdentity: no answer in time");
        assertThat(recording(live).whole()).isTrue();
        assertThat(recording(live).exchanges())
                .extracting(Exchange::failure)
                .containsExactly(Exchange.Failure.TIMEOUT, Exchange.Failure.TIMEOUT);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws IOException {
        server.stop();

        Completeness completeness = completeness(read(new CallerCollector(), folder("live")));

        assertThat(completeness.reason()).isEqualTo("sts:GetCallerIdentity: the connection was refused");
        assertThat(completeness.remedy()).contains("AWS_ENDPOINT_URL");
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        server.stubFor(
                any(urlEqualTo("/")).willReturn(aResponse().withStatus(302).withHeader("Location", "/other")));

        Completeness completeness = completeness(read(new CallerCollector(), folder("live")));

        assertThat(completeness.verdict()).isEqualTo(Verdict.UNREACHABLE);
        server.verify(0, getRequestedFor(urlEqualTo("/other")));
        server.verify(0, postRequestedFor(urlEqualTo("/other")));
    }

    @Test
    void anAnswerWithoutEndIsNotTaken() throws IOException {
        answer(aResponse().withBody(new byte[3 << 20]));

        Path live = folder("live");
        Completeness completeness = completeness(read(new CallerCollector(), live));

        assertThat(completeness.reason()).isEqualTo("sts:GetCallerIdentity: the answer was larger than allowed");
        assertThat(live.resolve("raw.warc.gz"))
                .satisfies(file -> assertThat(Files.size(file)).isLessThan(5000));
    }

    @Test
    void anAnswerWithEntitiesIsNotExpanded() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "CANARY9");
        answer(aResponse()
                .withBody("<!DOCTYPE r [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>"
                        + CALLER.replace("AIDAEXAMPLE", "&e;")));

        Path live = folder("live");
        read(new CallerCollector(), live);

        Files.delete(secret);
        assertThat(everything()).doesNotContain("CANARY9");
    }

    @Test
    void aLargeAnswerGoesThroughAFileThatIsDeleted() throws IOException {
        String comment = "<!-- " + "x".repeat(3 << 19) + " -->";
        answer(aResponse()
                .withBody(CALLER.replace("<GetCallerIdentityResult>", comment + "<GetCallerIdentityResult>")));

        Path live = folder("live");
        Completeness completeness = completeness(read(new CallerCollector(), live));

        assertThat(completeness.verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(recording(live)
                        .exchanges()
                        .get(0)
                        .answered()
                        .orElseThrow()
                        .body()
                        .size())
                .isGreaterThan(3 << 19);
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aThrottledCallIsThrottledAndNothingElse() throws IOException {
        answer(aResponse()
                .withStatus(400)
                .withBody("<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code>"
                        + "<Message>Rate exceeded</Message></Error></ErrorResponse>"));

        Completeness completeness = completeness(read(new CallerCollector(), folder("live")));

        assertThat(completeness.verdict()).isEqualTo(Verdict.THROTTLED);
        assertThat(completeness.reason()).isEqualTo("sts:GetCallerIdentity: Throttling, Rate exceeded");
        server.verify(2, postRequestedFor(anyUrl()));
    }

    @Test
    void aClockThatIsTenMinutesOffMakesEverythingStale() throws IOException {
        answer(aResponse().withBody(CALLER).withHeader("Date", "Mon, 23 Nov 2026 02:10:00 GMT"));

        Evidence evidence = read(new CallerCollector(), folder("live"));

        assertThat(completeness(evidence).verdict()).isEqualTo(Verdict.STALE);
        assertThat(completeness(evidence).reason())
                .isEqualTo("the source's clock is 10 minutes ahead of this machine's");
        assertThat(evidence.clockOffsetMs()).isBetween(599_000L, 601_000L);
    }

    @Test
    void callsSideBySideGiveRowsAndReplaysInTheOrderOfTheItems() throws IOException {
        IntStream.range(0, 40)
                .forEach(i -> server.stubFor(post(anyUrl())
                        .withRequestBody(containing("UserName=user-" + i + "."))
                        .willReturn(aResponse()
                                .withBody("<ListGroupsForUserResponse><ListGroupsForUserResult><IsTruncated>false"
                                        + "</IsTruncated><Groups><member><GroupName>g" + i + "</GroupName></member>"
                                        + "</Groups></ListGroupsForUserResult></ListGroupsForUserResponse>"))));
        Collector collector = collector(
                null,
                (connections, writer) -> writer.population("aws_caller", rows -> {
                    IamClient iam = connections.aws(IamClient.builder(), ACCOUNT);
                    List<String> users = IntStream.range(0, 40)
                            .mapToObj(i -> "user-" + i + ".")
                            .toList();
                    connections.inParallel(
                            users,
                            user -> iam.listGroupsForUser(request -> request.userName(user)),
                            (user, answer) -> rows.attempt(answer)
                                    .ifPresent(found -> rows.row(
                                            RowSource.of(found, "/"),
                                            user,
                                            Cells.of(
                                                    "arn", found.groups().get(0).groupName()))));
                    rows.endOfPage(true);
                }));

        Path live = folder("live");
        Evidence evidence = read(collector, live);
        Path again = folder("again");
        new Replay(tables, List.of(new AwsFailures()), clock)
                .task(live.resolve("raw.warc.gz"), evidence, collector, again, folder);

        assertThat(completeness(evidence).rows()).isEqualTo(40);
        assertThat(Files.readString(live.resolve("aws_caller.csv"))).contains("user-7.,g7,");
        assertThat(again.resolve("aws_caller.lineage.csv"))
                .hasSameBinaryContentAs(live.resolve("aws_caller.lineage.csv"));
        assertThat(evidence.operations().get(0).parameters()).isEqualTo("UserName=(40 values)");
    }

    @Test
    void equalRequestsAreReplayedInTheirOrder() throws IOException {
        for (int i = 0; i < 3; i++) {
            server.stubFor(post(anyUrl())
                    .inScenario("poll")
                    .whenScenarioStateIs(i == 0 ? "Started" : "state-" + i)
                    .willReturn(aResponse().withBody(CALLER.replace("AIDAEXAMPLE", "AIDA" + i)))
                    .willSetStateTo("state-" + (i + 1)));
        }
        Collector collector = collector(
                null,
                (connections, writer) -> writer.population("aws_caller", rows -> {
                    StsClient sts = connections.aws(StsClient.builder(), ACCOUNT);
                    for (int i = 0; i < 3; i++) {
                        var answer = sts.getCallerIdentity();
                        rows.row(RowSource.of(answer, "/"), "row-" + i, Cells.of("user_id", answer.userId()));
                    }
                    rows.endOfPage(true);
                }));

        Path live = folder("live");
        Evidence evidence = read(collector, live);
        Path again = folder("again");
        new Replay(tables, List.of(new AwsFailures()), clock)
                .task(live.resolve("raw.warc.gz"), evidence, collector, again, folder);

        assertThat(Files.readString(again.resolve("aws_caller.csv"))).contains("row-0,,AIDA0", "row-2,,AIDA2");
    }

    @Test
    void aRequestThatWasNotRecordedIsSaidAndNotGuessed() throws IOException {
        answer(aResponse().withBody(CALLER));
        Path live = folder("live");
        Evidence evidence = read(new CallerCollector(), live);
        Collector other = collector(
                null,
                (connections, writer) -> writer.population("aws_caller", rows -> {
                    connections.aws(IamClient.builder(), ACCOUNT).listUsers();
                    rows.endOfPage(true);
                }));

        Replay.Replayed replayed = new Replay(tables, List.of(new AwsFailures()), clock)
                .task(live.resolve("raw.warc.gz"), evidence, other, folder("again"), folder);

        assertThat(replayed.unanswered()).hasSize(1).first().asString().contains("Action=ListUsers");
        assertThat(completeness(replayed.evidence()).verdict()).isEqualTo(Verdict.UNREACHABLE);
    }

    @Test
    void aDefectOfACollectorLeavesItsPopulationsAsNotRead() throws IOException {
        answer(aResponse().withBody(CALLER));
        Collector broken = collector(
                null,
                (connections, writer) -> writer.population("aws_caller", rows -> {
                    var answer = connections.aws(StsClient.builder(), ACCOUNT).getCallerIdentity();
                    rows.row(RowSource.of(answer, "/"), "twice", Cells.none());
                    rows.row(RowSource.of(answer, "/"), "twice", Cells.none());
                    rows.endOfPage(true);
                }));

        TaskRun.Read read = readTask(broken, folder("live"), SHORT);

        assertThat(read.defect()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("twice");
        assertThat(completeness(read.evidence()).verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(completeness(read.evidence()).rows()).isZero();
    }

    private void answer(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private Evidence read(Collector collector, Path target) {
        return read(collector, target, SHORT);
    }

    private Evidence read(Collector collector, Path target, AwsLimits limits) {
        TaskRun.Read read = readTask(collector, target, limits);
        assertThat(read.defect()).isNull();
        return read.evidence();
    }

    private TaskRun.Read readTask(Collector collector, Path target, AwsLimits limits) {
        AwsSettings settings = new AwsSettings("0.0.1", "run", Map.of(), AwsAccess.DEFAULT, limits);
        try (AwsTransport transport = new AwsTransport(settings, clock)) {
            LiveOrigin origin = new LiveOrigin(transport, "tickmark/0.0.1", Map.of(), clock, Pause.NONE, 8);
            return new TaskRun(tables, List.of(new AwsFailures()), clock)
                    .read(new Task(collector, ACCOUNT), 1, origin, target, folder.resolve("scratch"));
        }
    }

    private static Completeness completeness(Evidence evidence) {
        return evidence.tables().get(0).completeness();
    }

    private static Recording recording(Path target) {
        return RecordingReader.read(target.resolve("raw.warc.gz"));
    }

    /** The text of every file below the folder, recordings unpacked. */
    private String everything() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (InputStream in = file.toString().endsWith(".gz")
                        ? new GZIPInputStream(Files.newInputStream(file))
                        : Files.newInputStream(file)) {
                    text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    private static Collector collector(@Nullable CutField cut, BiConsumer<Connections, EvidenceWriter> read) {
        return new Collector() {
            @Override
            public Source source() {
                return new Source(
                        "aws-test", 1, "aws", List.of("aws_caller"), List.of(), cut == null ? List.of() : List.of(cut));
            }

            @Override
            public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
                read.accept(connections, evidence);
            }
        };
    }
}
