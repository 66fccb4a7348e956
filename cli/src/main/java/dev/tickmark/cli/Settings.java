package dev.tickmark.cli;

import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every verb takes. */
final class Settings {
    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print the result and problems only, no progress.")
    boolean quiet;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "No colors on the terminal; NO_COLOR in the environment does the same.")
    boolean noColor;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Print where an error came from; for reports about Tickmark itself.")
    boolean stacktrace;

    Console console(Host host) {
        boolean dumb = host.environment()
                .getOrDefault("TERM", "")
                .toLowerCase(Locale.ROOT)
                .equals("dumb");
        boolean noColorSet = !host.environment().getOrDefault("NO_COLOR", "").isEmpty();
        boolean color = host.terminal() && !noColor && !noColorSet && !dumb;
        return new Console(host.out(), host.err(), quiet, color, host.terminal() && !dumb);
    }
}
