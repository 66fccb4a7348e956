/** The key that signs a package: where it is kept, who it belongs to and whether it may be used. */
@NullMarked
package dev.tickmark.evidence.seal.key;

import org.jspecify.annotations.NullMarked;
