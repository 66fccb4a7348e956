package dev.tickmark.cli;

import dev.tickmark.cli.config.ConfigurationFile;
import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a commented configuration to begin with. */
@Command(
        name = "init",
        description = "Write a commented tickmark.yaml into the current folder; an existing file is never touched.")
final class InitCommand extends Verb {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = ConfigurationFile.DEFAULT_NAME,
            description = "Where to write it (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of(ConfigurationFile.DEFAULT_NAME);

    InitCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Path target = host.folder().resolve(file);
        try (InputStream example = InitCommand.class.getResourceAsStream("/config/tickmark.example.yaml")) {
            if (example == null) {
                throw new IllegalStateException("the example configuration is not on the class path");
            }
            Files.write(target, example.readAllBytes(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw TickmarkException.fixFirst(
                    "'" + file + "' exists already.", "Move it away first, or name another file with --config.");
        } catch (IOException e) {
            throw TickmarkException.fixFirst(
                    "'" + file + "' cannot be written.", "Check that the folder exists and that you may write there.");
        }
        console.result("Wrote " + file + ". Set 'organization', then: tickmark doctor");
        return Exit.DONE;
    }
}
