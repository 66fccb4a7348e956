package dev.tickmark.cli.report.html;

import dev.tickmark.cli.report.page.Chart;
import dev.tickmark.cli.report.page.Imprint;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.Printed;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.TableForm.ColumnForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.page.Tiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a report as HTML whose content policy allows its own style sheet and nothing else. */
public final class HtmlPages implements Pages {
    private final Writer out;
    private @Nullable TableForm table;
    private boolean inChapter;
    private boolean inList;

    /** The file goes to {@code out}, which {@link #close} closes. */
    public HtmlPages(OutputStream out, Imprint imprint) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        String style = style();
        line("<!DOCTYPE html>");
        line("<html lang=\"en\">");
        line("<head>");
        line("<meta charset=\"utf-8\">");
        line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
                + digest(style) + "'; base-uri 'none'; form-action 'none'\">");
        line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        line("<meta name=\"referrer\" content=\"no-referrer\">");
        line("<title>" + escaped(imprint.title()) + "</title>");
        this.out.write("<style>" + style + "</style>\n");
        line("</head>");
        line("<body>");
        line("<a class=\"skip\" href=\"#main\">Skip to the content</a>");
        String marking = imprint.marking();
        if (marking != null) {
            line("<p class=\"marking\" role=\"note\">" + escaped(marking) + "</p>");
        }
        line("<header><p>" + escaped(imprint.running()) + "</p><p>" + escaped(imprint.foot()) + "</p></header>");
        line("<main id=\"main\">");
    }

    @Override
    public void title(String title, String subtitle) throws IOException {
        line("<h1>" + shown(title) + "</h1>");
        line("<p class=\"subtitle\">" + shown(subtitle) + "</p>");
    }

    @Override
    public void contents(List<Chapter> chapters) throws IOException {
        endList();
        line("<h4>Contents</h4>");
        line("<nav aria-label=\"Contents\"><ol>");
        for (Chapter chapter : chapters) {
            line("<li><a href=\"#" + escaped(chapter.anchor()) + "\">" + shown(chapter.title()) + "</a></li>");
        }
        line("</ol></nav>");
    }

    @Override
    public void chapter(Chapter chapter) throws IOException {
        endList();
        if (inChapter) {
            line("</section>");
        }
        inChapter = true;
        line("<section>");
        line("<h2 id=\"" + escaped(chapter.anchor()) + "\">" + shown(chapter.title()) + "</h2>");
    }

    @Override
    public void section(String anchor, String title) throws IOException {
        endList();
        line("<h3 id=\"" + escaped(anchor) + "\">" + shown(title) + "</h3>");
    }

    @Override
    public void turnPage() {}

    @Override
    public void heading(String text) throws IOException {
        endList();
        line("<h4>" + shown(text) + "</h4>");
    }

    @Override
    public void paragraph(Text text) throws IOException {
        endList();
        line("<p>" + html(text) + "</p>");
    }

    @Override
    public void bullet(Text text) throws IOException {
        if (!inList) {
            line("<ul>");
            inList = true;
        }
        line("<li>" + html(text) + "</li>");
    }

    @Override
    public void notice(Text text) throws IOException {
        endList();
        line("<p class=\"notice\">" + html(text) + "</p>");
    }

    @Override
    public void facts(String caption, List<Fact> facts) throws IOException {
        endList();
        String named = caption.isEmpty() ? "" : "<caption>" + shown(caption) + "</caption>";
        line("<table class=\"facts\">" + named + "<tbody>");
        for (Fact fact : facts) {
            line("<tr><th scope=\"row\">" + shown(fact.label()) + "</th><td>" + html(fact.value()) + "</td></tr>");
        }
        line("</tbody></table>");
    }

    @Override
    public void table(TableForm form) throws IOException {
        endList();
        table = form;
        StringBuilder head = new StringBuilder();
        for (ColumnForm column : form.columns()) {
            head.append("<th scope=\"col\"")
                    .append(column.number() ? " class=\"number\"" : "")
                    .append('>')
                    .append(shown(column.heading()))
                    .append("</th>");
        }
        line("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + escaped(form.caption())
                + "\"><table>");
        line("<caption>" + shown(form.caption()) + "</caption>");
        line("<thead><tr>" + head + "</tr></thead><tbody>");
    }

    @Override
    public void row(List<Text> cells) throws IOException {
        TableForm form = table;
        if (form == null || form.columns().size() != cells.size()) {
            throw new IllegalStateException("a row of " + cells.size() + " cells belongs to no table");
        }
        StringBuilder row = new StringBuilder("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            String kind = i == 0 ? "th" : "td";
            row.append('<').append(kind);
            row.append(i == 0 ? " scope=\"row\"" : "");
            row.append(form.columns().get(i).number() ? " class=\"number\">" : ">");
            row.append(html(cells.get(i)));
            row.append("</").append(kind).append('>');
        }
        line(row.append("</tr>").toString());
    }

    @Override
    public void endTable() throws IOException {
        table = null;
        line("</tbody></table></div>");
    }

    @Override
    public void chart(Chart chart) throws IOException {
        endList();
        line("<figure>");
        line("<figcaption>" + shown(chart.caption()) + "</figcaption>");
        HtmlChart.write(out, chart);
        line("</figure>");
    }

    @Override
    public void tiles(Tiles tiles) throws IOException {
        endList();
        line("<figure>");
        line("<figcaption>" + shown(tiles.caption()) + "</figcaption>");
        out.write("<p class=\"tiles\">");
        for (int level = 0; level < tiles.levels().size(); level++) {
            line("<span class=\"tile level-" + level + "\">"
                    + shown(tiles.levels().get(level)) + "</span>");
        }
        line("</p>");
        for (Tiles.Group group : tiles.groups()) {
            line("<h4>" + shown(group.title()) + "</h4>");
            line("<p class=\"tiles\">");
            for (Tiles.Tile tile : group.tiles()) {
                line("<span class=\"tile level-" + tile.level() + "\">" + shown(tile.label())
                        + (tile.note().isBlank() ? "" : " <small>" + shown(tile.note()) + "</small>") + "</span>");
            }
            line("</p>");
        }
        line("</figure>");
    }

    @Override
    public void close() throws IOException {
        endList();
        if (inChapter) {
            line("</section>");
        }
        line("</main>");
        line("</body>");
        line("</html>");
        out.close();
    }

    /** A text of ours or of a source, as HTML shows it to people. */
    static String shown(String text) {
        return escaped(Printed.visible(Printed.masked(text)));
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String html(Text text) {
        StringBuilder html = new StringBuilder();
        for (Text.Span span : text.spans()) {
            String words = shown(span.text());
            String marked = switch (span.style()) {
                case PLAIN -> isolated(span.text(), words);
                case STRONG -> "<strong>" + isolated(span.text(), words) + "</strong>";
                case CODE -> "<code>" + isolated(span.text(), words) + "</code>";
            };
            String target = span.target();
            html.append(target == null ? marked : "<a href=\"#" + escaped(target) + "\">" + marked + "</a>");
        }
        return html.toString();
    }

    /** Letters that run from right to left stay within their own words. */
    private static String isolated(String text, String words) {
        return text.codePoints().anyMatch(Printed::rightToLeft) ? "<bdi>" + words + "</bdi>" : words;
    }

    private void endList() throws IOException {
        if (inList) {
            line("</ul>");
            inList = false;
        }
    }

    private void line(String html) throws IOException {
        out.write(html);
        out.write('\n');
    }

    private static String style() throws IOException {
        try (InputStream in = HtmlPages.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: report.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        }
    }

    private static String digest(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
