/** The report of a run: what it says, chapter by chapter, as PDF, as HTML and as numbers. */
@NullMarked
package dev.tickmark.cli.report;

import org.jspecify.annotations.NullMarked;
