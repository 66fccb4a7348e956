package dev.tickmark.samples;

import dev.tickmark.cli.Session;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;

/** A command line in a process of its own, which a test may kill: arguments are the endpoint, the folder, then it. */
final class InterruptibleRun {
    private InterruptibleRun() {}

    public static void main(String[] arguments) {
        System.setProperty("aws.maxAttempts", "1");
        Session session = new Session(Path.of(arguments[1]))
                .at(LiveCompany.DAY)
                .reading(URI.create(arguments[0]))
                .echoing(System.out);
        System.exit(session.run(Arrays.copyOfRange(arguments, 2, arguments.length)));
    }
}
