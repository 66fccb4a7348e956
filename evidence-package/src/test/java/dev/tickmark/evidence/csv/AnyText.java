package dev.tickmark.evidence.csv;

import java.util.Random;

/** Any text that a source may send: quotes, line ends, formulas, full-width signs, every plane of Unicode. */
final class AnyText {
    private static final String AWKWARD =
            "=+-@'\"\t\r\n,;| \uFF1D\uFF0B\uFF0D\uFF20\uFEFF\u00A0\u202E\u0085\u0001\u007F";

    private final Random random;

    AnyText(Random random) {
        this.random = random;
    }

    /** The seed of this run: {@code -Dseed=N} repeats one. */
    static long seed() {
        return Long.getLong("seed", 20261123L);
    }

    String next() {
        int length = random.nextInt(12);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(AWKWARD.charAt(random.nextInt(AWKWARD.length())));
                case 1 -> text.append((char) ('a' + random.nextInt(26)));
                default -> text.appendCodePoint(codePoint());
            }
        }
        return text.toString();
    }

    private int codePoint() {
        int codePoint = 1 + random.nextInt(Character.MAX_CODE_POINT);
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE ? 'x' : codePoint;
    }
}
