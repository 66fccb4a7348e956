/** The one dialect of CSV in which tables are written, read and sorted. */
@NullMarked
package dev.tickmark.evidence.csv;

import org.jspecify.annotations.NullMarked;
