package dev.tickmark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicensedTextTest {
    private static final Catalog CATALOG = Catalog.builtIn();

    @TempDir
    Path folder;

    @Test
    void aSpreadsheetsFileIsRead() throws IOException {
        Path file =
                write("a.csv", "\uFEFFframework;criterion;text\r\nsoc2;CC6.1;\"Invented; \"\"one\"\"\r\nand two\"\r\n");

        assertThat(text(file, "soc2", "CC6.1")).isEqualTo("Invented; \"one\"\r\nand two");
    }

    @Test
    void aYamlFileIsRead() throws IOException {
        Path file = write("a.yaml", "- {framework: iso27001-2022, criterion: A.8.2, text: Invented words.}\n");

        assertThat(text(file, "iso27001", "A.8.2")).isEqualTo("Invented words.");
        assertThat(LicensedText.read(List.of(file), CATALOG)
                        .of(
                                CATALOG.framework("soc2").orElseThrow(),
                                CATALOG.framework("soc2")
                                        .orElseThrow()
                                        .criteria()
                                        .get(0)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soc3,CC6.1,words | line 3 | Did you mean 'soc2'?",
                "soc2,CC6.10,words | line 3 | no criterion 'CC6.10'",
                "soc2,CC6.2, | line 3 | is missing",
                "soc2,CC1.1,words | line 3 | has a text already",
                "soc2,CC6.2 | line 3 | has 2 cells",
            })
    void aMistakeIsNamedWithItsLine(String row, String place, String says) throws IOException {
        Path file = write("a.csv", "framework,criterion,text\nsoc2,CC1.1,words\n" + row + "\n");

        assertThatThrownBy(() -> LicensedText.read(List.of(file), CATALOG))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(says);
    }

    @Test
    void anotherHeaderIsRefused() throws IOException {
        Path file = write("a.csv", "standard,number,text\n");

        assertThatThrownBy(() -> LicensedText.read(List.of(file), CATALOG)).hasMessageContaining("line 1");
    }

    private String text(Path file, String framework, String number) {
        Framework of = CATALOG.framework(framework).orElseThrow();
        return LicensedText.read(List.of(file), CATALOG)
                .of(of, of.criterion(number).orElseThrow())
                .orElseThrow();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
