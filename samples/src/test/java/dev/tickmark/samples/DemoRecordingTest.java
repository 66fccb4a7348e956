package dev.tickmark.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRecordingTest {
    private static final Path SAMPLES = Path.of("").toAbsolutePath();

    @TempDir
    Path work;

    /** The recording can be made again with the tool; {@code -Dgolden.update=true} puts the new one in its place. */
    @Test
    void theDemoCanBeRecordedAgainWithTheToolItself() throws IOException {
        Map<String, byte[]> made = DemoRecording.make(SAMPLES, work);

        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            DemoRecording.write(made, SAMPLES);
        }

        assertThat(String.join("\n", made.keySet()) + "\n")
                .isEqualTo(Files.readString(SAMPLES.resolve("demo").resolve("index.txt")));
        assertThat(made.keySet()).anyMatch(name -> name.endsWith("raw.warc.gz"));
    }

    @Test
    void nothingOfAnUnmappedColumnIsInTheRecording() throws IOException {
        Map<String, byte[]> made = DemoRecording.make(SAMPLES, work);

        for (Map.Entry<String, byte[]> file : made.entrySet()) {
            byte[] bytes = file.getKey().endsWith(".gz") ? inflated(file.getValue()) : file.getValue();
            assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .as(file.getKey())
                    .doesNotContain("Date of birth")
                    .doesNotContain("1985-01-");
        }
    }

    private static byte[] inflated(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
