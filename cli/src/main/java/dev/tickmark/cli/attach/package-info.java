/** Documents that people attach: what kind of file they are, where they lie, and the list of them. */
@NullMarked
package dev.tickmark.cli.attach;

import org.jspecify.annotations.NullMarked;
