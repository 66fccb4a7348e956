package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.declared.Acceptance;
import dev.tickmark.catalog.declared.Attachment;
import dev.tickmark.catalog.declared.HipaaDecisions;
import dev.tickmark.catalog.declared.Response;
import dev.tickmark.catalog.declared.ScopeDeclaration;
import dev.tickmark.catalog.declared.StatementOfApplicability;
import dev.tickmark.cli.attach.AttachmentList;
import dev.tickmark.cli.config.Configuration;
import dev.tickmark.cli.config.Declaration;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Declarations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads and checks what the organisation declares beside its configuration, before anything is collected. What was
 * checked is what a run copies: a file is read once.
 */
final class DeclareStep {
    private final Configuration configuration;
    private final Declarations copies = new Declarations();

    private DeclareStep(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Everything that a run shall copy.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line and key of the first mistake
     */
    static Declarations read(Catalog catalog, Configuration configuration) {
        DeclareStep step = new DeclareStep(configuration);
        step.file(Declaration.ACCEPTANCES, (name, text) -> Acceptance.read(name, text, Optional.of(catalog)));
        Optional<Catalog> known = Optional.of(catalog);
        step.file(
                Declaration.STATEMENT_OF_APPLICABILITY,
                (name, text) -> StatementOfApplicability.read(name, text, known));
        step.file(Declaration.HIPAA_DECISIONS, (name, text) -> HipaaDecisions.read(name, text, known));
        step.file(Declaration.SCOPE, (name, text) -> ScopeDeclaration.read(name, text, known));
        step.file(Declaration.RESPONSES, (name, text) -> Response.read(name, text, Optional.of(catalog)));
        step.file(Declaration.ATTACHMENTS, (name, text) -> step.attached(name, text, catalog));
        return step.copies;
    }

    /** Looks for the first mistake. */
    private interface Check {
        void of(String name, String text);
    }

    private void file(Declaration declaration, Check check) {
        Optional<Path> found = configuration.find(declaration);
        if (found.isPresent()) {
            byte[] bytes = bytes(found.get());
            check.of(found.get().toString(), text(found.get(), bytes));
            copies.add(declaration.usualName(), bytes);
        }
    }

    private void attached(String name, String text, Catalog catalog) {
        AttachmentList list = new AttachmentList(configuration.place(Declaration.ATTACHMENTS));
        for (Attachment each : Attachment.read(name, text, Optional.of(catalog))) {
            list.requireUnchanged(each);
            copies.add(each.copyPath(), list.file(each), each.sha256());
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    private static String text(Path file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD, "'" + file + "' is not UTF-8 text.", "Save it as UTF-8.", e);
        }
    }
}
