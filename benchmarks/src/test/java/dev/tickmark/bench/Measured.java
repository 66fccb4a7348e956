package dev.tickmark.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of one benchmark: printed, and kept in {@code target/}. */
final class Measured {
    private final String name;
    private final List<String> lines = new ArrayList<>();

    Measured(String name) {
        this.name = name;
    }

    /** @param asked what the ratio is held against, in words; empty where nothing was asked */
    void line(String what, String measured, String asked) {
        lines.add("| " + what + " | " + measured + " | " + asked + " |");
    }

    void pairs(String what, Pairs pairs, String asked) {
        line(
                what,
                number(pairs.ratio()) + " times (" + number(pairs.ours()) + " s / " + number(pairs.peer()) + " s)",
                asked);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Prints the table and writes {@code target/<name>.md}. */
    void print() throws IOException {
        StringBuilder table = new StringBuilder("| measured | value | asked |\n| --- | --- | --- |\n");
        lines.forEach(line -> table.append(line).append('\n'));
        Path target = Files.createDirectories(Path.of("target"));
        Files.writeString(target.resolve(name + ".md"), table);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(name + "\n" + table);
    }
}
