/** Runs collectors: tasks side by side, each published whole, journalled, resumed and replayed. */
@NullMarked
package dev.tickmark.collect.run;

import org.jspecify.annotations.NullMarked;
