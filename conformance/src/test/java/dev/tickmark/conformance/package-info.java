/** Judges that know nothing of us, over what the other modules' tests leave in their {@code target/judged}. */
@NullMarked
package dev.tickmark.conformance;

import org.jspecify.annotations.NullMarked;
