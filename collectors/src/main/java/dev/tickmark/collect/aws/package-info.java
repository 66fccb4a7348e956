/** How AWS is reached: clients of the AWS SDK whose transport records, or answers from a recording. */
@NullMarked
package dev.tickmark.collect.aws;

import org.jspecify.annotations.NullMarked;
