package dev.tickmark.cli.report.pdf;

import com.lowagie.text.pdf.PdfContentByte;
import dev.tickmark.cli.report.page.Chart;

/** Fills a rectangle so that it is told from its neighbours in black and white. */
final class PatternFill {
    private static final float STEP = 4;

    private PatternFill() {}

    static void fill(PdfContentByte canvas, Chart.Pattern pattern, float x, float y, float width, float height) {
        int fill = pattern == Chart.Pattern.SOLID ? 0x26 : 0xFF;
        canvas.saveState();
        canvas.setRGBColorFill(fill, fill, fill);
        canvas.rectangle(x, y, width, height);
        canvas.fill();
        canvas.rectangle(x, y, width, height);
        canvas.clip();
        canvas.newPath();
        canvas.setRGBColorStroke(0x40, 0x40, 0x40);
        canvas.setRGBColorFill(0x40, 0x40, 0x40);
        canvas.setLineWidth(0.7f);
        switch (pattern) {
            case SOLID, BLANK -> {}
            case DIAGONALS -> diagonals(canvas, x, y, width, height, false);
            case CROSSES -> {
                diagonals(canvas, x, y, width, height, false);
                diagonals(canvas, x, y, width, height, true);
            }
            case DOTS -> dots(canvas, x, y, width, height);
            case LINES -> lines(canvas, x, y, width, height);
        }
        canvas.restoreState();
        canvas.setRGBColorStroke(0x26, 0x26, 0x26);
        canvas.setLineWidth(0.6f);
        canvas.rectangle(x, y, width, height);
        canvas.stroke();
    }

    private static void diagonals(PdfContentByte canvas, float x, float y, float width, float height, boolean falling) {
        int strokes = (int) ((width + height) / STEP) + 1;
        for (int i = 0; i < strokes; i++) {
            float at = x - height + i * STEP;
            canvas.moveTo(at, falling ? y + height : y);
            canvas.lineTo(at + height, falling ? y : y + height);
        }
        canvas.stroke();
    }

    private static void dots(PdfContentByte canvas, float x, float y, float width, float height) {
        int across = (int) (width / STEP) + 1;
        int up = (int) (height / STEP) + 1;
        for (int i = 0; i < across; i++) {
            for (int j = 0; j < up; j++) {
                canvas.rectangle(x + i * STEP + 1.4f, y + j * STEP + 1.2f, 1.1f, 1.1f);
            }
        }
        canvas.fill();
    }

    private static void lines(PdfContentByte canvas, float x, float y, float width, float height) {
        int up = (int) (height / 3) + 1;
        for (int j = 0; j < up; j++) {
            canvas.moveTo(x, y + j * 3f + 1.5f);
            canvas.lineTo(x + width, y + j * 3f + 1.5f);
        }
        canvas.stroke();
    }
}
