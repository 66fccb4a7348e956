package dev.tickmark.cli;

import dev.tickmark.collect.aws.AwsLimits;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/**
 * Starts the command line and ends the process; nothing else does.
 *
 * <p>The launcher says with {@code -Dtickmark.terminal=true} that stderr is a terminal: the runtime answers differently
 * from one Java version to the next.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // a library that formats numbers in the default locale must not write other digits into a file
        Locale.setDefault(Locale.ROOT);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Host host = new Host(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                out,
                err,
                Boolean.getBoolean("tickmark.terminal"),
                Main::askSecretly,
                AwsLimits.DEFAULT);
        int code = Tickmark.run(host, arguments);
        out.flush();
        System.exit(code);
    }

    private static Optional<char[]> askSecretly(String question) {
        return Boolean.getBoolean("tickmark.terminal")
                ? Optional.ofNullable(System.console()).map(console -> console.readPassword("%s", question))
                : Optional.empty();
    }
}
