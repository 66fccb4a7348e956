/** Files that are whole or not there: forced to disk, renamed into place, and named when the disk refuses. */
@NullMarked
package dev.tickmark.evidence.disk;

import org.jspecify.annotations.NullMarked;
