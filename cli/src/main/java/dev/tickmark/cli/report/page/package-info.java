/** The form in which a report is told, once for every medium: headings, paragraphs, facts, tables, a chart. */
@NullMarked
package dev.tickmark.cli.report.page;

import org.jspecify.annotations.NullMarked;
