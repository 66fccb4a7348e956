package dev.tickmark.cli;

import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.Stamp;
import dev.tickmark.evidence.seal.time.TimeAuthority;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds the proof of time that a package lacks. */
@Command(
        name = "stamp",
        description = {
            "Ask a time authority for the tokens that a package lacks, and add them; no signed byte " + "changes.",
            "",
            "The proven time is then later than the one that the package claims; 'verify' prints both."
        })
final class StampCommand extends Verb {
    @Mixin
    private final Place place = new Place();

    @Parameters(paramLabel = "PACKAGE", description = "The package, a zip file.")
    private Path file = Path.of("");

    @Option(
            names = "--authority",
            paramLabel = "URL",
            description = "Ask this authority (default: 'timestamp' of the configuration); may be repeated.")
    private List<URI> authorities = List.of();

    StampCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Path path = host.folder().resolve(file);
        if (!Files.isRegularFile(path)) {
            throw TickmarkException.notUnderstood(
                    "There is no package '" + file + "'.", "Give the path of a package, a zip file.");
        }
        Stamp.Stamped stamped = new Stamp(new TimeAuthority(asked()), Steps.selfCheck(host)).stamp(path);
        stamped.problems().forEach(console::warning);
        stamped.added().forEach((name, time) -> console.result("Added " + name + ", time " + time));
        if (stamped.timeMissing()) {
            console.result("NOT TIMESTAMPED: no authority gave a token; the package is as it was.");
            return Exit.TIME_NOT_PROVEN;
        }
        if (stamped.added().isEmpty()) {
            console.result("Nothing was missing: the package has its time tokens.");
        }
        return Exit.DONE;
    }

    private List<URI> asked() {
        if (!authorities.isEmpty()) {
            return authorities;
        }
        Configuration configuration = place.configuration(host);
        if (configuration.timeAuthorities().isEmpty()) {
            throw TickmarkException.fixFirst(
                    "No time authority is named.",
                    "Give --authority with its address, or set 'timestamp' in tickmark.yaml.");
        }
        return configuration.timeAuthorities();
    }
}
