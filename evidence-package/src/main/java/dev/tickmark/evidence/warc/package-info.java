/** Recordings: every request and answer of a task as they went over the wire, in one WARC 1.1 file. */
@NullMarked
package dev.tickmark.evidence.warc;

import org.jspecify.annotations.NullMarked;
