package dev.tickmark.catalog.engine;

import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows that nobody collected, of every type and with every gap: to try a query before there is evidence.
 *
 * <p>They are the same on every machine. Two scopes hold the same keys, so that a query that mixes scopes gives itself
 * away; identifiers are unique within a scope and the same across tables, so that joins find something. Numbers and times
 * lie at, before and behind the thresholds, and texts are those that the queries themselves compare with.
 */
final class MadeRows {
    static final int ROWS = 48;
    private static final int PER_SCOPE = ROWS / 2;
    private static final String AS_OF = "timestamp '2026-11-23 02:00:00'";
    private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\n]|''){1,60})'");
    private static final Pattern IDENTIFYING = Pattern.compile("(.*_)?(id|arn|name|email|mail|login|number|key)");
    private static final int MOST_TEXTS = 40;

    private final TableDefinition table;
    private final Set<String> texts = new TreeSet<>();
    private final Set<Long> numbers = new TreeSet<>(List.of(0L, 1L, 2L, 30L, 89L, 90L, 91L, 365L, 100_000L));

    /**
     * @param tests those that read the table
     */
    MadeRows(TableDefinition table, Collection<ReadyTest> tests) {
        this.table = table;
        for (ReadyTest test : tests) {
            Matcher literal = LITERAL.matcher(test.sql());
            while (literal.find() && texts.size() < MOST_TEXTS) {
                texts.add(literal.group(1));
            }
            for (ParameterUse use : test.parameters()) {
                if (use.value().matches("-?[0-9]{1,6}")) {
                    long value = Long.parseLong(use.value());
                    numbers.addAll(List.of(value - 1, value, value + 1));
                }
            }
        }
    }

    /** Fills a table that is there. */
    String insert() {
        List<String> cells = new ArrayList<>();
        for (Column column : table.allColumns()) {
            cells.add(cell(column));
        }
        return "insert into " + Sql.name(table.name()) + " select " + String.join(",\n ", cells) + "\nfrom range(0, "
                + ROWS + ", " + (single() ? PER_SCOPE : 1) + ") as made(i)";
    }

    /** Whether a scope has one row at most: the table's own words say "the account", and not "an item". */
    private boolean single() {
        return table.key().startsWith("the word ") || table.rowIs().startsWith("the ");
    }

    /** One row for each of these tables in each scope: what the list of populations says of them. */
    static String populations(TableDefinition list, Collection<String> tables) {
        List<String> cells = new ArrayList<>();
        for (Column column : list.allColumns()) {
            cells.add(
                    switch (column.name()) {
                        case "scope_id" -> "scope";
                        case "account_id" -> "scope[5:16]";
                        case "region" -> "'global'";
                        case "as_of" -> AS_OF;
                        case "row_key" -> "concat(scope, '/', name)";
                        case "table_name" -> "name";
                        case "verdict" -> "'COMPLETE'";
                        case "basis" -> "'SOURCE'";
                        case "rows" -> String.valueOf(PER_SCOPE);
                        case "equations_open", "equations_not_evaluated", "left_out" -> "0";
                        case "reason" -> "'the last page was read'";
                        case "reconciling_items" -> "'[]'";
                        default -> "null";
                    });
        }
        List<String> names = tables.stream().map(Sql::literal).toList();
        return "insert into " + Sql.name(list.name()) + " select " + String.join(", ", cells) + " from unnest(["
                + String.join(", ", names) + "]) as a(name), unnest(['" + scope(0) + "', '" + scope(1)
                + "']) as b(scope)";
    }

    private static String scope(int i) {
        return i == 0 ? "aws_111122223333_global" : "aws_444455556666_global";
    }

    private String cell(Column column) {
        String name = column.name();
        return switch (name) {
            case "scope_id" -> "if(i < " + PER_SCOPE + ", '" + scope(0) + "', '" + scope(1) + "')";
            case "account_id" -> "if(i < " + PER_SCOPE + ", '111122223333', '444455556666')";
            case "region" -> "'global'";
            case "as_of" -> AS_OF;
            case "row_key" -> "printf('id-%02d', i % " + PER_SCOPE + ")";
            default -> value(column);
        };
    }

    private String value(Column column) {
        if (column.name().equals("arn") && table.key().equals("ARN")) {
            return "printf('arn:aws:" + table.name() + "::id-%02d', i % " + PER_SCOPE + ")";
        }
        List<String> pool = new ArrayList<>(List.of("null"));
        switch (column.type()) {
            case INTEGER -> numbers.forEach(each -> pool.add(String.valueOf(each)));
            case BOOLEAN -> pool.addAll(List.of("true", "false", "true", "false"));
            case INSTANT -> times(pool, "");
            case DATE -> times(pool, "::date");
            case JSON ->
                pool.addAll(List.of(
                        "'{}'",
                        "'[]'",
                        "'[\"id-01\", \"alice@example.com\"]'",
                        "'{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"},"
                                + " \"Action\": \"*\", \"Resource\": \"*\"}]}'",
                        "'{\"Statement\": {\"Effect\": \"Deny\", \"Action\": [\"iam:*\", \"s3:GetObject\"]}}'"));
            case TEXT -> texts(pool, column);
        }
        String picked = pick(pool, column);
        return column.type() == dev.tickmark.evidence.table.ColumnType.TEXT
                        && IDENTIFYING.matcher(name(column)).matches()
                ? "case when i % 11 = 10 then null when i % 7 = 6 then " + picked + " else printf('id-%02d', i % "
                        + PER_SCOPE + ") end"
                : picked;
    }

    private static String name(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    private void times(List<String> pool, String cast) {
        for (String before : List.of("0 days", "1 second", "-1 day", "4000 days")) {
            pool.add("(" + AS_OF + " - interval '" + before + "')" + cast);
        }
        numbers.stream().filter(days -> days > 0 && days < 10_000).forEach(days -> {
            pool.add("(" + AS_OF + " - interval '" + days + " days')" + cast);
            pool.add("(" + AS_OF + " - interval '" + days + " days 1 second')" + cast);
        });
    }

    private void texts(List<String> pool, Column column) {
        column.sentinels().forEach(each -> pool.add(Sql.literal(each)));
        texts.forEach(each -> pool.add("'" + each + "'"));
        for (String each : List.of("alice@example.com", "111122223333", "true", "=cmd", "Ünï cödé", "90")) {
            pool.add(Sql.literal(each));
        }
    }

    /** One of them for each row, the same on every day. */
    private static String pick(List<String> pool, Column column) {
        int salt = Math.floorMod(column.name().hashCode(), 9973);
        return "[" + String.join(", ", pool) + "][1 + (((i + 1) * 7919 + " + salt + " * (i % 13 + 1)) % " + pool.size()
                + ")::bigint]";
    }
}
