package dev.tickmark.cli;

import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.key.KeyFile;
import dev.tickmark.evidence.seal.key.Passphrase;
import dev.tickmark.evidence.seal.key.SigningKey;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the signing key that the configuration names. */
final class Keys {
    private Keys() {}

    /**
     * The configured key, opened; nothing where none is configured.
     *
     * @throws TickmarkException FIX_FIRST where it cannot be opened or may not sign now
     */
    static Optional<SigningKey> configured(Host host, Configuration configuration) {
        return configuration.signing().map(signing -> {
            Passphrase passphrase = passphrase(
                    host,
                    "Passphrase of the signing key: ",
                    signing.passwordEnv().orElse(null),
                    signing.passwordFile().orElse(null));
            Path file = signing.pkcs12().or(signing::pemKey).orElseThrow();
            return KeyFile.open(
                    file,
                    signing.pemCertificates().orElse(null),
                    passphrase,
                    host.clock().instant());
        });
    }

    static TickmarkException noKey() {
        return TickmarkException.fixFirst(
                "No signing key is configured.",
                "Make one with 'tickmark key new' and name it under 'signing' in tickmark.yaml, then 'tickmark seal'.");
    }

    /** From the variable, else the file, else a person at a terminal. */
    static Passphrase passphrase(Host host, String question, @Nullable String variable, @Nullable Path file) {
        if (variable != null) {
            return Passphrase.environment(variable, host.environment());
        }
        if (file != null) {
            return Passphrase.file(host.folder().resolve(file));
        }
        return Passphrase.prompt(question, host.askSecretly());
    }
}
