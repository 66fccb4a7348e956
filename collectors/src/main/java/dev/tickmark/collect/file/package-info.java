/** Files that a person exported and vouches for: an HR roster, registers, a mapping of logins to people. */
@NullMarked
package dev.tickmark.collect.file;

import org.jspecify.annotations.NullMarked;
