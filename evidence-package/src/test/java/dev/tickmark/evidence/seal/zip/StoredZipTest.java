package dev.tickmark.evidence.seal.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.seal.content.ContentDigest;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredZipTest {
    @TempDir
    Path folder;

    @Test
    void isReadByTheStockReaderEntryByEntry() throws IOException {
        Path file = folder.resolve("a.zip");
        Files.write(file, zip("a/b.csv", "one", "c", ""));

        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            assertThat(entries).extracting(ZipEntry::getName).containsExactly("a/b.csv", "c");
            assertThat(entries).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
            assertThat(entries).allMatch(entry -> entry.getTimeLocal().equals(LocalDateTime.of(1980, 1, 1, 0, 0)));
            assertThat(zip.getInputStream(entries.get(0)).readAllBytes()).isEqualTo("one".getBytes(UTF_8));
        }
    }

    @Test
    void hasNoByteThatIsFree() throws IOException {
        assertThat(HexFormat.of().formatHex(zip("a", "x")))
                .isEqualTo("504b03040a0000000000000021008316dc8c010000000100000001000000" + "61" + "78"
                        + "504b01020a000a0000000000000021008316dc8c0100000001000000010000000000000000000000000000000000"
                        + "61" + "504b050600000000010001002f000000200000000000");
    }

    @Test
    void countsPastSixtyFiveThousandEntries() throws IOException {
        Path file = folder.resolve("many.zip");
        ContentDigest empty = ContentDigest.of(new byte[0]);
        try (OutputStream out = Files.newOutputStream(file);
                StoredZip zip = new StoredZip(new BufferedOutputStream(out))) {
            for (int i = 0; i < 70_001; i++) {
                zip.add(String.format("%06d", i), 0, empty.crc32(), InputStream.nullInputStream());
            }
        }

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(70_001);
        }
    }

    @Test
    void writesSizesAndOffsetsPastFourGigabytesAsZip64() {
        long large = 5_000_000_000L;
        StoredZip.Entry first = new StoredZip.Entry("a", large, 1, 0);
        StoredZip.Entry second = new StoredZip.Entry("b", 7, 1, large + 51);

        assertThat(HexFormat.of().formatHex(StoredZip.localHeader(first)))
                .isEqualTo("504b03042d00000000000000210001000000ffffffffffffffff01001400" + "61"
                        + "0100100000f2052a0100000000f2052a01000000");
        assertThat(HexFormat.of().formatHex(StoredZip.directory(List.of(first, second), large + 89)))
                .contains("62" + "01000800" + "33f2052a01000000")
                .contains("504b06062c000000000000002d002d00")
                .contains("504b060700000000");
    }

    @Test
    void refusesAFileThatChangedMeanwhile() {
        ContentDigest before = ContentDigest.of("before".getBytes(UTF_8));
        StoredZip zip = new StoredZip(OutputStream.nullOutputStream());

        assertThatThrownBy(() ->
                        zip.add("a", before.size(), before.crc32(), new ByteArrayInputStream("after!".getBytes(UTF_8))))
                .isInstanceOf(IOException.class)
                .hasMessage("'a' was changed while it was packed");
    }

    private static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (StoredZip zip = new StoredZip(out)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                byte[] bytes = namesAndTexts[i + 1].getBytes(UTF_8);
                ContentDigest digest = ContentDigest.of(bytes);
                zip.add(namesAndTexts[i], digest.size(), digest.crc32(), new ByteArrayInputStream(bytes));
            }
        }
        return out.toByteArray();
    }
}
