/** YAML that people write, read with the line of every mistake. */
@NullMarked
package dev.tickmark.evidence.yaml;

import org.jspecify.annotations.NullMarked;
