package dev.tickmark.cli;

import dev.tickmark.collect.aws.AwsLimits;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A command line run inside the test, with its own folder, environment and clock. */
public final class Session {
    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private PrintStream echo = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private AwsLimits limits = AwsLimits.DEFAULT;
    private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    public Session(Path folder) {
        this.folder = folder;
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
    }

    public Session with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /**
     * Points the AWS SDK at a server on loopback, with credentials that are none. The SDK reads the process's own
     * environment, so this goes by its system properties and holds for the rest of the process.
     */
    public Session reading(URI endpoint) {
        System.setProperty("aws.endpointUrl", endpoint.toString());
        System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
        System.setProperty("aws.secretAccessKey", "example");
        System.setProperty("aws.region", "us-east-1");
        return this;
    }

    public Session at(Instant now) {
        clock = Clock.fixed(now, ZoneOffset.UTC);
        return this;
    }

    /** Gives a call up after this time without a byte. */
    public Session patient(Duration forAnswer) {
        limits = new AwsLimits(forAnswer, forAnswer, forAnswer.multipliedBy(2), 1 << 24, 24, 128);
        return this;
    }

    /** Prints what goes to stderr there, too, as it comes. */
    public Session echoing(PrintStream also) {
        echo = also;
        return this;
    }

    /** Runs one command line; what the previous one printed is forgotten. */
    public int run(String... arguments) {
        out.reset();
        err.reset();
        Host host = new Host(
                environment,
                folder,
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new Tee(), true, StandardCharsets.UTF_8),
                false,
                question -> Optional.empty(),
                limits);
        return Tickmark.run(host, arguments);
    }

    private final class Tee extends OutputStream {
        @Override
        public void write(int b) {
            err.write(b);
            echo.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            err.write(bytes, from, length);
            echo.write(bytes, from, length);
            echo.flush();
        }
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
