package dev.tickmark.evidence.seal.key;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where a key's passphrase comes from: an environment variable, a file or a person, never an argument. It is asked for
 * only when a key needs it, and no text of this object holds it.
 */
public final class Passphrase {
    private final Supplier<char[]> source;

    private Passphrase(Supplier<char[]> source) {
        this.source = source;
    }

    /** Nothing is configured: a protected key cannot be opened. */
    public static Passphrase none() {
        return new Passphrase(() -> {
            throw TickmarkException.fixFirst(
                    "The key is protected and nothing says where its passphrase is.",
                    "Name an environment variable or a file that holds it, or run on a terminal to be asked.");
        });
    }

    public static Passphrase environment(String variable, Map<String, String> environment) {
        return new Passphrase(() -> Optional.ofNullable(environment.get(variable))
                .orElseThrow(() -> TickmarkException.fixFirst(
                        "The environment variable '" + variable
                                + "', which should hold the key's passphrase, is not set.",
                        "Set it for this command, or name another source of the passphrase."))
                .toCharArray());
    }

    /** The file's text without the line end that editors add. */
    public static Passphrase file(Path file) {
        return new Passphrase(() -> {
            try {
                return Files.readString(file, StandardCharsets.UTF_8)
                        .replaceFirst("\\R\\z", "")
                        .toCharArray();
            } catch (IOException e) {
                throw new TickmarkException(
                        TickmarkException.Kind.FIX_FIRST,
                        "The passphrase file '" + file + "' could not be read.",
                        "Create it, readable by you alone, or name another source of the passphrase.",
                        e);
            }
        });
    }

    /**
     * Asks a person.
     *
     * @param ask shows the question and gives what was typed, unseen; empty where there is no terminal
     */
    public static Passphrase prompt(String question, Function<String, Optional<char[]>> ask) {
        return new Passphrase(() -> ask.apply(question)
                .orElseThrow(() -> TickmarkException.fixFirst(
                        "The key is protected and there is no terminal to ask for its passphrase.",
                        "Name an environment variable or a file that holds it.")));
    }

    /** The caller overwrites the array after use. */
    char[] read() {
        return source.get();
    }

    @Override
    public String toString() {
        return "Passphrase[not shown]";
    }
}
