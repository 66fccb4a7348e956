package dev.tickmark.evidence.warc;

/** One header field of a message; line breaks in it become blanks, so that a value cannot end the head. */
public record Header(String name, String value) {
    public Header {
        name = name.replaceAll("[\\r\\n:\\s]", "");
        value = value.replaceAll("[\\r\\n]+", " ").strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a header needs a name");
        }
    }
}
