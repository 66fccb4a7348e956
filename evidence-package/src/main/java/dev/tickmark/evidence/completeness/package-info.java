/** The verdict that counts for each population: what its task saw, and whether the counts of all tasks agree. */
@NullMarked
package dev.tickmark.evidence.completeness;

import org.jspecify.annotations.NullMarked;
