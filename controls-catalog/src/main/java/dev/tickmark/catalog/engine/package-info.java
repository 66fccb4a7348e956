/** Runs the controls' tests over the populations of a run, in an embedded database that can reach nothing else. */
@NullMarked
package dev.tickmark.catalog.engine;

import org.jspecify.annotations.NullMarked;
