/** The one definition of each table: collectors fill it, tests read it, schemas and docs are made from it. */
@NullMarked
package dev.tickmark.evidence.table;

import org.jspecify.annotations.NullMarked;
