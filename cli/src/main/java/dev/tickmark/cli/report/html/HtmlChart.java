package dev.tickmark.cli.report.html;

import dev.tickmark.cli.report.page.Chart;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Draws a chart as SVG inside the page: patterns and numbers, no colour needed. */
final class HtmlChart {
    private static final int LABELS = 120;
    private static final int WIDTH = 760;
    private static final int BAR = 22;
    private static final int STEP = 30;

    private HtmlChart() {}

    static void write(Writer out, Chart chart) throws IOException {
        int legend = 28;
        int height = legend + chart.bars().size() * STEP + 6;
        out.write("<svg viewBox=\"0 0 " + (LABELS + WIDTH + 60) + " " + height + "\" role=\"img\" aria-label=\""
                + HtmlPages.escaped(chart.caption()) + "; the same numbers stand in the table below\">\n");
        out.write("""
                <defs>
                <pattern id="p-solid" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#262626"/></pattern>
                <pattern id="p-diagonals" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/><path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" stroke="#404040"/></pattern>
                <pattern id="p-crosses" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/><path d="M0 6L6 0M0 0L6 6" stroke="#404040"/></pattern>
                <pattern id="p-blank" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#fff"/></pattern>
                <pattern id="p-dots" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#fff"/><rect x="2" y="2" width="1.4" height="1.4" fill="#404040"/></pattern>
                <pattern id="p-lines" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#fff"/><path d="M0 2H5" stroke="#404040"/></pattern>
                </defs>
                """);
        int x = 0;
        for (Chart.Series series : chart.series()) {
            rectangle(out, series.pattern(), x, 2, 16, 14);
            text(out, "start", x + 22, 14, series.name());
            x += 40 + series.name().length() * 7;
        }
        double unit = (double) WIDTH / Math.max(1, chart.longest());
        int y = legend;
        for (Chart.Bar bar : chart.bars()) {
            text(out, "start", 0, y + 15, bar.label());
            double at = LABELS;
            for (int i = 0; i < bar.counts().size(); i++) {
                long count = bar.counts().get(i);
                if (count == 0) {
                    continue;
                }
                Chart.Pattern pattern = chart.series().get(i).pattern();
                double wide = count * unit;
                rectangle(out, pattern, at, y, wide, BAR);
                String number = Long.toString(count);
                double needed = number.length() * 9 + 6;
                if (wide > needed) {
                    double middle = at + wide / 2;
                    if (pattern != Chart.Pattern.SOLID) {
                        out.write("<rect x=\"" + number(middle - needed / 2) + "\" y=\"" + (y + 3) + "\" width=\""
                                + number(needed) + "\" height=\"" + (BAR - 6) + "\" fill=\"#fff\"/>\n");
                    }
                    out.write("<text x=\"" + number(middle) + "\" y=\"" + (y + 16)
                            + "\" text-anchor=\"middle\" font-weight=\"bold\" fill=\""
                            + (pattern == Chart.Pattern.SOLID ? "#fff" : "#1a1a1a") + "\">" + number + "</text>\n");
                }
                at += wide;
            }
            text(out, "start", at + 6, y + 16, Long.toString(bar.total()));
            y += STEP;
        }
        out.write("</svg>\n");
    }

    private static void rectangle(Writer out, Chart.Pattern pattern, double x, double y, double width, double height)
            throws IOException {
        out.write("<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\""
                + number(height) + "\" fill=\"url(#p-"
                + pattern.name().toLowerCase(Locale.ROOT) + ")\" stroke=\"#262626\"/>\n");
    }

    private static void text(Writer out, String anchor, double x, double y, String words) throws IOException {
        out.write("<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">"
                + HtmlPages.shown(words) + "</text>\n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
