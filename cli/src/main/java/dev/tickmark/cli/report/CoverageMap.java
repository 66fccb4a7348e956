package dev.tickmark.cli.report;

import dev.tickmark.catalog.Framework;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.page.Text;
import dev.tickmark.cli.report.page.Tiles;
import dev.tickmark.cli.report.source.ControlLine;
import dev.tickmark.cli.report.source.CriterionLine;
import dev.tickmark.evidence.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Of which criteria this run could look at anything at all, on one page: not how it came out. */
record CoverageMap(Telling telling, Set<String> tested) {
    private static final int AUTOMATED = 0;
    private static final int DOCUMENT = 1;
    private static final int NOT_IN_THIS_RUN = 2;
    private static final int NO_CONTROL = 3;
    private static final int NOT_ASKED = 4;
    private static final int SHORT = 8;
    private static final int ACROSS_SHORT = 12;
    private static final int ACROSS_LONG = 7;

    CoverageMap(Telling telling) {
        this(telling, tested(telling));
    }

    void tell(Pages pages) throws IOException {
        if (telling.run().criteria().isEmpty()) {
            return;
        }
        List<Tiles.Group> groups = new ArrayList<>();
        int[] counts = new int[NOT_ASKED + 1];
        for (Map.Entry<String, List<CriterionLine>> framework :
                telling.run().criteria().entrySet()) {
            groups.add(group(framework.getKey(), framework.getValue(), counts));
        }
        List<String> levels = new ArrayList<>(
                List.of("by a test", "by a document", "controls, none in this run", "no linked control"));
        if (counts[NOT_ASKED] > 0) {
            levels.add("(not asked, as declared)");
        }
        pages.turnPage();
        pages.section("coverage", "Coverage of this run");
        pages.paragraph(Text.of("A tile is a criterion. Its shade says whether any control that is linked to it was"
                + " looked at in this run, by a test or by a document; the numbers say how many of how many. It says"
                + " nothing of how they came out, and no criterion is covered whole by its controls. The same stands,"
                + " link by link, in the tables that follow."));
        pages.tiles(new Tiles(
                "Criteria by what this run could look at",
                levels,
                groups,
                "Of all criteria, " + counts[AUTOMATED] + " were looked at by a test, " + counts[DOCUMENT]
                        + " by a document alone, " + counts[NOT_IN_THIS_RUN]
                        + " have linked controls of which none was in this run, and " + counts[NO_CONTROL]
                        + " have no linked control"
                        + (counts[NOT_ASKED] == 0
                                ? ""
                                : "; " + counts[NOT_ASKED]
                                        + " are not asked of the organization, as management declares,"
                                        + " and none of them was looked at")));
        pages.turnPage();
    }

    private Tiles.Group group(String id, List<CriterionLine> lines, int[] counts) {
        Map<String, List<CriterionLine>> byCriterion = new LinkedHashMap<>();
        lines.forEach(line -> byCriterion
                .computeIfAbsent(line.criterion(), key -> new ArrayList<>())
                .add(line));
        List<Tiles.Tile> tiles = new ArrayList<>();
        int longest = 0;
        String prefix = prefix(byCriterion.keySet().iterator().next());
        for (Map.Entry<String, List<CriterionLine>> criterion : byCriterion.entrySet()) {
            Tiles.Tile tile = tile(criterion.getKey().substring(prefix.length()), criterion.getValue());
            counts[tile.level()]++;
            longest = Math.max(longest, tile.label().length());
            tiles.add(tile);
        }
        String title = telling.catalog().framework(id).map(Framework::title).orElse(id)
                + (prefix.isEmpty() ? "" : " (numbers begin with " + prefix + ")");
        return new Tiles.Group(title, longest > SHORT ? ACROSS_LONG : ACROSS_SHORT, tiles);
    }

    /** Every number of the HIPAA rules begins with the part's. */
    private static String prefix(String number) {
        return number.startsWith("164.") ? "164." : "";
    }

    private Tiles.Tile tile(String label, List<CriterionLine> lines) {
        long linked = lines.stream().filter(line -> !line.control().isBlank()).count();
        boolean elsewhere = lines.get(0).scope().elsewhere();
        if (linked == 0 && elsewhere) {
            return new Tiles.Tile("(" + label + ")", "", NOT_ASKED);
        }
        if (linked == 0) {
            return new Tiles.Tile(label, "", NO_CONTROL);
        }
        long looked = 0;
        int level = NOT_IN_THIS_RUN;
        for (CriterionLine line : lines) {
            if (!line.controlOutcome().equals(Outcome.NOT_COLLECTED.name())) {
                looked++;
                level = Math.min(level, tested.contains(line.control()) ? AUTOMATED : DOCUMENT);
            }
        }
        return level == NOT_IN_THIS_RUN && elsewhere
                ? new Tiles.Tile("(" + label + ")", looked + "/" + linked, NOT_ASKED)
                : new Tiles.Tile(label, looked + "/" + linked, level);
    }

    /** Controls with a test, as the run used them. */
    private static Set<String> tested(Telling telling) {
        Set<String> tested = new TreeSet<>();
        for (ControlLine control : telling.run().controls()) {
            telling.run()
                    .definition(control.id(), telling.catalog())
                    .filter(definition -> !definition.mainTable().isBlank())
                    .ifPresent(definition -> tested.add(control.id()));
        }
        return tested;
    }
}
