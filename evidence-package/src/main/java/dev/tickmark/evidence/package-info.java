/** The facts that every other package speaks of: scopes, verdicts, completeness, outcomes and the one exception type. */
@NullMarked
package dev.tickmark.evidence;

import org.jspecify.annotations.NullMarked;
