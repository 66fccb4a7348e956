package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.EvidenceRequest;
import dev.tickmark.catalog.declared.Attachment;
import dev.tickmark.cli.attach.AttachmentList;
import dev.tickmark.cli.attach.FileKind;
import dev.tickmark.cli.config.Declaration;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.OutputLock;
import dev.tickmark.evidence.yaml.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps documents as evidence of the controls that ask for one. */
@Command(
        name = "attach",
        description = {
            "Attach a document to a control, or list what is due (--list).",
            "",
            "The file is copied into the folder 'attachments' beside the configuration, and an entry with its digest is"
                    + " added to attachments.yaml. Every later run copies it into its evidence. A document counts as"
                    + " read only when a named person states so (--reviewed-by and --reviewed-on, now or later in the"
                    + " list); its content is not tested."
        })
final class AttachCommand extends Verb {

    @Mixin
    private final ConfigurationPlace place = new ConfigurationPlace();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The document.")
    private @Nullable Path file;

    @Option(names = "--control", paramLabel = "CONTROL", description = "The control that it is evidence of.")
    private @Nullable String control;

    @Option(names = "--owner", paramLabel = "NAME", description = "Who answers for the document.")
    private @Nullable String owner;

    @Option(
            names = "--valid-until",
            paramLabel = "DATE",
            description = "Its last day (default: its date and the days that the control states).")
    private @Nullable String validUntil;

    @Option(names = "--document-date", paramLabel = "DATE", description = "The date that the document itself has.")
    private @Nullable String documentDate;

    @Option(names = "--title", paramLabel = "TEXT", description = "What the report calls it.")
    private String title = "";

    @Option(names = "--reviewed-by", paramLabel = "NAME", description = "Who read it for what the control expects.")
    private @Nullable String reviewedBy;

    @Option(names = "--reviewed-on", paramLabel = "DATE", description = "When they read it.")
    private @Nullable String reviewedOn;

    @Option(
            names = "--replaces",
            paramLabel = "SHA256",
            description = "The digest, or its first 12 digits, of an attachment that this one follows.")
    private @Nullable String replaces;

    @Option(
            names = "--retain-until",
            paramLabel = "DATE",
            description =
                    "Until when it is kept (default: six years from its last day, as 45 CFR 164.316(b)(2)(i) asks).")
    private @Nullable String retainUntil;

    @Option(names = "--screenshot-url", paramLabel = "URL", description = "Of an image: the address that it shows.")
    private @Nullable String url;

    @Option(
            names = "--screenshot-tenant",
            paramLabel = "NAME",
            description = "Of an image: tenant or account, or none.")
    private @Nullable String tenant;

    @Option(names = "--screenshot-user", paramLabel = "NAME", description = "Of an image: who is signed in.")
    private @Nullable String user;

    @Option(names = "--screenshot-taken-by", paramLabel = "NAME", description = "Of an image: who took it.")
    private @Nullable String takenBy;

    @Option(
            names = "--screenshot-taken-at",
            paramLabel = "INSTANT",
            description = "Of an image: when, with its zone: 2026-11-23T09:30:00Z.")
    private @Nullable String takenAt;

    @Option(
            names = "--screenshot-page",
            paramLabel = "TEXT",
            description = "Of an image: which part of a list it shows, as the screen says: '1-50 of 50', or none.")
    private @Nullable String page;

    @Option(
            names = "--screenshot-clock",
            paramLabel = "yes|no",
            description = "Of an image: whether the system's clock with its date can be seen.")
    private @Nullable String clock;

    @Option(
            names = {"--list", "--status"},
            description = "List for each control that asks for a document what is due, present, expired or ends soon.")
    private boolean list;

    AttachCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Setup setup = place.open(host);
        AttachmentList attachments = new AttachmentList(setup.configuration().place(Declaration.ATTACHMENTS));
        if (list) {
            new AttachmentStatus(setup.catalog(), attachments, today()).print(console, Optional.ofNullable(control));
            return Exit.DONE;
        }
        Path source = host.folder().resolve(required(file, "FILE"));
        String id = required(control, "--control");
        EvidenceRequest.Document document = document(setup.catalog(), id);
        required(owner, "--owner");
        FileKind kind = kind(source);
        try (OutputLock lock =
                OutputLock.acquire(new OutputFolder(attachments.folder()), "tickmark attach", host.clock())) {
            List<Attachment> before = attachments.read(Optional.of(setup.catalog()));
            Attachment added = attachment(source, id, document, kind);
            before.forEach(each -> compare(console, each, added));
            before.stream()
                    .filter(each -> each.controlId().equals(id) && each.sha256().equals(added.sha256()))
                    .findFirst()
                    .ifPresent(each -> {
                        throw TickmarkException.notUnderstood(
                                "'" + source + "' is attached to " + id + " already (" + each.place() + ").",
                                "To change what is said of it, edit that entry.");
                    });
            attachments.add(source, added, setup.catalog());
            say(console, added, attachments, document);
        }
        return Exit.DONE;
    }

    private static void compare(Console console, Attachment before, Attachment added) {
        if (before.sha256().equals(added.sha256()) && !before.controlId().equals(added.controlId())) {
            console.warning("The same file is attached to " + before.controlId() + " too.");
        }
    }

    private void say(Console console, Attachment added, AttachmentList attachments, EvidenceRequest.Document document) {
        if (!added.observation().isEmpty()) {
            console.warning(added.observation());
        }
        LocalDate from = added.documentDate().orElse(added.attachedOn());
        if (added.validUntil().isAfter(from.plusDays(document.validForDays()))) {
            console.warning("It is declared valid for longer than the " + document.validForDays() + " days that "
                    + added.controlId() + " states; the report says so.");
        }
        console.result("Attached to " + added.controlId() + ": " + attachments.file(added));
        console.result("  SHA-256      " + added.sha256());
        console.result("  media type   " + added.mediaType());
        console.result("  valid until  " + added.validUntil() + ", to be kept until " + added.retainUntil());
        if (added.review().isEmpty()) {
            console.result("  Not yet read: " + added.controlId() + " stays 'Not evaluated' until someone reads it for "
                    + fields(document) + " and is named in attachments.yaml.");
        } else if (added.reviewedByOwner()) {
            console.result("  Its owner read it; another person's reading would say more.");
        }
    }

    private static String fields(EvidenceRequest.Document document) {
        return document.fields().isEmpty() ? "what the control expects" : String.join(", ", document.fields());
    }

    private Attachment attachment(Path source, String id, EvidenceRequest.Document document, FileKind kind) {
        LocalDate today = today();
        Optional<Attachment.Screenshot> screenshot = screenshot(kind);
        Optional<LocalDate> dated = Optional.ofNullable(documentDate)
                .map(text -> date("--document-date", text))
                .or(() -> screenshot.map(shot -> LocalDate.ofInstant(shot.takenAt(), ZoneOffset.UTC)));
        dated.ifPresent(date -> refuseFuture("--document-date", date));
        LocalDate until = validUntil == null
                ? dated.map(date -> date.plusDays(document.validForDays()))
                        .orElseThrow(() -> TickmarkException.notUnderstood(
                                "Nothing says how long the document counts.",
                                "Give --document-date, from which " + id + " counts " + document.validForDays()
                                        + " days, or --valid-until."))
                : date("--valid-until", validUntil);
        if (until.isBefore(today)) {
            throw TickmarkException.notUnderstood(
                    "The document counted until " + until + ", which is past.",
                    "Attach the one that counts today, or give --valid-until where the control's "
                            + document.validForDays() + " days do not hold.");
        }
        LocalDate retain =
                retainUntil == null ? until.plusYears(Attachment.RETENTION_YEARS) : date("--retain-until", retainUntil);
        String digest = Disk.sha256(source);
        String name = kind.called(String.valueOf(source.getFileName()))
                ? String.valueOf(source.getFileName())
                : source.getFileName() + "." + kind.extensions().get(0);
        return new Attachment(
                id,
                id + "/" + Attachment.copyName(digest, name),
                title.strip(),
                digest,
                size(source),
                kind.mediaType(),
                required(owner, "--owner").strip(),
                dated,
                until,
                today,
                System.getProperty("user.name", ""),
                review(),
                retain,
                observation(source, kind, screenshot),
                replaces == null ? "" : replaces.toLowerCase(Locale.ROOT),
                screenshot,
                "");
    }

    private static String observation(Path source, FileKind kind, Optional<Attachment.Screenshot> screenshot) {
        List<String> said = new ArrayList<>();
        String name = String.valueOf(source.getFileName());
        if (!kind.called(name)) {
            said.add("The file is called '" + name + "', and by its content it is " + kind.mediaType() + ".");
        }
        if (!kind.concern().isEmpty()) {
            said.add(kind.concern());
        }
        if (screenshot.filter(shot -> !shot.clockVisible()).isPresent()) {
            said.add("The screenshot does not show the system's clock.");
        }
        return String.join(" ", said);
    }

    private Optional<Attachment.Review> review() {
        if (reviewedBy == null && reviewedOn == null) {
            return Optional.empty();
        }
        String by = required(reviewedBy, "--reviewed-by");
        LocalDate on = date("--reviewed-on", required(reviewedOn, "--reviewed-on"));
        refuseFuture("--reviewed-on", on);
        return Optional.of(new Attachment.Review(by.strip(), on));
    }

    private Optional<Attachment.Screenshot> screenshot(FileKind kind) {
        if (!kind.mediaType().startsWith("image/")) {
            return Optional.empty();
        }
        String shown = required(clock, "--screenshot-clock").toLowerCase(Locale.ROOT);
        if (!shown.equals("yes") && !shown.equals("no")) {
            throw TickmarkException.notUnderstood(
                    "--screenshot-clock is '" + clock + "'.", "Write yes where date and time can be seen, else no.");
        }
        Instant at = instant(required(takenAt, "--screenshot-taken-at"));
        if (at.isAfter(host.clock().instant())) {
            throw TickmarkException.notUnderstood(
                    "--screenshot-taken-at " + at + " is still to come.", "State when the image was taken.");
        }
        return Optional.of(new Attachment.Screenshot(
                required(url, "--screenshot-url"),
                required(tenant, "--screenshot-tenant"),
                required(user, "--screenshot-user"),
                required(takenBy, "--screenshot-taken-by"),
                at,
                required(page, "--screenshot-page"),
                shown.equals("yes")));
    }

    private static EvidenceRequest.Document document(Catalog catalog, String id) {
        Optional<EvidenceRequest.Document> document = Attachment.document(catalog, id);
        if (document.isPresent()) {
            return document.get();
        }
        if (catalog.control(id).isPresent()) {
            throw TickmarkException.notUnderstood(
                    id + " asks for no document.",
                    "Attach it to a control that does; 'tickmark attach --list' prints them.");
        }
        List<String> known = catalog.controls().stream().map(Control::id).toList();
        throw TickmarkException.notUnderstood(
                "No control is called '" + id + "'.",
                Nearest.of(id.toUpperCase(Locale.ROOT), known)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("'tickmark attach --list' prints those that ask for a document."));
    }

    /** A plain file of a sensible size, of a kind that may be attached. */
    private static FileKind kind(Path source) {
        if (!Files.exists(source)) {
            throw TickmarkException.notUnderstood(
                    "There is no file '" + source + "'.", "Give the path of the document.");
        }
        if (!Files.isRegularFile(source)) {
            throw TickmarkException.notUnderstood("'" + source + "' is no file.", "Attach one file at a time.");
        }
        if (size(source) > Attachment.LARGEST) {
            throw TickmarkException.notUnderstood(
                    "'" + source + "' is larger than " + Attachment.LARGEST / (1024 * 1024) + " MiB.",
                    "Attach the part that shows what the control asks for.");
        }
        return FileKind.of(source);
    }

    private static long size(Path source) {
        try {
            return Files.size(source);
        } catch (IOException e) {
            throw Disk.unreadable(source, e);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(host.clock().instant(), ZoneOffset.UTC);
    }

    /** Somewhere it may be tomorrow already. */
    private void refuseFuture(String option, LocalDate date) {
        if (date.isAfter(today().plusDays(1))) {
            throw TickmarkException.notUnderstood(
                    option + " " + date + " is still to come.", "Give a date that has been.");
        }
    }

    private static LocalDate date(String option, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw TickmarkException.notUnderstood(option + " '" + text + "' is not a date.", "Write it as 2026-11-23.");
        }
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw TickmarkException.notUnderstood(
                    "--screenshot-taken-at '" + text + "' is not an instant.",
                    "Write it with its zone, as 2026-11-23T09:30:00Z.");
        }
    }

    private static <T> T required(@Nullable T value, String option) {
        if (value == null || String.valueOf(value).isBlank()) {
            String why = option.startsWith("--screenshot")
                    ? "An image needs what a screenshot does not prove by itself: " + option + " is missing."
                    : option + " is missing.";
            throw TickmarkException.notUnderstood(why, "See 'tickmark attach --help'.");
        }
        return value;
    }
}
