/** What the organisation decides: {@code tickmark.yaml}, read whole and checked before anything runs. */
@NullMarked
package dev.tickmark.cli.config;

import org.jspecify.annotations.NullMarked;
