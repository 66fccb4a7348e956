package dev.tickmark.cli.catalog;

/** A page in the making: Markdown in lines of at most 110 characters, which reads as plain text too. */
final class Paper {
    private static final int WIDTH = 110;

    private final StringBuilder text = new StringBuilder();

    Paper heading(int level, String words) {
        gap();
        text.append("#".repeat(level)).append(' ').append(words).append("\n");
        return this;
    }

    Paper paragraph(String words) {
        if (!words.isBlank()) {
            gap();
            wrap("", "", words);
        }
        return this;
    }

    /** A paragraph that begins with its name; nothing where there is nothing to say. */
    Paper named(String name, String words) {
        return words.isBlank() ? this : paragraph("**" + name + ".** " + words);
    }

    /** An item of a list; the first of a list stands after a blank line. */
    Paper item(String words) {
        if (!lastLine().matches("(- |  ).*")) {
            gap();
        }
        wrap("- ", "  ", words);
        return this;
    }

    /** A line of a table, whose cells hold no line ends. */
    Paper row(String... cells) {
        if (!lastLine().startsWith("|")) {
            gap();
        }
        text.append("| ");
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : " | ").append(cells[i].replace("|", "\\|"));
        }
        text.append(" |\n");
        return this;
    }

    Paper code(String language, String code) {
        gap();
        text.append("```")
                .append(language)
                .append('\n')
                .append(code.stripTrailing())
                .append("\n```\n");
        return this;
    }

    String text() {
        return text.toString();
    }

    private void gap() {
        if (text.length() > 0) {
            text.append('\n');
        }
    }

    private String lastLine() {
        int end = text.length() - 1;
        return end < 0 ? "" : text.substring(text.lastIndexOf("\n", end - 1) + 1, end);
    }

    private void wrap(String first, String next, String words) {
        int column = first.length();
        text.append(first);
        boolean begun = false;
        for (String word : words.strip().split("\\s+", -1)) {
            if (begun && column + 1 + word.length() > WIDTH) {
                text.append('\n').append(next);
                column = next.length();
                begun = false;
            }
            text.append(begun ? " " : "").append(word);
            column += (begun ? 1 : 0) + word.length();
            begun = true;
        }
        text.append('\n');
    }
}
