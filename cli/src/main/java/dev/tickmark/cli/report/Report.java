package dev.tickmark.cli.report;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.cli.report.html.HtmlPages;
import dev.tickmark.cli.report.oscal.AssessmentResults;
import dev.tickmark.cli.report.oscal.ComponentDefinition;
import dev.tickmark.cli.report.page.Imprint;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.pdf.PdfPages;
import dev.tickmark.cli.report.source.RunReading;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.table.Tables;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes {@code report.pdf}, {@code index.html}, {@code summary.json} and the two OSCAL documents of a run.
 *
 * <p>A pure function: the same run folder, catalog and options give the same bytes, on any day, in any zone and
 * locale. All dates are the run's own.
 */
public final class Report {
    /** What a report folder holds, in the order of the names. */
    public static final List<String> FILES = List.of(
            "index.html",
            "oscal-assessment-results.json",
            "oscal-component-definition.json",
            "report.pdf",
            "summary.json");

    private final Catalog catalog;
    private final Tables tables;

    /** Controls and frameworks are described in this catalog's words. */
    public Report(Catalog catalog, Tables tables) {
        this.catalog = catalog;
        this.tables = tables;
    }

    /**
     * Writes the files into a folder, each whole or not at all; files of an earlier report are replaced.
     *
     * @param run a run folder that is assessed, or an unpacked package
     * @throws dev.tickmark.evidence.TickmarkException FIX_FIRST where the run is not assessed or the folder cannot be
     *     written, NOT_VERIFIED where the run's files contradict each other
     * @throws InterruptedException where the thread was asked to stop; no half-written file is left
     */
    public void write(Path run, ReportOptions options, Path folder) throws InterruptedException {
        RunReading reading = RunReading.read(run);
        Telling telling = new Telling(reading, Numbers.of(reading), catalog, tables, options);
        try {
            Files.createDirectories(folder);
            write(folder.resolve("report.pdf"), out -> new PdfPages(out, imprint(reading.head(), options)), telling);
            write(folder.resolve("index.html"), out -> new HtmlPages(out, imprint(reading.head(), options)), telling);
        } catch (IOException e) {
            throw Disk.unwritable(folder, e);
        }
        Disk.writeWhole(
                folder.resolve("oscal-assessment-results.json"), new AssessmentResults(reading, catalog, run).bytes());
        Disk.writeWhole(
                folder.resolve("oscal-component-definition.json"),
                new ComponentDefinition(reading.head(), catalog, run).bytes());
        Disk.writeWhole(folder.resolve("summary.json"), new Summary(reading, telling.numbers(), options).bytes());
    }

    /**
     * The names of the report's files that are not what the run gives today: the seam of {@code verify --reperform}.
     *
     * <p>A signed PDF begins with the bytes of the unsigned one, and goes on with its signature.
     *
     * @param scratch an empty folder for the report that is made again
     * @param folder the report to compare
     */
    public List<String> differing(Path run, ReportOptions options, Path scratch, Path folder)
            throws InterruptedException {
        write(run, options, scratch);
        List<String> differing = new ArrayList<>();
        for (String name : FILES) {
            try {
                if (!beginsWith(folder.resolve(name), scratch.resolve(name), name.equals("report.pdf"))) {
                    differing.add(name);
                }
            } catch (IOException e) {
                throw Disk.unreadable(folder.resolve(name), e);
            }
        }
        return differing;
    }

    private static boolean beginsWith(Path file, Path expected, boolean mayGoOn) throws IOException {
        if (!Files.isRegularFile(file) || (!mayGoOn && Files.size(file) != Files.size(expected))) {
            return false;
        }
        try (InputStream there = Files.newInputStream(file);
                InputStream made = Files.newInputStream(expected)) {
            byte[] block = new byte[1 << 16];
            for (int read = made.readNBytes(block, 0, block.length);
                    read > 0;
                    read = made.readNBytes(block, 0, block.length)) {
                byte[] other = there.readNBytes(read);
                if (!Arrays.equals(block, 0, read, other, 0, other.length)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static void write(Path file, Medium medium, Telling telling) throws IOException, InterruptedException {
        Path part = file.resolveSibling(Disk.UNPUBLISHED + file.getFileName());
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
                    Pages pages = medium.open(out)) {
                telling.to(pages);
            }
            Disk.syncFile(part);
            Disk.replace(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Imprint imprint(RunFacts head, ReportOptions options) {
        String packageId = options.packageId();
        return new Imprint(
                "Evidence report of " + head.organization() + ", observed as of " + head.asOf(),
                head.organization() + ": evidence report, observed as of " + head.asOf(),
                packageId == null ? "Run " + head.runId() : "Package " + packageId,
                options.marking().words(),
                Words.of(head.tool()),
                head.asOf());
    }

    /** Begins a file in one of the forms. */
    private interface Medium {
        Pages open(OutputStream out) throws IOException;
    }
}
