/** A run on disk: its folder, the facts it began with, its journal, and the evidence that each task published whole. */
@NullMarked
package dev.tickmark.evidence.run;

import org.jspecify.annotations.NullMarked;
