/** What a package says about itself: package.json. */
@NullMarked
package dev.tickmark.evidence.seal.facts;

import org.jspecify.annotations.NullMarked;
