/** What a package holds: the names that are allowed in it, the digests of its files and the list of both. */
@NullMarked
package dev.tickmark.evidence.seal.content;

import org.jspecify.annotations.NullMarked;
