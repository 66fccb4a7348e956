package dev.tickmark.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Starts the command line and ends the process; nothing else does.
 *
 * <p>The launcher says with {@code -Dtickmark.terminal=true} that stderr is a terminal: the runtime answers differently
 * from one Java version to the next.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Host host = new Host(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                out,
                err,
                Boolean.getBoolean("tickmark.terminal"));
        int code = Tickmark.run(host, arguments);
        out.flush();
        System.exit(code);
    }
}
