package dev.tickmark.cli.attach;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.declared.Attachment;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * {@code attachments.yaml} and the folder {@code attachments} beside it. An entry is added at the end; what people wrote
 * into the file stays as it is.
 */
public final class AttachmentList {
    private static final String HEADING = """
            # Documents attached as evidence; 'tickmark attach' adds to the end. When someone has read a document for what
            # its control expects, add their name and the day: reviewed_by and reviewed_on.
            """;

    private final Path list;
    private final ObjectMapper json = new ObjectMapper();

    public AttachmentList(Path list) {
        this.list = list;
    }

    /** The folder that holds the files. */
    public Path folder() {
        return list.resolveSibling("attachments");
    }

    /** The entries; none where there is no list yet. */
    public List<Attachment> read(Optional<Catalog> catalog) {
        return Files.exists(list) ? Attachment.read(list.toString(), text(), catalog) : List.of();
    }

    /** Where an entry's file lies. */
    public Path file(Attachment attachment) {
        return folder().resolve(attachment.file());
    }

    /**
     * Refuses an attachment whose file is not the one that was attached.
     *
     * @throws TickmarkException FIX_FIRST where it vanished or was changed, naming file and entry
     */
    public void requireUnchanged(Attachment attachment) {
        Path file = file(attachment);
        String named =
                "The file '" + file + "', attached to " + attachment.controlId() + " (" + attachment.place() + "), ";
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !inFolder(file)) {
            throw TickmarkException.fixFirst(
                    named + "is not there or is no plain file.", "Put it back, or take its entry out of the list.");
        }
        try {
            if (Files.size(file) != attachment.size() || !Disk.sha256(file).equals(attachment.sha256())) {
                throw TickmarkException.fixFirst(
                        named + "is not the file that was attached: its digest is another.",
                        "Put the file back as it was, or attach the changed one anew with 'tickmark attach'.");
            }
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    private boolean inFolder(Path file) {
        try {
            return file.toRealPath().startsWith(folder().toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Copies a file into the folder and adds its entry, the entry last: a crash in between leaves a file that no entry
     * names. The caller holds the lock.
     *
     * @throws TickmarkException FIX_FIRST where the file is changed meanwhile
     */
    public void add(Path source, Attachment attachment, Catalog catalog) {
        String before = Files.exists(list) ? text() : HEADING;
        String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        String after = before + gap + entry(attachment);
        requireReadable(after, attachment, catalog);
        Path target = file(attachment);
        Path unpublished = target.resolveSibling(Disk.UNPUBLISHED + target.getFileName());
        try {
            Files.createDirectories(unpublished.getParent());
            Files.copy(source, unpublished, StandardCopyOption.REPLACE_EXISTING);
            if (!Disk.sha256(unpublished).equals(attachment.sha256())) {
                Files.delete(unpublished);
                throw TickmarkException.fixFirst(
                        "'" + source + "' was changed while it was copied.", "Attach it again.");
            }
            Disk.syncFile(unpublished);
            Disk.replace(unpublished, target);
        } catch (IOException e) {
            throw Disk.unwritable(target, e);
        }
        Disk.writeWhole(list, after.getBytes(StandardCharsets.UTF_8));
    }

    private void requireReadable(String after, Attachment added, Catalog catalog) {
        List<Attachment> all;
        try {
            all = Attachment.read(list.toString(), after, Optional.of(catalog));
        } catch (TickmarkException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD,
                    "An entry cannot be added to '" + list + "'. " + e.problem(),
                    e.remedy() + " The list is written as lines that begin with '- '.",
                    e);
        }
        if (all.isEmpty() || !all.get(all.size() - 1).sha256().equals(added.sha256())) {
            throw TickmarkException.notUnderstood(
                    "An entry cannot be added at the end of '" + list + "'.",
                    "Write the list as lines that begin with '- ', without anything after it.");
        }
    }

    private String entry(Attachment attachment) {
        StringBuilder yaml = new StringBuilder();
        line(yaml, "- control", attachment.controlId());
        text(yaml, "file", attachment.file());
        if (!attachment.title().isEmpty()) {
            text(yaml, "title", attachment.title());
        }
        line(yaml, "  sha256", attachment.sha256());
        line(yaml, "  size", String.valueOf(attachment.size()));
        line(yaml, "  media_type", attachment.mediaType());
        text(yaml, "owner", attachment.owner());
        attachment.documentDate().ifPresent(date -> line(yaml, "  document_date", date.toString()));
        line(yaml, "  valid_until", attachment.validUntil().toString());
        line(yaml, "  attached_on", attachment.attachedOn().toString());
        if (!attachment.attachedBy().isEmpty()) {
            text(yaml, "attached_by", attachment.attachedBy());
        }
        line(yaml, "  retain_until", attachment.retainUntil().toString());
        if (!attachment.observation().isEmpty()) {
            text(yaml, "observation", attachment.observation());
        }
        if (!attachment.replaces().isEmpty()) {
            line(yaml, "  replaces", '"' + attachment.replaces() + '"');
        }
        attachment
                .review()
                .ifPresentOrElse(
                        review -> {
                            text(yaml, "reviewed_by", review.by());
                            line(yaml, "  reviewed_on", review.on().toString());
                        },
                        () -> yaml.append("  reviewed_by:\n  reviewed_on:\n"));
        attachment.screenshot().ifPresent(shot -> {
            yaml.append("  screenshot:\n");
            text(yaml, "  url", shot.url());
            text(yaml, "  tenant", shot.tenant());
            text(yaml, "  user", shot.user());
            text(yaml, "  taken_by", shot.takenBy());
            line(yaml, "    taken_at", shot.takenAt().toString());
            text(yaml, "  page", shot.page());
            line(yaml, "    clock_visible", String.valueOf(shot.clockVisible()));
        });
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String key, String value) {
        yaml.append(key).append(": ").append(value).append('\n');
    }

    /** A JSON string is a YAML string. */
    private void text(StringBuilder yaml, String key, String value) {
        try {
            line(yaml, "  " + key, json.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text() {
        try {
            return Files.readString(list);
        } catch (IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "'" + list + "' cannot be read.",
                    "Save it as UTF-8 text that this user may read.",
                    e);
        }
    }
}
