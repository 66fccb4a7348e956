package dev.tickmark.evidence.seal;

import java.nio.file.Path;

/** Looks at a package before it gets its name: one that fails is never handed out. */
@FunctionalInterface
public interface SelfCheck {
    /** Throws where the package would not be accepted by a verifier that knows its signer. */
    void check(Path file);
}
