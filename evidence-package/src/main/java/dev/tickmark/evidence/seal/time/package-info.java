/** Proof of time by somebody else: tokens of an RFC 3161 time authority, checked on receipt. */
@NullMarked
package dev.tickmark.evidence.seal.time;

import org.jspecify.annotations.NullMarked;
