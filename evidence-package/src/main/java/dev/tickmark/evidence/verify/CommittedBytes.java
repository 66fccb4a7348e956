package dev.tickmark.evidence.verify;

import dev.tickmark.evidence.verify.Commitments.Line;
import dev.tickmark.evidence.verify.Commitments.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed digests of one file: of its bytes, and of each column where it is a table by RFC 4180 with CRLF.
 *
 * <p>A column's message is, for every record and the header first, the cell's length in bytes, a colon and the cell.
 */
final class CommittedBytes {
    private static final int BLOCK = 1 << 16;
    private static final String NO_KEY = "00";

    private final String path;
    private final Map<Subject, Line> keys;
    private final List<Mac> columns = new ArrayList<>();
    private final ByteArrayOutputStream cell = new ByteArrayOutputStream();
    private boolean table;
    private boolean quoted;
    private boolean quoteSeen;
    private boolean returnSeen;
    private boolean recordOpen;
    private int column;
    private long rows;

    CommittedBytes(String path, Map<Subject, Line> keys) {
        this.path = path;
        this.keys = keys;
        this.table = path.toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    Map<Subject, Line> read(InputStream in) throws IOException {
        Mac whole = mac(Subject.WHOLE_FILE);
        byte[] block = new byte[BLOCK];
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            whole.update(block, 0, count);
            for (int i = 0; i < count && table; i++) {
                take(block[i]);
            }
        }
        Map<Subject, Line> lines = new TreeMap<>();
        lines.put(new Subject(path, Subject.WHOLE_FILE), new Line(hex(whole), 0));
        if (table && !recordOpen && !returnSeen && rows > 0) {
            for (int i = 0; i < columns.size(); i++) {
                lines.put(new Subject(path, i), new Line(hex(columns.get(i)), rows));
            }
        }
        return lines;
    }

    private void take(byte b) {
        if (returnSeen) {
            endRecord(b);
        } else if (quoted && !quoteSeen) {
            quoteSeen = b == '"';
            if (!quoteSeen) {
                cell.write(b);
            }
        } else if (quoteSeen && b == '"') {
            quoteSeen = false;
            cell.write(b);
        } else if (b == ',' || b == '\r') {
            endCell(b);
        } else if (b == '"' && cell.size() == 0 && !quoted) {
            quoted = true;
            recordOpen = true;
        } else if (b == '"' || b == '\n' || b == 0 || quoted) {
            table = false;
        } else {
            recordOpen = true;
            cell.write(b);
        }
    }

    private void endCell(byte b) {
        if ((b == '\r' && !recordOpen) || (rows > 0 && column == columns.size())) {
            table = false; // an empty line, or a record with more cells than the header
            return;
        }
        if (column == columns.size()) {
            columns.add(mac(column));
        }
        Mac mac = columns.get(column);
        mac.update((cell.size() + ":").getBytes(StandardCharsets.US_ASCII));
        mac.update(cell.toByteArray());
        cell.reset();
        column++;
        quoted = false;
        quoteSeen = false;
        recordOpen = true;
        returnSeen = b == '\r';
    }

    private void endRecord(byte b) {
        table = b == '\n' && column == columns.size();
        returnSeen = false;
        recordOpen = false;
        column = 0;
        rows++;
    }

    private Mac mac(int subject) {
        Line key = keys.get(new Subject(path, subject));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] bytes = HexFormat.of().parseHex(key == null ? NO_KEY : key.value());
            mac.init(new SecretKeySpec(bytes, mac.getAlgorithm()));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(Mac mac) {
        return HexFormat.of().formatHex(mac.doFinal());
    }
}
