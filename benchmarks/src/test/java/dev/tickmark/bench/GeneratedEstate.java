package dev.tickmark.bench;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.evidence.csv.CsvWriter;
import dev.tickmark.evidence.csv.SortedCsv;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.TableSchema;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;

/**
 * A run folder with the populations of many accounts: every table that a test reads, in every account, with rows whose
 * cells are of the right kind and whose names meet those of the other tables. The same numbers give the same bytes.
 */
final class GeneratedEstate {
    private static final Instant AS_OF = Instant.parse("2026-11-23T02:00:00Z");
    private static final int SECONDS_OF_TWO_YEARS = 2 * 365 * 86_400;
    private static final int USERS = 20;
    private static final String ELSEWHERE = "files";

    private final Path root;
    private final int accounts;
    private final Tables tables = Tables.builtIn();
    private final Random random = new Random(7);
    private long rows;
    private long iam;

    GeneratedEstate(Path root, int accounts) {
        this.root = root;
        this.accounts = accounts;
    }

    /** Rows in all. */
    long rows() {
        return rows;
    }

    /** Rows of the tables about identities. */
    long iamRows() {
        return iam;
    }

    /** Writes {@code run.json} and {@code 1-evidence}. */
    void write(int iamRowsAnAccount, int rowsAnAccount) throws IOException {
        TreeSet<String> tested = new TreeSet<>();
        for (Control control : Catalog.builtIn().controls()) {
            if (control.test().isPresent()) {
                tested.addAll(control.evidence());
            }
        }
        tested.remove("tickmark_population");
        tested.remove("tickmark_run");
        List<String> identities =
                tested.stream().filter(name -> name.startsWith("aws_iam_")).toList();
        List<String> others =
                tested.stream().filter(name -> !name.startsWith("aws_iam_")).toList();
        Path evidence = Files.createDirectories(root.resolve("1-evidence"));
        TableDefinition list = tables.table("tickmark_population");
        try (SortedCsv populations = new SortedCsv(list, evidence.resolve("completeness.csv"), scratch())) {
            for (int i = 0; i < accounts; i++) {
                String account = String.format(Locale.ROOT, "%012d", 100_000_000_000L + i);
                iam += account(populations, account, identities, iamRowsAnAccount);
                account(populations, account, others, rowsAnAccount - iamRowsAnAccount);
            }
            populations.finish();
        }
        Disk.deleteTree(scratch());
        run();
    }

    private Path scratch() {
        return root.resolve(Disk.UNPUBLISHED + "estate");
    }

    private long account(SortedCsv populations, String account, List<String> names, int wanted) throws IOException {
        String scope = "aws_" + account + "_global";
        String folder = "1-evidence/" + scope + "/estate";
        Files.createDirectories(root.resolve(folder));
        long written = 0;
        for (int t = 0; t < names.size(); t++) {
            TableDefinition table = tables.table(names.get(t));
            int share = wanted / names.size() + (t < wanted % names.size() ? 1 : 0);
            Path file = root.resolve(folder).resolve(table.name() + ".csv");
            try (CsvWriter csv = new CsvWriter(file, table.name(), table.allColumns())) {
                for (int row = 0; row < share; row++) {
                    csv.row(cells(table, scope, account, row));
                }
                csv.finish();
            }
            Disk.writeWhole(
                    file.resolveSibling(table.name() + ".schema.json"),
                    TableSchema.of(table).bytes());
            written += share;
            populations.add(population(scope, account, folder, table, share));
        }
        rows += written;
        return written;
    }

    private List<String> cells(TableDefinition table, String scope, String account, int row) {
        List<String> cells = new ArrayList<>();
        for (Column column : table.allColumns()) {
            cells.add(
                    switch (column.name()) {
                        case "scope_id" -> scope;
                        case "account_id" -> account;
                        case "region" -> "global";
                        case "as_of" -> AS_OF.toString();
                        case "row_key" -> String.format(Locale.ROOT, "%s-%06d", table.name(), row);
                        default -> cell(column, account, row);
                    });
        }
        return cells;
    }

    private String cell(Column column, String account, int row) {
        return switch (column.type()) {
            case BOOLEAN -> random.nextInt(20) == 0 ? "" : Boolean.toString(random.nextBoolean());
            case INTEGER -> Integer.toString(random.nextInt(100));
            case INSTANT ->
                AS_OF.minusSeconds(random.nextInt(SECONDS_OF_TWO_YEARS)).toString();
            case DATE ->
                AS_OF.minusSeconds(random.nextInt(SECONDS_OF_TWO_YEARS))
                        .toString()
                        .substring(0, 10);
            case JSON -> "[]";
            default -> text(column.name(), account, row);
        };
    }

    private String text(String name, String account, int row) {
        // an account has its few users; what is told of the whole organization has as many names as rows, nearly
        int user = account.equals(ELSEWHERE) ? row / 2 : row % USERS;
        if (name.endsWith("_note")) {
            return "";
        }
        if (name.endsWith("arn")) {
            return "arn:aws:iam::" + account + ":user/user-" + user;
        }
        if (name.contains("status") || name.contains("state")) {
            return random.nextInt(4) == 0 ? "Inactive" : "Active";
        }
        return name.endsWith("id") ? name + "-" + account + "-" + row : "user-" + user;
    }

    private List<String> population(String scope, String account, String folder, TableDefinition table, int share) {
        List<String> cells = new ArrayList<>();
        for (Column column : tables.table("tickmark_population").allColumns()) {
            cells.add(
                    switch (column.name()) {
                        case "scope_id" -> scope;
                        case "account_id" -> account;
                        case "region" -> "global";
                        case "as_of", "started_at", "finished_at" -> AS_OF.toString();
                        case "row_key" -> scope + "/" + table.name();
                        case "table_name" -> table.name();
                        case "folder" -> folder;
                        case "collector" -> "estate";
                        case "rows" -> Integer.toString(share);
                        case "verdict" -> share == 0 ? "EMPTY_PROVEN" : "COMPLETE";
                        case "basis" -> "SOURCE";
                        case "reason" -> "the last page was read";
                        case "table_version" -> Integer.toString(table.version());
                        case "attempt", "pages" -> "1";
                        case "left_out", "equations_open", "equations_not_evaluated" -> "0";
                        default -> "";
                    });
        }
        return cells;
    }

    private void run() {
        RunFolder run = new RunFolder(root);
        new RunFacts(
                        run.id(),
                        "Bench",
                        AS_OF,
                        AS_OF,
                        null,
                        new RunFacts.Tool("tickmark", "0", "", RunFacts.Tree.UNKNOWN, false, "17", List.of()),
                        "0".repeat(64),
                        "bench",
                        null,
                        List.of(),
                        List.of(),
                        List.of())
                .write(run);
    }
}
