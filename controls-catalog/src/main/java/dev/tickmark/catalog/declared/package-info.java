/** What the organisation itself states beside its configuration: acceptances, attached documents, responses, and
 * what of the frameworks is asked of it. */
@NullMarked
package dev.tickmark.catalog.declared;

import org.jspecify.annotations.NullMarked;
