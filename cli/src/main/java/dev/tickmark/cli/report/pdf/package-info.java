/** The report as a PDF/A-3b file: own layout on the PDF library's page canvas, the same bytes for the same pages. */
@NullMarked
package dev.tickmark.cli.report.pdf;

import org.jspecify.annotations.NullMarked;
