/** What the organisation itself states beside its configuration: acceptances, attached documents, responses. */
@NullMarked
package dev.tickmark.catalog.declared;

import org.jspecify.annotations.NullMarked;
