package dev.tickmark.cli;

import dev.tickmark.collect.aws.AwsLimits;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the machine gives to a command; handed over by {@link Main}, so that tests can give something else.
 *
 * @param environment the environment variables
 * @param folder the current folder; relative paths start there
 * @param clock UTC
 * @param terminal whether stderr is a terminal
 * @param askSecretly asks a person at the terminal without showing what is typed; empty where there is no terminal
 * @param limits when a call to AWS is given up
 */
public record Host(
        Map<String, String> environment,
        Path folder,
        Clock clock,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Function<String, Optional<char[]>> askSecretly,
        AwsLimits limits) {
    public Host {
        environment = Map.copyOf(environment);
    }

    /** The same machine at the time of a recording. */
    Host at(Instant recorded) {
        Clock then = Clock.fixed(recorded, ZoneOffset.UTC);
        return new Host(environment, folder, then, out, err, terminal, askSecretly, limits);
    }

    /**
     * The user's folder for keys and identities.
     *
     * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG base directories</a>
     */
    public Path configFolder() {
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        if (!xdg.isBlank() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg).resolve("tickmark");
        }
        String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", "."));
        return folder.resolve(home).resolve(".config").resolve("tickmark");
    }
}
