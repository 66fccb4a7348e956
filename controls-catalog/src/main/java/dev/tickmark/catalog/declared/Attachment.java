package dev.tickmark.catalog.declared;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.EvidenceRequest;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.yaml.YamlValue;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A document that a person attached as evidence of a control, with what they state of it. Its content is not tested.
 *
 * @param file where it lies, below the folder {@code attachments} beside the list, with {@code /}
 * @param owner who answers for the document
 * @param documentDate the date that the document itself has; absent where it has none
 * @param validUntil the last day on which it counts
 * @param attachedBy the user of the machine, as the system names them
 * @param review absent where nobody states that they read it
 * @param retainUntil until when it is to be kept
 * @param observation what was noticed when it was attached; may be blank
 * @param replaces SHA-256 of an attachment of the same control that this one follows, or the first 12 digits or more; may be blank
 * @param screenshot present for every image
 * @param place where the entry stands, for messages
 */
public record Attachment(
        String controlId,
        String file,
        String title,
        String sha256,
        long size,
        String mediaType,
        String owner,
        Optional<LocalDate> documentDate,
        LocalDate validUntil,
        LocalDate attachedOn,
        String attachedBy,
        Optional<Review> review,
        LocalDate retainUntil,
        String observation,
        String replaces,
        Optional<Screenshot> screenshot,
        String place) {
    /** How long documentation is kept from when it was last in effect: 45 CFR 164.316(b)(2)(i). */
    public static final int RETENTION_YEARS = 6;

    /** The largest file that can be attached, in bytes. */
    public static final long LARGEST = 100L * 1024 * 1024;

    private static final int SHORT_DIGEST = 12;
    private static final int LONGEST_NAME = 48;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern REPLACES = Pattern.compile("[0-9a-f]{12,64}");
    private static final List<String> KEYS = List.of(
            "control",
            "file",
            "title",
            "sha256",
            "size",
            "media_type",
            "owner",
            "document_date",
            "valid_until",
            "attached_on",
            "attached_by",
            "reviewed_by",
            "reviewed_on",
            "retain_until",
            "observation",
            "replaces",
            "screenshot");
    private static final List<String> SCREENSHOT_KEYS =
            List.of("url", "tenant", "user", "taken_by", "taken_at", "page", "clock_visible");

    /** That a named person read the document against what the control expects of it. */
    public record Review(String by, LocalDate on) {}

    /**
     * What a picture of a screen must say beside itself, since it proves little alone.
     *
     * @param page which part of a list it shows, as the screen says: {@code 1-50 of 50}
     * @param clockVisible whether the system's clock with its date can be seen
     */
    public record Screenshot(
            String url,
            String tenant,
            String user,
            String takenBy,
            Instant takenAt,
            String page,
            boolean clockVisible) {}

    /** Its name in a run, below the control's folder: the digest's first digits, then a name that every system takes. */
    public String copyName() {
        return copyName(sha256, file);
    }

    /** The same of a file that is not attached yet. */
    public static String copyName(String sha256, String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        String start = sha256.substring(0, SHORT_DIGEST) + "-";
        return start + safe(name.startsWith(start) ? name.substring(start.length()) : name);
    }

    /** Its path below {@code 1-evidence/declared}. */
    public String copyPath() {
        return "attachments/" + controlId + "/" + copyName();
    }

    private static String safe(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._]+", "-")
                .replaceAll("\\.{2,}", ".")
                .replaceAll("^[-._]+|[-._]+$", "");
        int dot = plain.lastIndexOf('.');
        String extension = dot > 0 && plain.length() - dot <= 8 ? plain.substring(dot) : "";
        String stem = plain.substring(0, plain.length() - extension.length());
        int room = LONGEST_NAME - extension.length();
        String cut = (stem.length() > room ? stem.substring(0, room) : stem).replaceAll("[-._]+$", "");
        return (cut.isEmpty() ? "document" : cut) + extension;
    }

    /** Whether this one follows another, as it states. */
    public boolean follows(Attachment other) {
        return !replaces.isEmpty() && controlId.equals(other.controlId) && other.sha256.startsWith(replaces);
    }

    /**
     * Reads {@code attachments.yaml}, in its order.
     *
     * @param file how messages name it
     * @param catalog whose controls may be named; absent where that was checked before
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line and key
     */
    public static List<Attachment> read(String file, String text, Optional<Catalog> catalog) {
        List<Attachment> attachments = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (YamlValue entry : Entries.of(file, text)) {
            Attachment attachment = attachment(entry, catalog);
            String before = places.putIfAbsent(attachment.controlId() + " " + attachment.sha256(), attachment.place());
            if (before != null) {
                throw entry.at("sha256")
                        .mistake(
                                "this file is attached twice to " + attachment.controlId() + ".",
                                "Keep one of the two; the first is " + before + ".");
            }
            if (!attachment.replaces().isEmpty() && attachments.stream().noneMatch(attachment::follows)) {
                throw entry.at("replaces")
                        .mistake(
                                "no attachment of " + attachment.controlId() + " above has this digest.",
                                "Give at least the first 12 digits of its sha256, and list the new one after it.");
            }
            attachments.add(attachment);
        }
        return Collections.unmodifiableList(attachments);
    }

    private static Attachment attachment(YamlValue entry, Optional<Catalog> catalog) {
        entry.map(KEYS);
        String control = Entries.control(entry.at("control"), catalog);
        if (catalog.isPresent() && document(catalog.get(), control).isEmpty()) {
            throw entry.at("control")
                    .mistake(
                            control + " asks for no document.",
                            "Attach it to a control that does; 'tickmark attach --list' prints them.");
        }
        Optional<LocalDate> documentDate =
                Entries.stated(entry, "document_date").map(Entries::date);
        LocalDate validUntil = Entries.date(entry.at("valid_until"));
        if (documentDate.isPresent() && validUntil.isBefore(documentDate.get())) {
            throw entry.at("valid_until")
                    .mistake(
                            "it ends on " + validUntil + ", before the document's date.",
                            "Give the last day on which the document counts.");
        }
        LocalDate retainUntil = Entries.date(entry.at("retain_until"));
        if (retainUntil.isBefore(validUntil)) {
            throw entry.at("retain_until")
                    .mistake(
                            "it is to be kept until " + retainUntil + ", and counts until " + validUntil + ".",
                            "Keep it at least as long as it counts.");
        }
        return new Attachment(
                control,
                file(entry.at("file")),
                Entries.textOrNone(entry, "title"),
                matching(entry.at("sha256"), SHA256, "a SHA-256 in 64 lower-case hex digits"),
                entry.at("size").integer(1, LARGEST),
                matching(entry.at("media_type"), Pattern.compile("[a-z]+/[a-z0-9.+-]+"), "a media type"),
                entry.at("owner").text().strip(),
                documentDate,
                validUntil,
                Entries.date(entry.at("attached_on")),
                Entries.textOrNone(entry, "attached_by"),
                review(entry, documentDate),
                retainUntil,
                Entries.textOrNone(entry, "observation"),
                Entries.stated(entry, "replaces")
                        .map(value -> matching(value, REPLACES, "the first 12 or more hex digits of a SHA-256"))
                        .orElse(""),
                screenshot(entry),
                entry.place());
    }

    /** What a control expects; absent where it expects no document or does not exist. */
    public static Optional<EvidenceRequest.Document> document(Catalog catalog, String controlId) {
        return catalog.control(controlId).map(Control::request).flatMap(EvidenceRequest::document);
    }

    private static Optional<Review> review(YamlValue entry, Optional<LocalDate> documentDate) {
        Optional<YamlValue> by = Entries.stated(entry, "reviewed_by");
        Optional<YamlValue> on = Entries.stated(entry, "reviewed_on");
        if (by.isPresent() != on.isPresent()) {
            throw entry.mistake(
                    "a review has a person and a day.", "Write both 'reviewed_by' and 'reviewed_on', or neither.");
        }
        if (by.isEmpty() || on.isEmpty()) {
            return Optional.empty();
        }
        LocalDate day = Entries.date(on.get());
        if (documentDate.isPresent() && day.isBefore(documentDate.get())) {
            throw on.get()
                    .mistake(
                            "it was reviewed on " + day + ", before the document's date.",
                            "State when this very document was read.");
        }
        return Optional.of(new Review(by.get().text().strip(), day));
    }

    private static Optional<Screenshot> screenshot(YamlValue entry) {
        boolean image = entry.at("media_type").text().startsWith("image/");
        Optional<YamlValue> stated = entry.find("screenshot");
        if (image && stated.isEmpty()) {
            throw entry.mistake(
                    "an image is attached without the facts that a screenshot needs.",
                    "Add 'screenshot' with " + String.join(", ", SCREENSHOT_KEYS) + ".");
        }
        return stated.map(value -> {
            value.map(SCREENSHOT_KEYS);
            return new Screenshot(
                    value.at("url").text(),
                    value.at("tenant").text(),
                    value.at("user").text(),
                    value.at("taken_by").text(),
                    instant(value.at("taken_at")),
                    value.at("page").text(),
                    value.at("clock_visible").bool());
        });
    }

    /** A path that stays below the folder of attachments on every system. */
    private static String file(YamlValue value) {
        String path = value.text();
        boolean leaves = path.contains("\\")
                || path.contains(":")
                || path.codePoints().anyMatch(Character::isISOControl)
                || List.of(path.split("/", -1)).stream()
                        .anyMatch(part -> part.isBlank() || part.equals(".") || part.equals(".."));
        if (leaves) {
            throw value.mistake(
                    "'" + path + "' is not the path of a file below the folder 'attachments'.",
                    "Write it relative to that folder, with '/', as 'tickmark attach' does.");
        }
        return path;
    }

    private static String matching(YamlValue value, Pattern form, String what) {
        if (!form.matcher(value.text()).matches()) {
            throw value.mistake("'" + value.text() + "' is not " + what + ".", "Let 'tickmark attach' write it.");
        }
        return value.text();
    }

    private static Instant instant(YamlValue value) {
        try {
            return OffsetDateTime.parse(value.text()).toInstant();
        } catch (DateTimeException e) {
            throw value.mistake(
                    "'" + value.text() + "' is not an instant.", "Write it with its zone, as 2026-11-23T09:30:00Z.");
        }
    }

    /** Whether the one who read it is the one who answers for it. */
    public boolean reviewedByOwner() {
        return review.filter(each -> Entries.samePerson(each.by(), owner)).isPresent();
    }
}
