package dev.tickmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Crosswalk;
import dev.tickmark.cli.catalog.CatalogBook;
import dev.tickmark.cli.catalog.Reach;
import dev.tickmark.collect.Collector;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages under {@code docs/} that are made from the catalog. {@code -Dgolden.update=true} writes them anew. */
class CatalogBookTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theDocumentsAreWhatTheCatalogSays() throws IOException {
        SortedMap<String, String> pages = pages();
        if (Boolean.getBoolean("golden.update")) {
            write(pages);
        }

        assertThat(there()).as("run the test with -Dgolden.update=true").isEqualTo(pages.keySet());
        for (String path : pages.keySet()) {
            assertThat(Files.readString(DOCS.resolve(path)))
                    .as(path + "; run the test with -Dgolden.update=true")
                    .isEqualTo(pages.get(path));
        }
    }

    @Test
    void everyControlIsListedOnce() {
        String index = pages().getOrDefault("catalog.md", "");

        for (var control : Catalog.builtIn().controls()) {
            assertThat(index.split("\\[" + control.id() + "]", -1))
                    .as(control.id())
                    .hasSize(2);
        }
    }

    private static SortedMap<String, String> pages() {
        List<Collector> collectors = Collectors.builtIn();
        Set<String> providers = new TreeSet<>();
        collectors.forEach(each -> providers.add(each.source().provider()));
        return new CatalogBook(
                        Catalog.builtIn(),
                        Tables.builtIn(),
                        Crosswalk.builtIn(),
                        Reach.of(collectors, providers, List.of()))
                .pages();
    }

    private static void write(SortedMap<String, String> pages) throws IOException {
        for (String path : there()) {
            Files.delete(DOCS.resolve(path));
        }
        Files.createDirectories(DOCS.resolve("catalog"));
        for (var page : pages.entrySet()) {
            Files.writeString(DOCS.resolve(page.getKey()), page.getValue());
        }
    }

    private static Set<String> there() throws IOException {
        Set<String> there = new TreeSet<>();
        if (Files.exists(DOCS.resolve("catalog.md"))) {
            there.add("catalog.md");
        }
        if (Files.isDirectory(DOCS.resolve("catalog"))) {
            try (Stream<Path> files = Files.list(DOCS.resolve("catalog"))) {
                files.forEach(file -> there.add("catalog/" + file.getFileName()));
            }
        }
        return there;
    }
}
