/** The second signed list: keyed digests of files and columns, from which copies with parts left out can be proven. */
@NullMarked
package dev.tickmark.evidence.seal.commitment;

import org.jspecify.annotations.NullMarked;
