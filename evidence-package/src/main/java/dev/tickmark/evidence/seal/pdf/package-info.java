/** The signature inside the report (PAdES baseline B and T). */
@NullMarked
package dev.tickmark.evidence.seal.pdf;

import org.jspecify.annotations.NullMarked;
