package dev.tickmark.cli.config;

import dev.tickmark.catalog.declared.FrameworkDeclarations;
import java.nio.file.Path;

/** A file of the organisation's own, which lies beside the configuration unless a key names another place. */
public enum Declaration {
    ACCEPTANCES("acceptances", "acceptances.yaml"),
    RESPONSES("responses", "responses.yaml"),
    ATTACHMENTS("attachments", "attachments.yaml"),
    STATEMENT_OF_APPLICABILITY("statement_of_applicability", FrameworkDeclarations.STATEMENT),
    HIPAA_DECISIONS("hipaa_decisions", FrameworkDeclarations.DECISIONS),
    SCOPE("scope_declarations", FrameworkDeclarations.SCOPE);

    private final String key;
    private final String usualName;

    Declaration(String key, String usualName) {
        this.key = key;
        this.usualName = usualName;
    }

    /** The key of {@code tickmark.yaml} that names another place. */
    public String key() {
        return key;
    }

    /** Its name where no key names it, and in a run whatever it is called here. */
    public String usualName() {
        return usualName;
    }

    /**
     * Where it lies.
     *
     * @param named where the configuration names it, as messages put it; empty where it is the usual place
     */
    public record Place(Path path, String named) {}
}
