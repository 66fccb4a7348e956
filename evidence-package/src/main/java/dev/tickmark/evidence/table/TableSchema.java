package dev.tickmark.evidence.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table's definition as it stands beside its CSV, {@code <table>.schema.json}, so that a package can be read without
 * the definitions of the version that wrote it.
 *
 * <p>Sentinels are no missing values: they stay themselves. Only the empty cell is missing.
 *
 * @param columns all columns, the leading ones first
 * @see <a href="https://specs.frictionlessdata.io/table-schema/">Frictionless Table Schema</a>
 */
public record TableSchema(
        String table, int version, String title, String rowIs, String key, String source, List<Column> columns) {
    private static final String DIALECT = "CSV as RFC 4180, UTF-8, CRLF, one header line, sorted by row_key in byte"
            + " order. An empty cell is not stated. A text or JSON cell that a spreadsheet would run as a formula, or"
            + " that begins with an apostrophe, is written with one more leading apostrophe: take exactly one off."
            + " Numbers are not touched.";

    public TableSchema {
        columns = List.copyOf(columns);
    }

    public static TableSchema of(TableDefinition table) {
        return new TableSchema(
                table.name(),
                table.version(),
                table.title(),
                table.rowIs(),
                table.key(),
                table.source(),
                table.allColumns());
    }

    /** The table as it was when this was written; its equations are not in it. */
    public TableDefinition definition() {
        List<Column> own = columns.subList(TableDefinition.LEADING.size(), columns.size());
        return new TableDefinition(table, version, title, rowIs, key, source, own, List.of());
    }

    public void write(Path file) {
        Json.write(file, json());
    }

    public byte[] bytes() {
        return Json.bytes(json());
    }

    private ObjectNode json() {
        ObjectNode root = Json.object();
        root.put("name", table);
        root.put("title", title);
        root.put("description", "One row is " + rowIs + ".");
        ObjectNode own = root.putObject("tickmark");
        own.put("format", "tickmark-table");
        own.put("format_version", 1);
        own.put("table_version", version);
        own.put("row_is", rowIs);
        own.put("key", key);
        own.put("source", source);
        own.put("dialect", DIALECT);
        root.putArray("missingValues").add("");
        root.putArray("primaryKey").add("row_key");
        ArrayNode fields = root.putArray("fields");
        for (Column column : columns) {
            ObjectNode field = fields.addObject();
            field.put("name", column.name());
            field.put("type", column.type().frictionless());
            field.put("description", column.description());
            ObjectNode extra = field.putObject("tickmark");
            extra.put("type", column.type().name().toLowerCase(Locale.ROOT));
            extra.put("unit", column.unit());
            ArrayNode sentinels = extra.putArray("sentinels");
            column.sentinels().forEach(sentinels::add);
            extra.put("sensitivity", column.sensitivity().name().toLowerCase(Locale.ROOT));
        }
        return root;
    }

    public static TableSchema read(Path file) {
        return read(Json.read(file));
    }

    /**
     * Reads a schema.
     *
     * @param name what messages call it
     */
    public static TableSchema read(String name, byte[] bytes) {
        return read(Json.read(name, bytes));
    }

    private static TableSchema read(JsonObject root) {
        JsonObject own = root.object("tickmark").format("tickmark-table", 1);
        List<Column> columns = new ArrayList<>(root.objects("fields", TableSchema::column));
        if (columns.size() < TableDefinition.LEADING.size()) {
            throw root.wrong("fields", "a list that begins with the leading columns");
        }
        for (int i = 0; i < TableDefinition.LEADING.size(); i++) {
            Column leading = TableDefinition.LEADING.get(i);
            if (!columns.get(i).name().equals(leading.name()) || columns.get(i).type() != leading.type()) {
                throw root.wrong("fields", "a list that begins with the leading columns");
            }
        }
        try {
            TableSchema schema = new TableSchema(
                    root.text("name"),
                    own.small("table_version"),
                    root.text("title"),
                    own.text("row_is"),
                    own.text("key"),
                    own.text("source"),
                    columns);
            schema.definition();
            return schema;
        } catch (IllegalArgumentException e) {
            throw root.impossible(e);
        }
    }

    private static Column column(JsonObject field) {
        JsonObject own = field.object("tickmark");
        try {
            return new Column(
                    field.text("name"),
                    ColumnType.valueOf(own.text("type").toUpperCase(Locale.ROOT)),
                    own.text("unit"),
                    field.text("description"),
                    own.texts("sentinels"),
                    Column.Sensitivity.valueOf(own.text("sensitivity").toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw field.impossible(e);
        }
    }
}
