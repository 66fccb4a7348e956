package dev.tickmark.cli.report.pdf;

import dev.tickmark.cli.report.page.Printed;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.pdf.Typefaces.Face;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Breaks words into lines of glyphs that exist: a character that no typeface has is set as its code point. */
final class Typesetter {
    /** Glyphs of one typeface beside each other. */
    record Run(
            Face face, String text, float width, @Nullable String target) {}

    /** What stands on one line. */
    record Line(List<Run> runs, float width) {}

    private record Glyph(
            int point, Face face, float width, @Nullable String target, boolean rightToLeft) {}

    private final Typefaces faces;

    Typesetter(Typefaces faces) {
        this.faces = faces;
    }

    List<Line> lines(Text text, Face plain, float size, float width) {
        List<Glyph> glyphs = glyphs(text, plain, size);
        List<Line> lines = new ArrayList<>();
        int start = 0;
        while (start < glyphs.size()) {
            int end = endOfLine(glyphs, start, width);
            lines.add(line(glyphs.subList(start, end)));
            start = end;
            while (start < glyphs.size() && glyphs.get(start).point() == ' ') {
                start++;
            }
        }
        if (lines.isEmpty()) {
            lines.add(new Line(List.of(), 0));
        }
        return lines;
    }

    private static int endOfLine(List<Glyph> glyphs, int start, float width) {
        float used = 0;
        int afterSpace = -1;
        int afterMark = -1;
        for (int i = start; i < glyphs.size(); i++) {
            Glyph glyph = glyphs.get(i);
            used += glyph.width();
            if (used > width && glyph.point() != ' ' && i > start) {
                boolean wordFits = afterSpace > start && wordWidth(glyphs, afterSpace) <= width;
                if (wordFits) {
                    return afterSpace;
                }
                int best = Math.max(afterSpace, afterMark);
                return best > start ? best : i;
            }
            if (glyph.point() == ' ') {
                afterSpace = i + 1;
            } else if (glyph.point() == '/' || (mark(glyph) && i > 0 && !mark(glyphs.get(i - 1)))) {
                afterMark = i + 1; // a name may begin with a mark, as "=cmd" does after a slash: it stays whole
            }
        }
        return glyphs.size();
    }

    private static boolean mark(Glyph glyph) {
        return glyph.point() == ' ' || "/:-_.,=;@".indexOf(glyph.point()) >= 0;
    }

    private static float wordWidth(List<Glyph> glyphs, int from) {
        float width = 0;
        for (int i = from; i < glyphs.size() && glyphs.get(i).point() != ' '; i++) {
            width += glyphs.get(i).width();
        }
        return width;
    }

    private static Line line(List<Glyph> glyphs) {
        int end = glyphs.size();
        while (end > 0 && glyphs.get(end - 1).point() == ' ') {
            end--;
        }
        List<Run> runs = new ArrayList<>();
        float all = 0;
        int start = 0;
        while (start < end) {
            Glyph first = glyphs.get(start);
            StringBuilder text = new StringBuilder();
            float width = 0;
            int next = start;
            while (next < end
                    && glyphs.get(next).face() == first.face()
                    && Objects.equals(glyphs.get(next).target(), first.target())) {
                text.appendCodePoint(glyphs.get(next).point());
                width += glyphs.get(next).width();
                next++;
            }
            runs.add(new Run(first.face(), text.toString(), width, first.target()));
            all += width;
            start = next;
        }
        return new Line(runs, all);
    }

    private List<Glyph> glyphs(Text text, Face plain, float size) {
        List<Glyph> glyphs = new ArrayList<>();
        for (Text.Span span : text.spans()) {
            Face wished = switch (span.style()) {
                case PLAIN -> plain;
                case STRONG -> Face.BOLD;
                case CODE -> Face.MONO;
            };
            // a typewriter face looks larger than its neighbours and needs more room
            Printed.visible(Printed.masked(span.text()))
                    .codePoints()
                    .forEach(point -> add(glyphs, point, wished, size, span.target()));
        }
        readable(glyphs);
        return glyphs;
    }

    private void add(List<Glyph> glyphs, int point, Face wished, float size, @Nullable String target) {
        Face face = faces.faceFor(point, wished);
        if (face != null) {
            glyphs.add(new Glyph(point, face, faces.width(point, face, size), target, Printed.rightToLeft(point)));
        } else {
            Printed.codePoint(point)
                    .chars()
                    .forEach(c -> glyphs.add(new Glyph(c, wished, faces.width(c, wished, size), target, false)));
        }
    }

    /** Turns each stretch of right-to-left letters, so that it reads right while its neighbours keep their place. */
    private static void readable(List<Glyph> glyphs) {
        int start = 0;
        while (start < glyphs.size()) {
            if (!glyphs.get(start).rightToLeft()) {
                start++;
                continue;
            }
            int end = start + 1;
            for (int i = end; i < glyphs.size(); i++) {
                if (glyphs.get(i).rightToLeft()) {
                    end = i + 1;
                } else if (glyphs.get(i).point() != ' ') {
                    break;
                }
            }
            Collections.reverse(glyphs.subList(start, end));
            start = end;
        }
    }
}
