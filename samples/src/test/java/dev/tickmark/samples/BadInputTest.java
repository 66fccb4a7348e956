package dev.tickmark.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
    private static final Pattern REPORT = Pattern.compile("<Content>([^<]+)</Content>");

    @TempDir
    Path folder;

    private LiveCompany company;

    @BeforeEach
    void open() throws IOException {
        company = new LiveCompany(folder.resolve("company"), Estate.generated(4));
    }

    @AfterEach
    void close() throws IOException {
        company.close();
    }

    @Test
    void withoutCredentialsNothingBegins() {
        Map<String, String> before = new TreeMap<>();
        for (String name : List.of("aws.accessKeyId", "aws.secretAccessKey")) {
            before.put(name, System.clearProperty(name));
        }
        Map<String, String> none = Map.of(
                "aws.sharedCredentialsFile", folder.resolve("none").toString(),
                "aws.configFile", folder.resolve("none").toString(),
                "aws.disableEc2Metadata", "true");
        none.forEach(System::setProperty);
        try {
            refused(3, "AWS did not say who we are", "collect");
            assertThat(company.session().err())
                    .contains("no credentials were found")
                    .contains("AWS_PROFILE");
        } finally {
            none.keySet().forEach(System::clearProperty);
            before.forEach(System::setProperty);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredToken", "InvalidClientTokenId", "RequestTimeTooSkewed"})
    void credentialsThatAreNotAcceptedEndItBeforeItBegins(String code) {
        company.server().misbehaving((action, number, usual) -> EstateServer.refusal(usual, 403, code, "No, not so."));

        refused(3, code, "collect");
    }

    @Test
    void aPageInPlaceOfEveryAnswerEndsItBeforeItBegins() {
        company.server().misbehaving((action, number, usual) -> body(usual, "<html><body>Sign in</body></html>"));

        refused(3, "AWS did not say who we are", "collect");
    }

    @Test
    void anotherAccountThanTheConfiguredOneIsNotRead() throws IOException {
        configuration("sources: {aws: [{account: \"999988887777\"}]}");

        refused(3, "expects account '999988887777', but '111122223333' answers", "collect");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sources: {aws: [}]     | line 2, column",
                "orgnization: x         | Did you mean 'organization'?",
                "signing: {pkcs12: [1]} | line 2, column",
                "sources: {aws: [{account: 12}]} | 12 digits",
                "parameters: {IAM-006: {max_age_day: {value: 90, policy: x}}} | max_age_days",
                "organization: ${NOT_SET_ANYWHERE} | NOT_SET_ANYWHERE",
            })
    void aConfigurationWithAMistakeIsNotUnderstood(String line, String said) throws IOException {
        String first = line.startsWith("organization") ? "frameworks: [soc2-2017]" : "organization: Example";
        Files.writeString(company.folder().resolve("tickmark.yaml"), first + "\n" + line + "\n");

        refused(2, said, "run", "--no-seal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "empty", "a folder", "not text"})
    void aRosterThatCannotBeReadEndsItBeforeItBegins(String how) throws IOException {
        company.configured();
        Path roster = company.folder().resolve("hr-roster.csv");
        Files.delete(roster);
        switch (how) {
            case "empty" -> Files.createFile(roster);
            case "a folder" -> Files.createDirectory(roster);
            case "not text" -> Files.write(roster, new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0, 1});
            default -> assertThat(roster).doesNotExist();
        }

        refused(3, "hr-roster.csv", "run", "--no-seal");
    }

    @Test
    void aRosterWithoutAMappedColumnIsNotUnderstood() throws IOException {
        company.configured();
        Files.writeString(company.folder().resolve("hr-roster.csv"), "One;Two\n1;2\n");

        refused(2, "there is no column 'Employee ID'", "run", "--no-seal");
    }

    @Test
    void aKeyStoreThatDoesNotOpenEndsItBeforeItBegins() throws IOException {
        company.session().with("GOOD", "correct horse").with("BAD", "battery staple");
        assertThat(company.run("key", "new", "--organization", "Example", "--password-env", "GOOD"))
                .isZero();
        configuration("signing: {pkcs12: evidence-signer.p12, password_env: BAD}");
        refused(3, "evidence-signer.p12", "run");

        configuration("signing: {pkcs12: evidence-signer.p12, password_env: NOT_SET}");
        refused(3, "NOT_SET", "run");

        configuration("signing: {pkcs12: nowhere.p12, password_env: GOOD}");
        refused(3, "nowhere.p12", "run");

        configuration("signing: {pkcs12: evidence-signer.p12, password_env: GOOD}");
        company.session().at(LiveCompany.DAY.plus(Duration.ofDays(20_000)));
        refused(3, "expired at ", "run");
    }

    @Test
    void anOutputFolderThatCannotBeWrittenEndsItBeforeItBegins() throws IOException {
        Files.createFile(company.folder().resolve("x"));

        assertThat(company.run("collect", "--out", "x")).isEqualTo(3);
        twoSentences();
        assertThat(company.run("demo", "--out", "x/y")).isEqualTo(3);
        twoSentences();
        assertThat(company.server().calls()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, DENIED, iam:ListOpenIDConnectProviders",
        "403, ExpiredToken, DENIED, Sign in again",
        "403, RequestTimeTooSkewed, STALE, time server",
        "400, Throttling, THROTTLED, --resume",
        "503, ServiceUnavailable, UNREACHABLE, --resume"
    })
    void anAnswerThatSaysNoCostsItsTablesAlone(int status, String code, String verdict, String remedy)
            throws IOException {
        company.server()
                .misbehaving((action, number, usual) -> action.equals("ListOpenIDConnectProviders")
                        ? EstateServer.refusal(usual, status, code, "It is so.")
                        : usual);

        assertThat(company.run("collect", "--out", "x", "--output", "json")).isEqualTo(4);

        assertThat(Outcomes.verdicts(company.json())).isEqualTo(Map.of("aws_iam_oidc_provider", verdict));
        assertThat(company.session().out()).contains(remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "cut", "hanging", "silent"})
    void anAnswerThatIsNoneCostsItsTablesAlone(String how) throws IOException {
        CountDownLatch closing = new CountDownLatch(1);
        company.session().patient(Duration.ofMillis(400));
        company.server().misbehaving((action, number, usual) -> {
            if (!action.equals("ListOpenIDConnectProviders")) {
                return usual;
            }
            Map<String, String> headers = new TreeMap<>(usual.headers());
            switch (how) {
                case "html" -> {
                    headers.put("Content-Type", "text/html");
                    return new LoopbackHttp.Response(200, headers, "<html><body>Please sign in</body></html>");
                }
                case "cut" -> {
                    headers.put("Content-Length", "100000");
                    return new LoopbackHttp.Response(200, headers, usual.body());
                }
                case "silent" -> {
                    headers.put("Content-Length", "0");
                    return new LoopbackHttp.Response(200, headers, "");
                }
                default -> closing.await();
            }
            return usual;
        });

        assertThat(company.run("collect", "--out", "x", "--output", "json")).isEqualTo(4);
        closing.countDown();

        assertThat(Outcomes.verdicts(company.json())).isEqualTo(Map.of("aws_iam_oidc_provider", "UNREACHABLE"));
    }

    @Test
    void aClockTenMinutesOffMakesWhatWasReadStale() throws IOException {
        company.session().at(LiveCompany.DAY.plus(Duration.ofMinutes(10)));

        assertThat(company.run("collect", "--out", "x", "--output", "json")).isEqualTo(4);

        assertThat(Outcomes.verdicts(company.json()).values()).isNotEmpty().allMatch("STALE"::equals);
        assertThat(company.session().out()).contains("clock");
    }

    @Test
    void whatTheVendorAddsLaterIsReadAsText() throws IOException {
        company.server().misbehaving((action, number, usual) -> switch (action) {
            case "ListAccessKeys" -> body(usual, usual.body().replace(">Active<", ">Suspended<"));
            case "GetCredentialReport" -> body(usual, withColumn(usual.body()));
            case "GetAccountSummary" ->
                body(
                        usual,
                        usual.body().replace("<entry>", "<entry><key>NewCount</key><value>1</value></entry><entry>"));
            default -> usual;
        });

        assertThat(company.run("collect", "--out", "x", "--output", "json")).isEqualTo(4);

        assertThat(Outcomes.verdicts(company.json()))
                .as("its count of active keys does not agree with the report")
                .isEqualTo(Map.of("aws_iam_access_key", "PARTIAL"));
        assertThat(company.run("show", "table", "aws_iam_access_key", "--out", "x"))
                .isZero();
        assertThat(company.session().out()).contains("Suspended");
    }

    private static String withColumn(String answer) {
        Matcher content = REPORT.matcher(answer);
        assertThat(content.find()).isTrue();
        String csv = new String(Base64.getDecoder().decode(content.group(1)), StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        csv.lines().forEach(line -> lines.add(line + (lines.isEmpty() ? ",passkey_active" : ",true")));
        byte[] longer = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return content.replaceFirst("<Content>" + Base64.getEncoder().encodeToString(longer) + "</Content>");
    }

    private static LoopbackHttp.Response body(LoopbackHttp.Response usual, String body) {
        return new LoopbackHttp.Response(usual.status(), usual.headers(), body);
    }

    private void configuration(String line) throws IOException {
        Files.writeString(company.folder().resolve("tickmark.yaml"), "organization: Example\n" + line + "\n");
    }

    /** Ends with this status and two sentences, and leaves no run behind. */
    private void refused(int exit, String said, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--out", "x"));

        assertThat(company.run(all.toArray(String[]::new)))
                .as(company.session().err())
                .isEqualTo(exit);

        assertThat(company.session().err()).contains(said);
        twoSentences();
        assertThat(company.session().out()).isEmpty();
        assertThat(company.folder().resolve("x/runs")).doesNotExist();
    }

    private void twoSentences() {
        List<String> lines = company.session().err().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("tickmark: ").endsWith(".");
        assertThat(lines.get(1)).matches("(?s).*[.?]");
        assertThat(company.session().err()).doesNotContain("Exception").doesNotContain("java.");
    }
}
