/** Makes one sealed package of a run: signed lists of its files, a signed report and proofs of time. */
@NullMarked
package dev.tickmark.evidence.seal;

import org.jspecify.annotations.NullMarked;
