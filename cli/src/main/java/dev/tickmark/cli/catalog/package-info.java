/** The catalog for its readers: pages of controls and criteria, and what a configuration can evidence. */
@NullMarked
package dev.tickmark.cli.catalog;

import org.jspecify.annotations.NullMarked;
