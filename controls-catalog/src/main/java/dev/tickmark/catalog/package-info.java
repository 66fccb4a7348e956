/** What should hold: frameworks with their criteria, and controls with their tests and links, as data. */
@NullMarked
package dev.tickmark.catalog;

import org.jspecify.annotations.NullMarked;
