/** A run for programs that read OSCAL, NIST's Open Security Controls Assessment Language, in JSON. */
@NullMarked
package dev.tickmark.cli.report.oscal;

import org.jspecify.annotations.NullMarked;
