package dev.tickmark.cli.attach;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a file is by its first bytes, whatever it is called. What could do something when an auditor opens it is refused.
 *
 * @param extensions that fit, the usual one first, without the dot
 * @param concern what a reader should know before opening it; may be blank
 */
public record FileKind(String mediaType, List<String> extensions, String concern) {
    private static final int HEAD = 64 * 1024;
    private static final int MOST_ENTRIES = 20_000;
    private static final int PDF_START = 1024;
    private static final Pattern MARKUP =
            Pattern.compile("(?is)<\\s*(!doctype\\s+html|html|head|body|script|svg|iframe|object|embed)\\b");
    private static final Pattern MAIL =
            Pattern.compile("(?im)\\A(?:[a-z0-9-]+:[^\\n]*\\r?\\n(?:[ \\t][^\\n]*\\r?\\n)*){2,}");
    private static final Pattern MAIL_FROM = Pattern.compile("(?im)^from:");
    private static final Pattern MAIL_WAY = Pattern.compile("(?im)^(received|message-id|mime-version|return-path):");
    private static final Pattern ACTIVE_PDF = Pattern.compile("/(JavaScript|JS|Launch|EmbeddedFile|RichMedia)\\b");
    private static final Set<String> ACTIVE_NAMES = new TreeSet<>(List.of(
            "app", "bat", "cmd", "com", "docm", "dotm", "exe", "hta", "htm", "html", "jar", "js", "lnk", "mht", "mhtml",
            "msi", "potm", "ppsm", "pptm", "ps1", "reg", "scr", "sh", "svg", "url", "vbs", "xhtml", "xlam", "xlsb",
            "xlsm", "xltm"));
    private static final String LAST_RESORT = "Attach a PDF, or an export as XLSX, CSV or text.";

    public FileKind {
        extensions = List.copyOf(extensions);
    }

    /**
     * Looks at a file.
     *
     * @throws TickmarkException NOT_UNDERSTOOD for active content and for what is no kind of document that we know
     */
    public static FileKind of(Path file) {
        String name = String.valueOf(file.getFileName());
        String extension = extension(name);
        if (ACTIVE_NAMES.contains(extension)) {
            throw refused(name, "is of a kind that can run something when it is opened (." + extension + ")");
        }
        byte[] head = head(file);
        if (head.length == 0) {
            throw TickmarkException.notUnderstood(
                    "'" + name + "' is empty.", "Attach the document itself; an empty file shows nothing.");
        }
        if (starts(head, "PNG", 1) && head[0] == (byte) 0x89) {
            return new FileKind("image/png", List.of("png"), "");
        }
        if (head.length > 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xD8 && head[2] == (byte) 0xFF) {
            return new FileKind("image/jpeg", List.of("jpg", "jpeg"), "");
        }
        if (starts(head, "GIF8", 0)) {
            return new FileKind("image/gif", List.of("gif"), "");
        }
        if (starts(head, "RIFF", 0) && starts(head, "WEBP", 8)) {
            return new FileKind("image/webp", List.of("webp"), "");
        }
        if (starts(head, "II*\0", 0) || starts(head, "MM\0*", 0)) {
            return new FileKind("image/tiff", List.of("tif", "tiff"), "");
        }
        if (latin(head, Math.min(head.length, PDF_START)).contains("%PDF-")) {
            return pdf(file);
        }
        if (starts(head, "PK\3\4", 0)) {
            return zipped(file, name);
        }
        if (starts(head, "\u00d0\u00cf\u0011\u00e0", 0)) {
            return new FileKind(
                    "application/x-ole-storage",
                    List.of("doc", "xls", "ppt", "msg"),
                    "An old Office format, which may hold macros that were not looked for.");
        }
        if (starts(head, "{\\rtf", 0)) {
            return new FileKind("application/rtf", List.of("rtf"), "RTF may hold embedded objects.");
        }
        return text(head, name, extension);
    }

    /** Whether the file is called as it is. */
    public boolean called(String name) {
        return extensions.contains(extension(name));
    }

    /** What follows the last dot, in lower case. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static FileKind pdf(Path file) {
        String tail = "";
        boolean active = false;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[HEAD];
            for (int n = in.readNBytes(buffer, 0, HEAD); n > 0 && !active; n = in.readNBytes(buffer, 0, HEAD)) {
                String part = tail + latin(buffer, n);
                active = ACTIVE_PDF.matcher(part).find();
                tail = part.substring(Math.max(0, part.length() - 20));
            }
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
        return new FileKind(
                "application/pdf", List.of("pdf"), active ? "The PDF holds a script, an action or a file inside." : "");
    }

    private static FileKind zipped(Path file, String name) {
        Set<String> names = new TreeSet<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements() && names.size() < MOST_ENTRIES) {
                names.add(entries.nextElement().getName());
            }
        } catch (IOException e) {
            throw TickmarkException.notUnderstood(
                    "'" + name + "' begins like a zip or an Office file and cannot be read as one.",
                    "Open it, save it again, and attach that.");
        }
        if (names.stream()
                .anyMatch(each -> each.toLowerCase(Locale.ROOT)
                        .matches(".*(vbaproject\\.bin|/activex/.*|basic/script-lc\\.xml)"))) {
            throw refused(name, "holds macros or controls");
        }
        String office = "application/vnd.openxmlformats-officedocument.";
        if (names.contains("[Content_Types].xml")) {
            if (names.contains("word/document.xml")) {
                return new FileKind(office + "wordprocessingml.document", List.of("docx"), "");
            }
            if (names.contains("xl/workbook.xml")) {
                return new FileKind(office + "spreadsheetml.sheet", List.of("xlsx"), "");
            }
            if (names.contains("ppt/presentation.xml")) {
                return new FileKind(office + "presentationml.presentation", List.of("pptx"), "");
            }
        }
        if (names.contains("mimetype") && names.contains("META-INF/manifest.xml") && names.contains("content.xml")) {
            return new FileKind("application/vnd.oasis.opendocument", List.of("odt", "ods", "odp"), "");
        }
        throw TickmarkException.notUnderstood(
                "'" + name + "' is an archive, which hides what it holds.",
                "Attach the documents inside it, one by one.");
    }

    private static FileKind text(byte[] head, String name, String extension) {
        String text = decoded(head, name);
        if (MARKUP.matcher(text).find()) {
            throw refused(name, "is a web page or holds a script");
        }
        if (text.startsWith("#!")) {
            throw refused(name, "is a script");
        }
        if (MAIL.matcher(text).find()
                && MAIL_FROM.matcher(text).find()
                && MAIL_WAY.matcher(text).find()) {
            return new FileKind(
                    "message/rfc822", List.of("eml"), "A mail may hold attachments that were not looked at.");
        }
        return switch (extension) {
            case "csv", "tsv" -> new FileKind("text/csv", List.of("csv", "tsv"), "");
            case "json" -> new FileKind("application/json", List.of("json"), "");
            case "md" -> new FileKind("text/markdown", List.of("md"), "");
            default -> new FileKind("text/plain", List.of("txt", "log", "yaml", "yml", "xml", "text"), "");
        };
    }

    /** UTF-8, UTF-16 with its mark, or a one-byte encoding without control characters; what is none of them is no text. */
    private static String decoded(byte[] head, String name) {
        if (starts(head, "\u00ff\u00fe", 0)) {
            return new String(head, StandardCharsets.UTF_16);
        }
        if (starts(head, "\u00fe\u00ff", 0)) {
            return new String(head, StandardCharsets.UTF_16);
        }
        String latin = latin(head, head.length);
        if (latin.chars().anyMatch(c -> c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f')) {
            throw TickmarkException.notUnderstood(
                    "'" + name + "' is no kind of document that Tickmark knows.", LAST_RESORT);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(head))
                    .toString();
        } catch (CharacterCodingException e) {
            return latin;
        }
    }

    private static TickmarkException refused(String name, String why) {
        return TickmarkException.notUnderstood("'" + name + "' " + why + ".", LAST_RESORT);
    }

    private static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    private static boolean starts(byte[] head, String with, int at) {
        return latin(head, head.length).startsWith(with, at);
    }

    private static String latin(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
