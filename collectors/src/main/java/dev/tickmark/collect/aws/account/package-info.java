/** Who reads an AWS account. */
@NullMarked
package dev.tickmark.collect.aws.account;

import org.jspecify.annotations.NullMarked;
