/** The invented estate behind the demo, the server that answers for it, and the tests that hold the samples. */
@NullMarked
package dev.tickmark.samples;

import org.jspecify.annotations.NullMarked;
