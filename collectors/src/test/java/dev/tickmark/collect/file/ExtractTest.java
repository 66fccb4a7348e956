package dev.tickmark.collect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.run.DeclaredFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExtractTest {
    @Test
    void keepsTheMappedColumnsOnlyAndNamesTheOthers() {
        Extract.Kept kept = Extract.of(utf8("Id,Name,Salary\r\nE1,Alice,9000\r\n"), declared());

        assertThat(text(kept))
                .isEqualTo("line,problem,Id,Name\r\n2,,E1,Alice\r\n")
                .doesNotContain("9000");
        assertThat(kept.cutColumns()).containsExactly("Salary");
    }

    @Test
    void readsWhatExcelWritesWithMarkSemicolonsAndQuotedLineFeeds() {
        Extract.Kept kept = Extract.of(utf8("\uFEFFName;Id\r\n\"Ng;\nAlice\";E1\r\nBob;E2\r\n\r\n;\r\n"), declared());

        assertThat(text(kept)).isEqualTo("line,problem,Id,Name\r\n2,,E1,\"Ng;\nAlice\"\r\n4,,E2,Bob\r\n");
    }

    @Test
    void readsUtf16WithItsMarkAndADeclaredCodePage() {
        byte[] utf16 = "\uFEFFId\tName\nE1\tŁukasz\n".getBytes(StandardCharsets.UTF_16LE);
        byte[] codePage = "Id,Name\nE1,Zoë\n".getBytes(Charset.forName("windows-1252"));

        assertThat(text(Extract.of(utf16, declared()))).contains("E1,Łukasz");
        assertThat(text(Extract.of(codePage, declared("windows-1252")))).contains("E1,Zoë");
        assertThatThrownBy(() -> Extract.of(codePage, declared()))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("is not UTF-8 text")
                .hasMessageContaining("windows-1252");
    }

    @Test
    void aRowThatCannotBeReadKeepsItsLineAndNoneOfItsCells() {
        Extract.Kept kept = Extract.of(utf8("Id,Name,Salary\nE1,Ng,Alice,9000\nE2,Bob,1\n"), declared());

        assertThat(text(kept)).isEqualTo("line,problem,Id,Name\r\n2,4 cells where the header has 3,,\r\n3,,E2,Bob\r\n");
    }

    @Test
    void quotesThatDoNotEndAreSaidAndNothingAfterThemIsGuessed() {
        Extract.Kept kept = Extract.of(utf8("Id,Name\nE1,Alice\nE2,\"Bob\nE3,Carol\n"), declared());

        assertThat(text(kept))
                .contains("2,,E1,Alice")
                .contains("3,the quotes of a cell do not end")
                .doesNotContain("Carol");
    }

    @Test
    void aMissingColumnIsNamedWithTheNearestOne() {
        assertThatThrownBy(() -> Extract.of(utf8("Id,Nmae\nE1,Alice\n"), declared()))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("there is no column 'Name'")
                .hasMessageContaining("Did you mean 'Nmae'?");
    }

    @Test
    void anEmptyFileIsAnError() {
        assertThatThrownBy(() -> Extract.of(utf8("\r\n"), declared()))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("is empty");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Extract.Kept kept) {
        return kept.text();
    }

    private static DeclaredFile declared() {
        return declared("UTF-8");
    }

    private static DeclaredFile declared(String encoding) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("worker_id", "Id");
        columns.put("display_name", "Name");
        return new DeclaredFile(
                "hr_person",
                Path.of("hr.csv"),
                "Example HR",
                "All workers",
                "none",
                "erin@example.com",
                Instant.parse("2026-11-20T08:00:00Z"),
                1,
                columns,
                Optional.empty(),
                encoding,
                Optional.empty(),
                "UTC");
    }
}
