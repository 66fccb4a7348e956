/** Judges a sealed package offline and believes nothing in it that was not checked against something else. */
@NullMarked
package dev.tickmark.evidence.verify;

import org.jspecify.annotations.NullMarked;
