package dev.tickmark.catalog.declared;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the organisation declared when a run began.
 *
 * @param asked whether the run was begun with its declarations: a run before there were any, and a test's, was not
 */
public record Declared(
        boolean asked,
        List<Acceptance> acceptances,
        List<Attachment> attachments,
        List<Response> responses,
        FrameworkDeclarations frameworks) {
    /** Names below {@code 1-evidence/declared}. */
    public static final String ACCEPTANCES = "acceptances.yaml";

    public static final String RESPONSES = "responses.yaml";
    public static final String ATTACHMENTS = "attachments.yaml";

    public Declared {
        acceptances = List.copyOf(acceptances);
        attachments = List.copyOf(attachments);
        responses = List.copyOf(responses);
    }

    /** Of a run that did not ask. */
    public static Declared nothing() {
        return new Declared(false, List.of(), List.of(), List.of(), FrameworkDeclarations.nothing());
    }

    /** The same with these approved deviations. */
    public Declared accepting(List<Acceptance> others) {
        return new Declared(asked, others, attachments, responses, frameworks);
    }

    /**
     * Reads a run's copies, or those of an unpacked package.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line and key
     */
    public static Declared of(RunFolder run) {
        return new Declared(
                Declarations.frozen(run),
                text(run, ACCEPTANCES)
                        .map(text -> Acceptance.read(name(ACCEPTANCES), text, Optional.empty()))
                        .orElse(List.of()),
                text(run, ATTACHMENTS)
                        .map(text -> Attachment.read(name(ATTACHMENTS), text, Optional.empty()))
                        .orElse(List.of()),
                text(run, RESPONSES)
                        .map(text -> Response.read(name(RESPONSES), text, Optional.empty()))
                        .orElse(List.of()),
                FrameworkDeclarations.of(run));
    }

    static String name(String file) {
        return "1-evidence/" + Declarations.FOLDER + "/" + file;
    }

    static Optional<String> text(RunFolder run, String name) {
        Path file = Declarations.folder(run).resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }
}
