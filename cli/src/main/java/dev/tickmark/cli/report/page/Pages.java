package dev.tickmark.cli.report.page;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A medium that a report is told to, from top to bottom: what was told is not held in memory.
 *
 * <p>An anchor is of {@code [a-z0-9-]+} and unique in the report; a span may point to it before it is told.
 */
public interface Pages extends Closeable {
    /** The title page's large line and the line below it. */
    void title(String title, String subtitle) throws IOException;

    /** The list of chapters that follow, with their pages where the medium has pages. */
    void contents(List<Chapter> chapters) throws IOException;

    /** Begins a chapter; where the medium has pages, on a new one unless much of the last is left. */
    void chapter(Chapter chapter) throws IOException;

    /** Begins a section, which can be pointed to and is listed among the bookmarks. */
    void section(String anchor, String title) throws IOException;

    /** Goes on at the top of a new page where the medium has pages. */
    void turnPage() throws IOException;

    /** A heading within a section. */
    void heading(String text) throws IOException;

    void paragraph(Text text) throws IOException;

    /** One line among several of a kind. */
    void bullet(Text text) throws IOException;

    /** A paragraph that must not be overlooked, framed. */
    void notice(Text text) throws IOException;

    /** Labels with what they stand for. */
    void facts(String caption, List<Fact> facts) throws IOException;

    /** Begins a table; rows follow, then {@link #endTable}. */
    void table(TableForm form) throws IOException;

    /** A row with one cell for each column of the table. */
    void row(List<Text> cells) throws IOException;

    void endTable() throws IOException;

    void chart(Chart chart) throws IOException;

    /** Shaded tiles, as many as fit on one page. */
    void tiles(Tiles tiles) throws IOException;

    /** A chapter's place and name. */
    record Chapter(String anchor, String title) {}

    /** What a label stands for. */
    record Fact(String label, Text value) {
        public Fact(String label, String value) {
            this(label, Text.of(value));
        }
    }
}
