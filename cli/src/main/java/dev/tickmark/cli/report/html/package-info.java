/** The report as one HTML file that needs nothing else: no script, no picture, no address outside itself. */
@NullMarked
package dev.tickmark.cli.report.html;

import org.jspecify.annotations.NullMarked;
