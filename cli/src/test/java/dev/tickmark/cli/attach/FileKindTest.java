package dev.tickmark.cli.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKindTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

    @TempDir
    Path folder;

    @Test
    void aFileIsWhatItsFirstBytesSayWhateverItIsCalled() throws IOException {
        FileKind png = FileKind.of(file("report.pdf", PNG));

        assertThat(png.mediaType()).isEqualTo("image/png");
        assertThat(png.called("report.pdf")).isFalse();
        assertThat(png.called("report.PNG")).isTrue();
        assertThat(media("a.pdf", "%PDF-1.7\n")).isEqualTo("application/pdf");
        assertThat(media("a.csv", "a,b\n1,2\n")).isEqualTo("text/csv");
        assertThat(media("a.txt", "Grüße, Österreich")).isEqualTo("text/plain");
        assertThat(media("a.eml", "From: erin@example.com\r\nMessage-ID: <1@example.com>\r\n\r\nHello"))
                .isEqualTo("message/rfc822");
        assertThat(FileKind.of(file("latin.csv", "name\nM\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1)))
                        .mediaType())
                .isEqualTo("text/csv");
        assertThat(FileKind.of(zip("a.docx", "[Content_Types].xml", "word/document.xml"))
                        .extensions())
                .containsExactly("docx");
        assertThat(FileKind.of(zip("a.xlsx", "[Content_Types].xml", "xl/workbook.xml"))
                        .extensions())
                .containsExactly("xlsx");
    }

    @Test
    void whatCouldRunWhenItIsOpenedIsRefused() throws IOException {
        refused(file("a.html", bytes("plain")), "(.html)");
        refused(file("a.txt", bytes("x <ScRiPt>alert(1)</script>")), "web page or holds a script");
        refused(file("a.xml", bytes("<?xml version='1.0'?><svg onload='x'/>")), "web page or holds a script");
        refused(file("a.txt", bytes("#!/bin/sh\necho")), "is a script");
        refused(zip("a.docx", "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macros");
        refused(zip("a.xlsm", "[Content_Types].xml", "xl/workbook.xml"), "(.xlsm)");
        refused(file("a.exe", bytes("MZ")), "(.exe)");
    }

    @Test
    void anArchiveAnEmptyFileAndUnknownBytesAreRefused() throws IOException {
        refused(zip("a.zip", "one.pdf"), "an archive");
        refused(file("a.pdf", new byte[0]), "is empty");
        refused(file("a.pdf", new byte[] {1, 2, 3}), "no kind of document");
        refused(file("a.docx", bytes("PK\u0003\u0004broken")), "cannot be read as one");
    }

    @Test
    void whatAReaderShouldKnowBeforeOpeningIsSaid() throws IOException {
        assertThat(FileKind.of(file("a.pdf", bytes("%PDF-1.7 /OpenAction << /S /JavaScript /JS (x) >>")))
                        .concern())
                .contains("script");
        assertThat(FileKind.of(file("a.xls", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0}))
                        .concern())
                .contains("macros");
    }

    private void refused(Path file, String why) {
        assertThatThrownBy(() -> FileKind.of(file))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining(why);
    }

    private String media(String name, String text) throws IOException {
        return FileKind.of(file(name, bytes(text))).mediaType();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path zip(String name, String... entries) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write('x');
            }
        }
        return file;
    }
}
