package dev.tickmark.evidence;

/**
 * Why a source refused, as far as its message says: each kind has another remedy.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">AWS access denied
 *     messages</a>
 */
public enum DenialKind {
    NO_IDENTITY_POLICY,
    EXPLICIT_DENY,
    SERVICE_CONTROL_POLICY,
    RESOURCE_CONTROL_POLICY,
    RESOURCE_POLICY,
    PERMISSION_BOUNDARY,
    SESSION_POLICY,
    VPC_ENDPOINT_POLICY,
    DISABLED_REGION,
    EXPIRED_CREDENTIALS,
    /** The message names no kind. */
    NOT_STATED
}
