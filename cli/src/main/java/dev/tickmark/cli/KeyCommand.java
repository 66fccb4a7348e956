package dev.tickmark.cli;

import dev.tickmark.cli.config.Configuration;
import dev.tickmark.cli.config.ConfigurationFile;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.key.Certificates;
import dev.tickmark.evidence.seal.key.NewKey;
import dev.tickmark.evidence.seal.key.SigningKey;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The organisation's signing key. */
@Command(
        name = "key",
        description = {
            "Make or show the key that packages are signed with.",
            "",
            "The auditor accepts a package by its signer's fingerprint. Hand it over on another way than "
                    + "the package: a call, a letter, a page of your organisation."
        })
final class KeyCommand extends Verb {
    KeyCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        if (spec != null) {
            console.document(spec.commandLine().getUsageMessage());
        }
        return Exit.DONE;
    }

    /** Makes a key and a certificate. */
    @Command(
            name = "new",
            description = "Make a P-256 key with a self-signed certificate, as PKCS#12; nothing is overwritten.")
    static final class New extends Verb {
        @Mixin
        private final Place place = new Place();

        @Option(
                names = "--organization",
                paramLabel = "NAME",
                description = "Named in the certificate (default: 'organization' of the configuration).")
        private @Nullable String organization;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                defaultValue = "evidence-signer.p12",
                description =
                        "The key store to make (default: ${DEFAULT-VALUE}); the certificate lies beside it as .pem.")
        private Path file = Path.of("evidence-signer.p12");

        @Option(
                names = "--password-env",
                paramLabel = "NAME",
                description = "Environment variable that holds the passphrase.")
        private @Nullable String passwordEnv;

        @Option(names = "--password-file", paramLabel = "FILE", description = "File that holds the passphrase.")
        private @Nullable Path passwordFile;

        New(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            String name = organization == null ? configured() : organization;
            NewKey made = NewKey.make(
                    name,
                    host.folder().resolve(file),
                    Keys.passphrase(host, "Choose a passphrase for the new key: ", passwordEnv, passwordFile),
                    host.clock().instant());
            console.result("Key         " + made.keyStore());
            console.result("Certificate " + made.certificate());
            console.result("Valid until " + made.validUntil());
            console.result("Fingerprint " + made.fingerprint());
            console.result("");
            console.result("Give the certificate and the fingerprint to the auditor, not inside the package.");
            console.result("In tickmark.yaml:");
            console.result("  signing: {pkcs12: " + file + ", password_env: "
                    + (passwordEnv == null ? "TICKMARK_KEY_PASSWORD" : passwordEnv) + "}");
            return Exit.DONE;
        }

        private String configured() {
            Configuration configuration = place.configuration(host);
            if (configuration.organization().equals(ConfigurationFile.UNNAMED)) {
                throw TickmarkException.notUnderstood(
                        "A key needs the name of its organisation.",
                        "Give --organization, or set 'organization' in tickmark.yaml.");
            }
            return configuration.organization();
        }
    }

    /** Shows what an auditor needs to know of the configured key. */
    @Command(name = "show", description = "Print subject, validity and fingerprint of the configured key.")
    static final class Show extends Verb {
        @Mixin
        private final Place place = new Place();

        Show(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            Configuration configuration = place.configuration(host);
            SigningKey key = Keys.configured(host, configuration).orElseThrow(Keys::noKey);
            console.result("Subject     " + Certificates.name(key.certificate()));
            console.result("Valid until " + key.certificate().getNotAfter().toInstant());
            console.result("Fingerprint " + key.fingerprint());
            return Exit.DONE;
        }
    }
}
