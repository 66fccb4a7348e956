/** With what IAM users and root sign in: passwords, access keys, certificates and MFA devices. */
@NullMarked
package dev.tickmark.collect.aws.credentials;

import org.jspecify.annotations.NullMarked;
