/** Which organization an account belongs to, and which accounts that organization has. */
@NullMarked
package dev.tickmark.collect.aws.organization;

import org.jspecify.annotations.NullMarked;
