package dev.tickmark.cli.report.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shipped colour profile is made here, from the numbers of IEC 61966-2-1 and the layout of ICC.1:2010. */
class OutputProfileTest {
    private static final int HEADER = 128;

    @Test
    void theShippedProfileIsTheOneMadeHere() throws IOException {
        byte[] made = profile();
        if (Boolean.getBoolean("golden.update")) {
            Files.write(Path.of("src/main/resources/dev/tickmark/cli/report/pdf/srgb.icc"), made);
        }

        try (InputStream in = PdfFile.class.getResourceAsStream("srgb.icc")) {
            assertThat(in).isNotNull();
            assertThat(in.readAllBytes()).isEqualTo(made);
        }
    }

    private static byte[] profile() throws IOException {
        byte[] curve = curve();
        Map<String, byte[]> tags = new LinkedHashMap<>();
        tags.put("desc", text("sRGB"));
        tags.put("cprt", text("No copyright, use freely"));
        tags.put("wtpt", xyz(0.9642, 1.0, 0.8249));
        tags.put(
                "chad",
                fixed("sf32", 1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168));
        tags.put("rXYZ", xyz(0.43607, 0.22249, 0.01392));
        tags.put("gXYZ", xyz(0.38515, 0.71687, 0.09708));
        tags.put("bXYZ", xyz(0.14307, 0.06061, 0.71410));
        tags.put("rTRC", curve);
        tags.put("gTRC", curve);
        tags.put("bTRC", curve);
        int table = 4 + 12 * tags.size();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        ByteArrayOutputStream bodies = new ByteArrayOutputStream();
        DataOutputStream entries = new DataOutputStream(directory);
        entries.writeInt(tags.size());
        for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
            entries.writeBytes(tag.getKey());
            entries.writeInt(HEADER + table + bodies.size());
            entries.writeInt(tag.getValue().length);
            bodies.write(tag.getValue());
            while (bodies.size() % 4 != 0) {
                bodies.write(0);
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(header(HEADER + table + bodies.size()));
        all.write(directory.toByteArray());
        all.write(bodies.toByteArray());
        return all.toByteArray();
    }

    private static byte[] header(int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(size);
        out.writeInt(0);
        out.writeInt(0x04200000);
        out.writeBytes("mntrRGB XYZ ");
        for (int part : new int[] {2026, 1, 1, 0, 0, 0}) {
            out.writeShort(part);
        }
        out.writeBytes("acsp");
        out.write(new byte[28]);
        out.writeInt(0xF6D6); // the D50 white of the connection space
        out.writeInt(0x10000);
        out.writeInt(0xD32D);
        out.write(new byte[HEADER - out.size()]);
        return bytes.toByteArray();
    }

    private static byte[] text(String words) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("mluc");
        out.writeInt(0);
        out.writeInt(1);
        out.writeInt(12);
        out.writeBytes("enUS");
        out.writeInt(words.length() * 2);
        out.writeInt(28);
        out.write(words.getBytes(StandardCharsets.UTF_16BE));
        return bytes.toByteArray();
    }

    private static byte[] xyz(double x, double y, double z) throws IOException {
        return fixed("XYZ ", x, y, z);
    }

    /** The curve of sRGB: a power of 2.4 above a straight foot. */
    private static byte[] curve() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("para");
        out.writeInt(0);
        out.writeShort(3);
        out.writeShort(0);
        for (double number : new double[] {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045}) {
            out.writeInt((int) Math.round(number * 65536));
        }
        return bytes.toByteArray();
    }

    private static byte[] fixed(String type, double... numbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes(type);
        out.writeInt(0);
        for (double number : numbers) {
            out.writeInt((int) Math.round(number * 65536));
        }
        return bytes.toByteArray();
    }
}
