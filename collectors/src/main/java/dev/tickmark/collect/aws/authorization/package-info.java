/** Who is allowed what in IAM: users, groups, roles, policies, and how they hang together. */
@NullMarked
package dev.tickmark.collect.aws.authorization;

import org.jspecify.annotations.NullMarked;
