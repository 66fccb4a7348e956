/** The command line: verbs, exit codes, what goes to stdout and what to stderr. */
@NullMarked
package dev.tickmark.cli;

import org.jspecify.annotations.NullMarked;
