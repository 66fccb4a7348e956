package dev.tickmark.cli.report.pdf;

import com.lowagie.text.pdf.PdfAction;
import com.lowagie.text.pdf.PdfAnnotation;
import com.lowagie.text.pdf.PdfArray;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfDestination;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfNumber;
import com.lowagie.text.pdf.PdfOutline;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfStructureElement;
import com.lowagie.text.pdf.PdfTemplate;
import dev.tickmark.cli.report.page.Chart;
import dev.tickmark.cli.report.page.Imprint;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.TableForm;
import dev.tickmark.cli.report.page.TableForm.ColumnForm;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.page.Tiles;
import dev.tickmark.cli.report.pdf.Typefaces.Face;
import dev.tickmark.cli.report.pdf.Typesetter.Line;
import dev.tickmark.cli.report.pdf.Typesetter.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets a report on A4 pages with running heads, bookmarks, links and tags. */
public final class PdfPages implements Pages {
    private static final float WIDTH = 595;
    private static final float HEIGHT = 842;
    private static final float LEFT = 52;
    private static final float RIGHT = WIDTH - 52;
    private static final float TOP = HEIGHT - 66;
    private static final float BOTTOM = 58;
    private static final float MEASURE = RIGHT - LEFT;
    private static final float BODY = 9;
    private static final float SMALL = 7.5f;
    private static final float HEADING = 12.5f;
    private static final float CAPTION = 8;
    private static final float KEPT_WHOLE = 440;
    private static final float LEADING = 1.34f;
    private static final float CELL = 2.8f;
    private static final int BLACK = 0x1A1A1A;
    private static final int GREY = 0x5A5A5A;
    private static final int RULE = 0xB4B4B4;
    private static final int SHADE = 0xEEEEEE;
    private static final int LINK = 0x1B3F7A;
    private static final int WATERMARK = 0xEBEBEB;
    private static final float TILE = 14;
    private static final int[] SHADES = {0x1B3F7A, 0xB9CBE8, 0xFFFFFF, 0xE4E4E4, 0xF6F6F6};

    private final Imprint imprint;
    private final PdfFile file;
    private final PdfContentByte canvas;
    private final Typefaces faces = new Typefaces();
    private final Typesetter setter = new Typesetter(faces);
    private final PdfStructureElement root;
    private final MessageDigest shown;
    private final PdfTemplate pageCount;
    private final Map<String, PdfTemplate> chapterPages = new HashMap<>();
    private @Nullable PdfOutline chapterMark;
    private @Nullable Table table;
    private @Nullable Section section;
    private int page;
    private float y;

    private record Section(String anchor, String title) {}

    /**
     * A table that was begun.
     *
     * @param headed whether its columns have headings, which stand again on each page
     * @param element null until its caption and headings stand on the page: they wait for the first row
     */
    private record Table(
            TableForm form,
            List<Float> widths,
            boolean headed,
            @Nullable PdfStructureElement element) {
        PdfStructureElement begun() {
            if (element == null) {
                throw new IllegalStateException(form.caption() + ": no row was begun");
            }
            return element;
        }
    }

    /** The file goes to {@code out}, which {@link #close} closes. */
    public PdfPages(OutputStream out, Imprint imprint) throws IOException {
        this.imprint = imprint;
        this.file = new PdfFile(out, imprint);
        this.canvas = file.writer().getDirectContent();
        this.root = new PdfStructureElement(file.writer().getStructureTreeRoot(), new PdfName("Document"));
        this.shown = sha256();
        this.pageCount = canvas.createTemplate(40, 12);
        beginPage();
    }

    /** How many pages there are so far. */
    public int page() {
        return page;
    }

    @Override
    public void title(String title, String subtitle) {
        y -= 26;
        block("H1", Text.of(title), Face.BOLD, 25, LEFT, MEASURE, BLACK);
        y -= 4;
        block("P", Text.of(subtitle), Face.SANS, 13, LEFT, MEASURE, GREY);
        y -= 14;
    }

    @Override
    public void contents(List<Chapter> chapters) {
        settle(0);
        heading("Contents");
        for (Chapter chapter : chapters) {
            room(16);
            PdfTemplate number = canvas.createTemplate(30, 12);
            chapterPages.put(chapter.anchor(), number);
            float at = y;
            block("P", Text.link(chapter.title(), chapter.anchor()), Face.SANS, BODY, LEFT, MEASURE - 40, BLACK);
            artifact();
            canvas.addTemplate(number, RIGHT - 30, at - BODY * LEADING);
            canvas.endMarkedContentSequence();
            y -= 2;
        }
        y -= 6;
    }

    @Override
    public void chapter(Chapter chapter) {
        settle(0);
        if (y < BOTTOM + (TOP - BOTTOM) * 0.55f) {
            turn();
        } else {
            y -= 22;
        }
        PdfTemplate number = chapterPages.get(chapter.anchor());
        if (number != null) {
            String text = Integer.toString(page);
            set(number, text, Face.SANS, BODY, 30 - faces.font(Face.SANS).getWidthPoint(text, BODY), 3, BLACK);
        }
        place(chapter.anchor());
        chapterMark = new PdfOutline(file.writer().getRootOutline(), here(), chapter.title(), false);
        block("H1", Text.of(chapter.title()), Face.BOLD, 17, LEFT, MEASURE, BLACK);
        artifact();
        rule(LEFT, RIGHT, y - 2, 1.2f, BLACK);
        canvas.endMarkedContentSequence();
        y -= 14;
    }

    @Override
    public void section(String anchor, String title) {
        settle(0);
        section = new Section(anchor, title);
    }

    /** Sets the section's heading that waits, on the same page as the beginning of what follows it. */
    private void settle(float following) {
        Section waiting = section;
        if (waiting == null) {
            return;
        }
        section = null;
        List<Line> heading = setter.lines(Text.of(waiting.title()), Face.BOLD, HEADING, MEASURE);
        y -= y < TOP ? 10 : 0;
        room(heading.size() * HEADING * LEADING + 4 + Math.max(following, 60));
        place(waiting.anchor());
        PdfOutline parent = chapterMark == null ? file.writer().getRootOutline() : chapterMark;
        new PdfOutline(parent, here(), waiting.title(), false);
        lines(element(root, "H2"), heading, HEADING, LEFT, MEASURE, false, BLACK);
        y -= 4;
    }

    @Override
    public void turnPage() {
        if (y < TOP) {
            turn();
        }
    }

    @Override
    public void heading(String text) {
        settle(60);
        y -= 5;
        room(52);
        block("H3", Text.of(text), Face.BOLD, 10, LEFT, MEASURE, BLACK);
        y -= 2;
    }

    @Override
    public void paragraph(Text text) {
        settle(0);
        block("P", text, Face.SANS, BODY, LEFT, MEASURE, BLACK);
        y -= 5;
    }

    @Override
    public void bullet(Text text) {
        settle(0);
        room(BODY * LEADING);
        float at = y;
        int on = page;
        block("P", text, Face.SANS, BODY, LEFT + 12, MEASURE - 12, BLACK);
        if (on == page) {
            artifact();
            box(LEFT + 3, at - BODY * LEADING + 4.6f, 2.6f, 2.6f, BLACK);
            canvas.endMarkedContentSequence();
        }
        y -= 3;
    }

    @Override
    public void notice(Text text) {
        settle(60);
        List<Line> lines = setter.lines(text, Face.SANS, BODY + 0.5f, MEASURE - 22);
        float height = lines.size() * (BODY + 0.5f) * LEADING + 12;
        room(height);
        artifact();
        canvas.setRGBColorStroke(0x1A, 0x1A, 0x1A);
        canvas.setLineWidth(0.8f);
        canvas.rectangle(LEFT, y - height, MEASURE, height);
        canvas.stroke();
        box(LEFT, y - height, 4, height, BLACK);
        canvas.endMarkedContentSequence();
        y -= 5;
        lines(element(root, "P"), lines, BODY + 0.5f, LEFT + 14, MEASURE - 22, false, BLACK);
        y -= 13;
    }

    @Override
    public void facts(String caption, List<Fact> facts) {
        table(new TableForm(caption, List.of(TableForm.words("", 22), TableForm.words("", 78))), false);
        List<List<List<Line>>> rows = new ArrayList<>();
        float height = 0;
        for (Fact fact : facts) {
            List<List<Line>> cells = cells(List.of(Text.strong(fact.label()), fact.value()), Face.SANS);
            rows.add(cells);
            height += height(cells);
        }
        beginTable(Math.min(height, KEPT_WHOLE));
        for (List<List<Line>> cells : rows) {
            setRow(cells, "TH");
        }
        endTable();
    }

    @Override
    public void table(TableForm form) {
        table(form, true);
    }

    @Override
    public void row(List<Text> cells) {
        row(cells, "TD");
    }

    @Override
    public void endTable() {
        if (open().element() == null) {
            beginTable(0);
        }
        table = null;
        y -= 9;
    }

    @Override
    public void chart(Chart chart) {
        settle(0);
        float bar = 13;
        float gap = 5;
        float labels = 92;
        room(40 + Math.min(chart.bars().size(), 20) * (bar + gap));
        block("P", Text.of(chart.caption()), Face.BOLD, BODY, LEFT, MEASURE, BLACK);
        y -= 4;
        PdfStructureElement figure = element(root, "Figure");
        figure.put(new PdfName("Alt"), new PdfString(alternative(chart), "UnicodeBig"));
        canvas.beginMarkedContentSequence(figure);
        float x = LEFT;
        for (Chart.Series series : chart.series()) {
            float wide = 16 + faces.font(Face.SANS).getWidthPoint(series.name(), SMALL) + 12;
            if (x + wide > RIGHT) {
                x = LEFT;
                y -= 13;
            }
            pattern(series.pattern(), x, y - 9, 11, 9);
            set(canvas, series.name(), Face.SANS, SMALL, x + 15, y - 7.4f, BLACK);
            x += wide;
        }
        y -= 20;
        float unit = (MEASURE - labels - 24) / Math.max(1, chart.longest());
        for (Chart.Bar each : chart.bars()) {
            if (y - bar < BOTTOM) {
                canvas.endMarkedContentSequence();
                turn();
                canvas.beginMarkedContentSequence(element(root, "Figure"));
            }
            Line label = setter.lines(Text.of(each.label()), Face.SANS, SMALL, labels - 6)
                    .get(0);
            draw(label, SMALL, LEFT, y - bar + 4, BLACK);
            float at = LEFT + labels;
            for (int i = 0; i < each.counts().size(); i++) {
                long count = each.counts().get(i);
                if (count == 0) {
                    continue;
                }
                float wide = count * unit;
                Chart.Pattern pattern = chart.series().get(i).pattern();
                pattern(pattern, at, y - bar, wide, bar);
                String number = Long.toString(count);
                float numberWidth = faces.font(Face.BOLD).getWidthPoint(number, SMALL);
                if (numberWidth + 5 <= wide) {
                    float middle = at + (wide - numberWidth) / 2;
                    boolean solid = pattern == Chart.Pattern.SOLID;
                    if (!solid) {
                        box(middle - 1.8f, y - bar + 2, numberWidth + 3.6f, bar - 4, 0xFFFFFF);
                    }
                    set(canvas, number, Face.BOLD, SMALL, middle, y - bar + 4, solid ? 0xFFFFFF : BLACK);
                }
                at += wide;
            }
            set(canvas, Long.toString(each.total()), Face.SANS, SMALL, at + 5, y - bar + 4, GREY);
            y -= bar + gap;
        }
        canvas.endMarkedContentSequence();
        y -= 8;
    }

    @Override
    public void tiles(Tiles tiles) {
        settle(0);
        block("P", Text.of(tiles.caption()), Face.BOLD, BODY, LEFT, MEASURE, BLACK);
        y -= 4;
        PdfStructureElement figure = element(root, "Figure");
        figure.put(new PdfName("Alt"), new PdfString(tiles.alternative(), "UnicodeBig"));
        canvas.beginMarkedContentSequence(figure);
        float x = LEFT;
        for (int level = 0; level < tiles.levels().size(); level++) {
            tile(level, x, y - 9, 11, 9);
            set(canvas, tiles.levels().get(level), Face.SANS, SMALL, x + 15, y - 7.4f, BLACK);
            x += 16 + faces.font(Face.SANS).getWidthPoint(tiles.levels().get(level), SMALL) + 16;
        }
        y -= 20;
        for (Tiles.Group group : tiles.groups()) {
            tiles(group);
        }
        canvas.endMarkedContentSequence();
        y -= 8;
    }

    private void tiles(Tiles.Group group) {
        float wide = MEASURE / group.across();
        if (y - 12 - TILE < BOTTOM) {
            turnFigure();
        }
        set(canvas, group.title(), Face.BOLD, SMALL, LEFT, y - 8, BLACK);
        y -= 12;
        for (int i = 0; i < group.tiles().size(); i++) {
            int column = i % group.across();
            if (column == 0 && i > 0) {
                y -= TILE;
                if (y - TILE < BOTTOM) {
                    turnFigure();
                }
            }
            Tiles.Tile each = group.tiles().get(i);
            float left = LEFT + column * wide;
            tile(each.level(), left, y - TILE + 1, wide - 1.5f, TILE - 2);
            int colour = each.level() == 0 ? 0xFFFFFF : BLACK;
            float size = fitting(each, wide - 5);
            set(canvas, each.label(), Face.BOLD, size, left + 2, y - TILE + 4.6f, colour);
            float note = faces.font(Face.SANS).getWidthPoint(each.note(), size);
            set(canvas, each.note(), Face.SANS, size, left + wide - 3.5f - note, y - TILE + 4.6f, colour);
        }
        y -= TILE + 8;
    }

    /** The largest size at which label and note stand beside each other. */
    private float fitting(Tiles.Tile tile, float wide) {
        float at = faces.font(Face.BOLD).getWidthPoint(tile.label() + " ", 1)
                + faces.font(Face.SANS).getWidthPoint(tile.note(), 1);
        return Math.min(6.4f, wide / at);
    }

    private void turnFigure() {
        canvas.endMarkedContentSequence();
        turn();
        canvas.beginMarkedContentSequence(element(root, "Figure"));
    }

    private void tile(int level, float left, float bottom, float wide, float high) {
        box(left, bottom, wide, high, SHADES[level]);
        canvas.saveState();
        canvas.setRGBColorStroke(0x8A, 0x8A, 0x8A);
        canvas.setLineWidth(0.4f);
        canvas.rectangle(left, bottom, wide, high);
        canvas.stroke();
        canvas.restoreState();
    }

    @Override
    public void close() {
        settle(0);
        String pages = Integer.toString(page);
        set(pageCount, pages, Face.SANS, SMALL, 0, 3, GREY);
        file.close(shown.digest());
    }

    private void table(TableForm form, boolean headed) {
        float shares = 0;
        for (ColumnForm column : form.columns()) {
            shares += column.share();
        }
        List<Float> widths = new ArrayList<>();
        for (ColumnForm column : form.columns()) {
            widths.add(MEASURE * column.share() / shares);
        }
        table = new Table(form, widths, headed, null);
    }

    /** Sets caption and headings, on the same page as the beginning of the first row. */
    private void beginTable(float first) {
        Table open = open();
        List<Line> caption = open.form().caption().isBlank()
                ? List.of()
                : setter.lines(Text.of(open.form().caption()), Face.BOLD, CAPTION, MEASURE);
        float headings = open.headed() ? height(headings()) : 0;
        float above = caption.size() * CAPTION * LEADING + 3 + headings;
        settle(above + Math.min(first, KEPT_WHOLE));
        room(above + Math.max(24, Math.min(first, KEPT_WHOLE)));
        PdfStructureElement element = element(root, "Table");
        if (!caption.isEmpty()) {
            lines(element(element, "Caption"), caption, CAPTION, LEFT, MEASURE, false, BLACK);
            y -= 3;
        }
        table = new Table(open.form(), open.widths(), open.headed(), element);
        header();
    }

    private List<List<Line>> headings() {
        List<Text> headings = new ArrayList<>();
        for (ColumnForm column : open().form().columns()) {
            headings.add(Text.of(column.heading()));
        }
        return cells(headings, Face.BOLD);
    }

    private void header() {
        if (!open().headed()) {
            artifact();
            rule(LEFT, RIGHT, y, 0.8f, BLACK);
            canvas.endMarkedContentSequence();
            return;
        }
        List<List<Line>> cells = headings();
        float height = height(cells);
        artifact();
        box(LEFT, y - height, MEASURE, height, SHADE);
        rule(LEFT, RIGHT, y, 0.8f, BLACK);
        canvas.endMarkedContentSequence();
        setCells(cells, "TH", Face.BOLD);
        artifact();
        rule(LEFT, RIGHT, y, 0.5f, BLACK);
        canvas.endMarkedContentSequence();
    }

    private void row(List<Text> texts, String firstCell) {
        Table open = open();
        if (texts.size() != open.form().columns().size()) {
            throw new IllegalArgumentException(open.form().caption() + ": a row of " + texts.size() + " cells");
        }
        List<List<Line>> cells = cells(texts, Face.SANS);
        if (open.element() == null) {
            beginTable(height(cells));
        }
        setRow(cells, firstCell);
    }

    private void setRow(List<List<Line>> row, String firstCell) {
        List<List<Line>> cells = row;
        while (true) {
            float height = height(cells);
            float left = y - BOTTOM;
            if (height <= left) {
                setCells(cells, firstCell, Face.SANS);
                break;
            }
            float whole = TOP - BOTTOM - 40;
            int fitting = (int) ((left - 2 * CELL) / (SMALL * LEADING));
            if (height <= whole || fitting < 3) {
                turnTable();
                continue;
            }
            List<List<Line>> above = new ArrayList<>();
            List<List<Line>> below = new ArrayList<>();
            for (List<Line> cell : cells) {
                int cut = Math.min(fitting, cell.size());
                above.add(cell.subList(0, cut));
                below.add(cell.subList(cut, cell.size()));
            }
            setCells(above, firstCell, Face.SANS);
            turnTable();
            cells = below;
        }
        artifact();
        rule(LEFT, RIGHT, y, 0.35f, RULE);
        canvas.endMarkedContentSequence();
    }

    private void turnTable() {
        turn();
        header();
    }

    private Table open() {
        if (table == null) {
            throw new IllegalStateException("no table was begun");
        }
        return table;
    }

    private List<List<Line>> cells(List<Text> texts, Face face) {
        List<List<Line>> cells = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            cells.add(setter.lines(texts.get(i), face, SMALL, open().widths().get(i) - 2 * CELL));
        }
        return cells;
    }

    private static float height(List<List<Line>> cells) {
        int most = 0;
        for (List<Line> cell : cells) {
            most = Math.max(most, cell.size());
        }
        return most * SMALL * LEADING + 2 * CELL;
    }

    private void setCells(List<List<Line>> cells, String firstCell, Face face) {
        Table open = open();
        PdfStructureElement row = element(open.begun(), "TR");
        float top = y;
        float x = LEFT;
        for (int i = 0; i < cells.size(); i++) {
            float width = open.widths().get(i);
            y = top - CELL + 1;
            String role = i == 0 || face == Face.BOLD ? firstCell : "TD";
            boolean number = open.form().columns().get(i).number();
            lines(element(row, role), cells.get(i), SMALL, x + CELL, width - 2 * CELL, number, BLACK);
            x += width;
        }
        y = top - height(cells);
    }

    /** Words over the given measure, on as many pages as they need. */
    private void block(String role, Text text, Face face, float size, float x, float measure, int colour) {
        List<Line> lines = setter.lines(text, face, size, measure);
        int from = 0;
        while (from < lines.size()) {
            int fitting = (int) ((y - BOTTOM) / (size * LEADING));
            if (fitting < 1) {
                turn();
                continue;
            }
            int to = Math.min(lines.size(), from + fitting);
            lines(element(root, role), lines.subList(from, to), size, x, measure, false, colour);
            from = to;
        }
    }

    private void lines(
            PdfStructureElement element,
            List<Line> lines,
            float size,
            float x,
            float measure,
            boolean toTheRight,
            int colour) {
        canvas.beginMarkedContentSequence(element);
        for (Line line : lines) {
            y -= size * LEADING;
            draw(line, size, toTheRight ? x + measure - line.width() : x, y + size * 0.28f, colour);
        }
        canvas.endMarkedContentSequence();
    }

    private void draw(Line line, float size, float x, float base, int colour) {
        float at = x;
        for (Run run : line.runs()) {
            String target = run.target();
            set(canvas, run.text(), run.face(), size, at, base, target == null ? colour : LINK);
            if (target != null) {
                link(target, at, base - 2, at + run.width(), base + size - 1);
            }
            at += run.width();
        }
    }

    private void set(PdfContentByte where, String text, Face face, float size, float x, float base, int colour) {
        shown.update(text.getBytes(StandardCharsets.UTF_8));
        where.beginText();
        where.setFontAndSize(faces.font(face), size);
        where.setRGBColorFill(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF);
        where.setTextMatrix(x, base);
        where.showText(text);
        where.endText();
    }

    private void link(String target, float left, float bottom, float right, float top) {
        PdfAnnotation link =
                new PdfAnnotation(file.writer(), left, bottom, right, top, PdfAction.gotoLocalPage(target, false));
        link.put(PdfName.SUBTYPE, PdfName.LINK);
        link.put(PdfName.F, new PdfNumber(PdfAnnotation.FLAGS_PRINT));
        link.put(PdfName.BORDER, new PdfArray(new float[] {0, 0, 0}));
        file.writer().addAnnotation(link);
    }

    private void place(String anchor) {
        canvas.localDestination(anchor, here());
    }

    private PdfDestination here() {
        return new PdfDestination(PdfDestination.XYZ, LEFT, y + 8, 0);
    }

    private void room(float height) {
        if (y - height < BOTTOM) {
            turn();
        }
    }

    private void turn() {
        file.document().newPage();
        beginPage();
    }

    private void beginPage() {
        page++;
        y = TOP;
        String marking = imprint.marking();
        artifact();
        if (marking != null) {
            watermark(marking);
            float width = faces.font(Face.BOLD).getWidthPoint(marking, SMALL);
            set(canvas, marking, Face.BOLD, SMALL, RIGHT - width, HEIGHT - 40, BLACK);
        }
        Line running = setter.lines(Text.of(imprint.running()), Face.SANS, SMALL, MEASURE * 0.62f)
                .get(0);
        draw(running, SMALL, LEFT, HEIGHT - 40, GREY);
        rule(LEFT, RIGHT, HEIGHT - 46, 0.4f, RULE);
        rule(LEFT, RIGHT, 44, 0.4f, RULE);
        Line foot = setter.lines(Text.of(imprint.foot()), Face.SANS, SMALL, MEASURE * 0.8f)
                .get(0);
        draw(foot, SMALL, LEFT, 33, GREY);
        String number = "Page " + page + " of ";
        float wide = faces.font(Face.SANS).getWidthPoint(number, SMALL);
        set(canvas, number, Face.SANS, SMALL, RIGHT - 20 - wide, 33, GREY);
        canvas.addTemplate(pageCount, RIGHT - 20, 30);
        canvas.endMarkedContentSequence();
    }

    private void watermark(String marking) {
        float size = 46;
        float wide = faces.font(Face.BOLD).getWidthPoint(marking, size);
        float cos = 0.5878f; // 54 degrees
        float sin = 0.8090f;
        if (wide > 820) {
            size = size * 820 / wide;
            wide = 820;
        }
        canvas.beginText();
        canvas.setFontAndSize(faces.font(Face.BOLD), size);
        canvas.setRGBColorFill(WATERMARK >> 16, WATERMARK >> 8 & 0xFF, WATERMARK & 0xFF);
        canvas.setTextMatrix(cos, sin, -sin, cos, WIDTH / 2 - wide / 2 * cos, HEIGHT / 2 - wide / 2 * sin);
        canvas.showText(marking);
        canvas.endText();
    }

    private void artifact() {
        canvas.beginMarkedContentSequence(new PdfName("Artifact"));
    }

    private void rule(float from, float to, float height, float width, int colour) {
        canvas.setRGBColorStroke(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF);
        canvas.setLineWidth(width);
        canvas.moveTo(from, height);
        canvas.lineTo(to, height);
        canvas.stroke();
    }

    private void box(float x, float bottom, float width, float height, int colour) {
        canvas.setRGBColorFill(colour >> 16, colour >> 8 & 0xFF, colour & 0xFF);
        canvas.rectangle(x, bottom, width, height);
        canvas.fill();
    }

    private void pattern(Chart.Pattern pattern, float x, float bottom, float width, float height) {
        PatternFill.fill(canvas, pattern, x, bottom, width, height);
    }

    private static String alternative(Chart chart) {
        StringBuilder words = new StringBuilder(chart.caption());
        for (Chart.Bar bar : chart.bars()) {
            words.append("; ").append(bar.label()).append(':');
            for (int i = 0; i < bar.counts().size(); i++) {
                if (bar.counts().get(i) > 0) {
                    words.append(' ')
                            .append(bar.counts().get(i))
                            .append(' ')
                            .append(chart.series().get(i).name());
                }
            }
        }
        return words.toString();
    }

    private static PdfStructureElement element(PdfStructureElement parent, String role) {
        return new PdfStructureElement(parent, new PdfName(role));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
