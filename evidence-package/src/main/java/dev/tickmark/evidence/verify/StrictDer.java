package dev.tickmark.evidence.verify;

/**
 * Whether bytes are one value in DER's framing: definite and shortest lengths, no open nesting, nothing behind it.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-X.690">X.690, 10.1</a>
 */
final class StrictDer {
    private static final int DEEPEST = 40;
    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;

    private StrictDer() {}

    /** The length of the value at the start of the bytes; -1 where there is none in DER's framing. */
    static int length(byte[] bytes) {
        return end(bytes, 0, bytes.length, 0);
    }

    static boolean holds(byte[] bytes) {
        return bytes.length > 0 && length(bytes) == bytes.length;
    }

    private static int end(byte[] bytes, int from, int limit, int depth) {
        if (depth > DEEPEST || limit - from < 2 || (bytes[from] & LONG_TAG) == LONG_TAG) {
            return -1;
        }
        boolean constructed = (bytes[from] & CONSTRUCTED) != 0;
        int at = from + 1;
        int length = bytes[at++] & 0xff;
        if (length >= 0x80) {
            int count = length & 0x7f;
            if (count == 0 || count > 3 || limit - at < count || bytes[at] == 0) {
                return -1;
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = (length << 8) | (bytes[at++] & 0xff);
            }
            if (length < 0x80) {
                return -1;
            }
        }
        if (length > limit - at) {
            return -1;
        }
        int end = at + length;
        while (constructed && at < end) {
            at = end(bytes, at, end, depth + 1);
            if (at < 0) {
                return -1;
            }
        }
        return end;
    }
}
