/** Measurements beside peers, as ratios of one run: printed, and never asserted. */
@NullMarked
package dev.tickmark.bench;

import org.jspecify.annotations.NullMarked;
