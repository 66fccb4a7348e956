/** Which identity providers an account trusts. */
@NullMarked
package dev.tickmark.collect.aws.federation;

import org.jspecify.annotations.NullMarked;
