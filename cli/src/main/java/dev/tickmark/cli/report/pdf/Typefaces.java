package dev.tickmark.cli.report.pdf;

import com.lowagie.text.pdf.BaseFont;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The embedded typefaces of one file, and which of them has a glyph for a character. */
final class Typefaces {
    /** A typeface: Latin, Greek, Cyrillic and Hebrew, under the SIL Open Font License. */
    enum Face {
        SANS("LiberationSans-Regular.ttf"),
        BOLD("LiberationSans-Bold.ttf"),
        MONO("LiberationMono-Regular.ttf");

        private final String file;

        Face(String file) {
            this.file = file;
        }
    }

    private final Map<Face, BaseFont> fonts = new EnumMap<>(Face.class);

    Typefaces() throws IOException {
        for (Face face : Face.values()) {
            fonts.put(face, load(face));
        }
    }

    BaseFont font(Face face) {
        BaseFont font = fonts.get(face);
        if (font == null) {
            throw new IllegalStateException("no font for " + face);
        }
        return font;
    }

    /** The wished typeface where it has the character, else another that has it, else null. */
    @Nullable
    Face faceFor(int point, Face wished) {
        for (Face face : List.of(wished, Face.SANS, Face.MONO)) {
            if (font(face).charExists(point)) {
                return face;
            }
        }
        return null;
    }

    float width(int point, Face face, float size) {
        return font(face).getWidthPoint(point, size);
    }

    private static BaseFont load(Face face) throws IOException {
        byte[] bytes;
        try (InputStream in = Typefaces.class.getResourceAsStream("/liberation/" + face.file)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + face.file);
            }
            bytes = in.readAllBytes();
        }
        // not cached: the subset's name is drawn from this file's own seeded generator
        BaseFont font = BaseFont.createFont(face.file, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, bytes, null);
        font.setSubset(true);
        font.setIncludeCidSet(
                false); // the library's CIDSet is not the one that PDF/A asks for; without one it is valid
        font.setSecureRandom(seeded(face.name()));
        return font;
    }

    private static SecureRandom seeded(String seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG"); // gives the same numbers for the same seed
            random.setSeed(seed.getBytes(StandardCharsets.UTF_8));
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
