package dev.tickmark.bench;

import dev.tickmark.samples.Estate;
import dev.tickmark.samples.EstateServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The evidence of one account with 1,000 users over a connection with 50 ms latency, beside shell scripts of another
 * command line tool's calls.
 *
 * <p>Two scripts: the calls that answer for the whole account, and those about single users. The second one is run for
 * some users and its duration taken times the users that would have to be asked.
 */
class CollectBench {
    private static final int USERS = 1000;
    private static final int WITH_ACTIVE_KEY = USERS / 10;
    private static final int SAMPLE = 10;
    private static final int PAIRS = 3;
    private static final int EVIDENCE_MISSING = 4;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final List<String> WHOLE_ACCOUNT = List.of(
            "sts get-caller-identity",
            "iam get-account-summary",
            "iam list-account-aliases",
            "iam get-account-password-policy",
            "iam generate-credential-report",
            "iam get-credential-report",
            "iam get-account-authorization-details --page-size 1000",
            "iam list-virtual-mfa-devices --page-size 1000",
            "iam list-saml-providers");
    private static final String ALL = "organization: Bench\nsources:\n  aws:\n    - {}\n";
    private static final String WITHOUT_SINGLE_USERS = ALL
            + "excluded:\n"
            + excluded("aws_iam_access_key")
            + excluded("aws_iam_mfa_device")
            + excluded("aws_iam_signing_certificate");

    @TempDir
    Path folder;

    @Test
    void collectsBesideAScriptOfCalls() throws Exception {
        String tickmark = Processes.tickmark();
        Measured table = new Measured("collect");
        try (EstateServer server = new EstateServer(Estate.generated(USERS), Clock.systemUTC(), LATENCY)) {
            Path account = script("account.sh", server.endpoint(), WHOLE_ACCOUNT);
            Path users = script("users.sh", server.endpoint(), aboutUsers());
            Map<String, String> environment = environment(server.endpoint());

            Pairs accountOnly = Pairs.measured(
                    PAIRS,
                    () -> collect(tickmark, environment, "whole-account.yaml"),
                    () -> Processes.run(environment, List.of("sh", account.toString())));
            int before = server.calls();
            Pairs all = Pairs.measured(
                    PAIRS,
                    () -> collect(tickmark, environment, "all.yaml"),
                    () -> Processes.run(environment, List.of("sh", users.toString())));
            int calls = (server.calls() - before) / (PAIRS + 1) - SAMPLE;

            double script = accountOnly.peer() + all.peer() * WITH_ACTIVE_KEY / SAMPLE;
            table.line(
                    "calls for " + USERS + " users, " + WITH_ACTIVE_KEY + " with an active key",
                    Integer.toString(calls),
                    "at most " + (40 + WITH_ACTIVE_KEY));
            table.line(
                    "script of the same operations / tickmark collect",
                    Measured.number(script / all.ours()) + " times (" + Measured.number(script) + " s, of which "
                            + Measured.number(script - accountOnly.peer()) + " s taken times "
                            + WITH_ACTIVE_KEY / SAMPLE + " / " + Measured.number(all.ours()) + " s)",
                    "at least 10");
            table.line(
                    "script of " + WHOLE_ACCOUNT.size() + " calls / tickmark collect without facts of single users",
                    Measured.number(1 / accountOnly.ratio()) + " times (" + Measured.number(accountOnly.peer())
                            + " s / " + Measured.number(accountOnly.ours()) + " s)",
                    "at least 2");
        }
        table.print();
    }

    private void collect(String tickmark, Map<String, String> environment, String configuration) throws Exception {
        Path out = Files.createTempDirectory(folder, "out");
        Path yaml = folder.resolve(configuration);
        if (!Files.exists(yaml)) {
            Files.writeString(yaml, configuration.equals("all.yaml") ? ALL : WITHOUT_SINGLE_USERS);
        }
        Processes.run(
                environment,
                List.of(tickmark, "collect", "--quiet", "--config", yaml.toString(), "--out", out.toString()),
                EVIDENCE_MISSING);
    }

    private static String excluded(String table) {
        return "  - {table: " + table + ", reason: measured apart, owner: Bench, date: 2026-11-01}\n";
    }

    private static List<String> aboutUsers() {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < SAMPLE; i++) {
            calls.add("iam list-access-keys --user-name user-" + String.format(Locale.ROOT, "%08d", i * 10));
        }
        return calls;
    }

    /** A script as one writes it by hand: one call after the other, each answer into a file. */
    private static Path script(String name, URI endpoint, List<String> calls) throws Exception {
        StringBuilder script = new StringBuilder("set -eu\n");
        for (int i = 0; i < calls.size(); i++) {
            script.append(Processes.AWS + " --endpoint-url " + endpoint + " --output json " + calls.get(i)
                    + " > \"$OUT/" + i + ".json\"\n");
        }
        Path file = Files.createDirectories(Path.of("target")).resolve(name);
        Files.writeString(file, script);
        return file.toAbsolutePath();
    }

    private Map<String, String> environment(URI endpoint) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("AWS_ENDPOINT_URL", endpoint.toString());
        environment.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
        environment.put("AWS_SECRET_ACCESS_KEY", "example");
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_DEFAULT_REGION", "us-east-1");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_PAGER", "");
        environment.put("AWS_CONFIG_FILE", folder.resolve("none").toString());
        environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
        environment.put("HOME", folder.toString());
        environment.put("OUT", folder.toString());
        return environment;
    }
}
