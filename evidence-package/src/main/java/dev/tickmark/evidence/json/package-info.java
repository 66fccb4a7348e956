/** The one form of JSON that Tickmark writes, and the strict way in which it reads. */
@NullMarked
package dev.tickmark.evidence.json;

import org.jspecify.annotations.NullMarked;
