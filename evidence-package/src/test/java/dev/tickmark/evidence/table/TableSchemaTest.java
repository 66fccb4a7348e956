package dev.tickmark.evidence.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableSchemaTest {
    private static final TableDefinition TABLE = new TableDefinition(
            "test_item",
            3,
            "Items",
            "an item",
            "its name",
            "https://example.com/items",
            List.of(
                    new Column(
                            "used_note",
                            ColumnType.TEXT,
                            "",
                            "Why used is empty",
                            List.of("no_information", "N/A"),
                            Column.Sensitivity.PERSONAL),
                    new Column("age", ColumnType.INTEGER, "days", "Age", List.of(), Column.Sensitivity.NONE),
                    new Column("document", ColumnType.JSON, "", "Document", List.of(), Column.Sensitivity.IDENTIFIER)),
            List.of());

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() {
        Path file = folder.resolve("test_item.schema.json");

        TableSchema.of(TABLE).write(file);

        assertThat(TableSchema.read(file)).isEqualTo(TableSchema.of(TABLE));
        assertThat(TableSchema.read(file).definition()).isEqualTo(TABLE);
    }

    @Test
    void sentinelsAreNoMissingValuesAndTheApostropheIsExplained() {
        String json = new String(TableSchema.of(TABLE).bytes(), StandardCharsets.UTF_8);

        assertThat(json)
                .contains("\"missingValues\": [\n    \"\"\n  ]")
                .contains("\"primaryKey\": [\n    \"row_key\"\n  ]")
                .contains("\"sentinels\": [\n          \"no_information\",\n          \"N/A\"\n        ]")
                .contains("take exactly one off")
                .doesNotContain("\r")
                .endsWith("}\n");
    }

    @Test
    void aLaterFormatIsRefusedWithWhatToDo() {
        byte[] later = new String(TableSchema.of(TABLE).bytes(), StandardCharsets.UTF_8)
                .replace("\"format_version\": 1", "\"format_version\": 2")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> TableSchema.read("x.schema.json", later))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("'x.schema.json' is of format version 2, later than 1.");
    }

    @Test
    void aSchemaWithoutTheLeadingColumnsIsRefused() {
        byte[] other = new String(TableSchema.of(TABLE).bytes(), StandardCharsets.UTF_8)
                .replace("\"scope_id\"", "\"scope\"")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> TableSchema.read("x.schema.json", other))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("'/fields' is not a list that begins with the leading columns");
    }
}
