package dev.tickmark.cli.report;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.cli.report.page.Pages;
import dev.tickmark.cli.report.source.RunReading;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.util.List;

/** Tells a run's report from the cover to the last page. */
record Telling(RunReading run, Numbers numbers, Catalog catalog, Tables tables, ReportOptions options) {
    static final Pages.Chapter NOT_READ = new Pages.Chapter("not-read", "1  What was not read, and why");
    static final Pages.Chapter NOT_COLLECTED =
            new Pages.Chapter("not-collected", "2  What was not collected, and declared exclusions");
    static final Pages.Chapter RESULTS = new Pages.Chapter("results", "3  Results by control");
    static final Pages.Chapter CRITERIA = new Pages.Chapter("criteria", "4  Criteria of the frameworks");
    static final Pages.Chapter STATED =
            new Pages.Chapter("stated", "5  What management states of the frameworks (not tested)");
    static final Pages.Chapter POPULATIONS =
            new Pages.Chapter("populations", "6  Populations: information produced by the entity");
    static final Pages.Chapter THRESHOLDS =
            new Pages.Chapter("thresholds", "7  Thresholds, and changes to the catalog");
    static final Pages.Chapter METHOD = new Pages.Chapter("method", "8  Method and limits");
    static final Pages.Chapter VERIFY = new Pages.Chapter("verify", "9  How to verify this report");
    static final List<Pages.Chapter> CHAPTERS =
            List.of(NOT_READ, NOT_COLLECTED, RESULTS, CRITERIA, STATED, POPULATIONS, THRESHOLDS, METHOD, VERIFY);

    void to(Pages pages) throws IOException, InterruptedException {
        new Cover(this).tell(pages);
        new Gaps(this).tell(pages);
        new Results(this).tell(pages);
        RunReading.stopIfAsked();
        new CriteriaMatrix(this).tell(pages);
        new StatedByManagement(this).tell(pages);
        new PopulationSheets(this).tell(pages);
        new Thresholds(this).tell(pages);
        new Method(this).tell(pages);
    }
}
