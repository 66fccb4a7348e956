package dev.tickmark.catalog;

/**
 * A threshold of a test: {@code $name} in its SQL.
 *
 * @param value the built-in default, as text of its type
 * @param origin where the default comes from, such as {@code CIS AWS Foundations}
 * @param unit such as {@code days}; blank where there is none
 */
public record Parameter(String name, Type type, String value, String origin, String unit) {
    /** What a value may be. */
    public enum Type {
        /** A whole number of at most 18 digits. */
        INTEGER("a whole number"),
        /** {@code true} or {@code false}. */
        BOOLEAN("true or false"),
        TEXT("a text");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        /** The type as messages say it. */
        public String words() {
            return words;
        }

        /** Whether a text is a value of this type. */
        public boolean accepts(String text) {
            return switch (this) {
                case INTEGER -> text.matches("-?(0|[1-9][0-9]{0,17})");
                case BOOLEAN -> text.equals("true") || text.equals("false");
                case TEXT -> !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
            };
        }
    }

    public Parameter {
        if (!type.accepts(value)) {
            throw new IllegalArgumentException("'" + value + "' is not " + type.words());
        }
    }

    /** The type that a value without a stated type has. */
    static Type typeOf(String value) {
        if (Type.INTEGER.accepts(value)) {
            return Type.INTEGER;
        }
        return Type.BOOLEAN.accepts(value) ? Type.BOOLEAN : Type.TEXT;
    }
}
