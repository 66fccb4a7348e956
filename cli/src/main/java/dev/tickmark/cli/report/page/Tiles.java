package dev.tickmark.cli.report.page;

import java.util.List;

/**
 * A tile for each of many things, shaded by its level: a page that is seen at once. What it says stands in tables too.
 *
 * @param alternative what it shows, in words
 */
public record Tiles(String caption, List<String> levels, List<Group> groups, String alternative) {
    /** Tiles under one heading, so many beside each other. */
    public record Group(String title, int across, List<Tile> tiles) {
        public Group {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * One thing.
     *
     * @param note a few signs beside its label; may be blank
     * @param level counted from the darkest
     */
    public record Tile(String label, String note, int level) {}

    public Tiles {
        levels = List.copyOf(levels);
        groups = List.copyOf(groups);
        for (Group group : groups) {
            for (Tile tile : group.tiles()) {
                if (tile.level() < 0 || tile.level() >= levels.size()) {
                    throw new IllegalArgumentException(tile.label() + " has a level that is none");
                }
            }
        }
    }
}
