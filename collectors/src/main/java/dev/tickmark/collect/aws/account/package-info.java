/** An AWS account itself: who reads it, and what there is once in it. */
@NullMarked
package dev.tickmark.collect.aws.account;

import org.jspecify.annotations.NullMarked;
