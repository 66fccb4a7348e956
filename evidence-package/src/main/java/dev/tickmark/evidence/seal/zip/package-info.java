/** The package as one file whose every byte follows from the names and contents of its files. */
@NullMarked
package dev.tickmark.evidence.seal.zip;

import org.jspecify.annotations.NullMarked;
