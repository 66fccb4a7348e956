/** What a run folder says, read for the report: nothing is looked up elsewhere, nothing is computed but sums. */
@NullMarked
package dev.tickmark.cli.report.source;

import org.jspecify.annotations.NullMarked;
