/** What a collector is and what it is given: connections that record, and a writer that turns reads into populations. */
@NullMarked
package dev.tickmark.collect;

import org.jspecify.annotations.NullMarked;
