package dev.tickmark.evidence.seal.commitment;

import dev.tickmark.evidence.seal.content.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a file's bytes once and gives its commitments: the file's own, and for a CSV one for each column.
 *
 * <p>The message of a column is, for each record with the header first, the cell's length in bytes in decimal, a colon
 * and the cell's UTF-8 bytes as they stand in the file (quotes undone, a leading apostrophe kept): what Python's
 * {@code csv} module reads. A file that is named a CSV and is none by RFC 4180 with CRLF has no columns.
 */
public final class CommittedFile implements ContentDigest.Tap {
    private static final String HMAC = "HmacSHA256";

    private final String path;
    private final Keys keys;
    private final Mac whole;
    private final List<Mac> columns = new ArrayList<>();
    private final @Nullable CsvCells cells;

    /** Where the keys come from: chance when sealing, COMMITMENTS.keys when checking. */
    @FunctionalInterface
    public interface Keys {
        /** 32 bytes for a column, or for {@link Commitment#WHOLE_FILE}. */
        byte[] key(String path, int column);
    }

    public CommittedFile(String path, Keys keys) {
        this.path = path;
        this.keys = keys;
        this.whole = mac(keys.key(path, Commitment.WHOLE_FILE));
        this.cells = path.toLowerCase(Locale.ROOT).endsWith(".csv") ? new CsvCells(this::cell) : null;
    }

    @Override
    public void update(byte[] bytes, int length) {
        whole.update(bytes, 0, length);
        if (cells != null) {
            cells.update(bytes, length);
        }
    }

    /** The lines of COMMITMENTS for this file, once all its bytes were taken in. */
    public List<Commitment> commitments() {
        List<Commitment> lines = new ArrayList<>();
        lines.add(new Commitment(hex(whole.doFinal()), Commitment.WHOLE_FILE, 0, path));
        if (cells != null && cells.finish()) {
            for (int column = 0; column < columns.size(); column++) {
                lines.add(new Commitment(hex(columns.get(column).doFinal()), column, cells.rows(), path));
            }
        }
        return List.copyOf(lines);
    }

    private void cell(int column, byte[] bytes, int length) {
        if (column == columns.size()) {
            columns.add(mac(keys.key(path, column)));
        }
        Mac mac = columns.get(column);
        mac.update(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) ':');
        mac.update(bytes, 0, length);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fresh keys, each from chance alone, which it remembers. */
    public static final class RandomKeys implements Keys {
        private final SecureRandom random;
        private final Map<String, Map<Integer, String>> made = new HashMap<>();

        public RandomKeys(SecureRandom random) {
            this.random = random;
        }

        @Override
        public byte[] key(String path, int column) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            made.computeIfAbsent(path, name -> new HashMap<>()).put(column, hex(key));
            return key;
        }

        /** The lines of COMMITMENTS.keys that belong to these commitments. */
        public List<Commitment> of(List<Commitment> commitments) {
            List<Commitment> keys = new ArrayList<>();
            for (Commitment line : commitments) {
                String key = made.getOrDefault(line.path(), Map.of()).get(line.column());
                if (key == null) {
                    throw new IllegalArgumentException("no key was made for '" + line.path() + "'");
                }
                keys.add(new Commitment(key, line.column(), line.rows(), line.path()));
            }
            return List.copyOf(keys);
        }
    }
}
