package dev.tickmark.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One place to read: a provider, an account or tenant in it, and a region ({@code global} where the source has one
 * answer for all regions).
 */
public record Scope(String provider, String account, String region) {
    /** A package's paths have 120 characters at most: this leaves room for the collector's folder and the file. */
    private static final int LONGEST_NAME = 36;

    private static final int HASH_LENGTH = 8;

    public Scope {
        if (provider.isBlank() || account.isBlank() || region.isBlank()) {
            throw new IllegalArgumentException("a scope needs a provider, an account and a region");
        }
    }

    /** The scope's name in tables and folders: {@code aws_111122223333_global}, of {@code [a-z0-9._-]{1,36}}. */
    public String id() {
        return folderName(provider + "_" + account + "_" + region);
    }

    /**
     * A folder name of {@code [a-z0-9._-]{1,36}} for any text: the text itself where it is one, else its legible part
     * and eight hex digits of its SHA-256, so that two texts never share a folder.
     */
    public static String folderName(String text) {
        String legible = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
        if (legible.equals(text) && text.length() <= LONGEST_NAME && !text.isEmpty() && !text.startsWith(".")) {
            return text;
        }
        String start = legible.replaceFirst("^\\.+", "-");
        int room = LONGEST_NAME - HASH_LENGTH - 1;
        return (start.length() > room ? start.substring(0, room) : start) + "-" + hash(text);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
