package dev.tickmark.collect.aws;

import dev.tickmark.collect.FailureReader;
import dev.tickmark.collect.Operation;
import dev.tickmark.collect.Shortfall;
import dev.tickmark.collect.Source;
import dev.tickmark.evidence.DenialKind;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.warc.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads the exceptions of the AWS SDK. Of an answer its error code and message are kept; the text of an exception,
 * which counts attempts and names classes, never is.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Access denied</a>
 */
public final class AwsFailures implements FailureReader {
    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
            "UnauthorizedException",
            "UnauthorizedAccess",
            "NotAuthorized",
            "AuthorizationError",
            "AuthorizationErrorException",
            "OperationDisabledException");
    private static final Set<String> EXPIRED = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "InvalidAccessKeyId",
            "InvalidToken",
            "TokenRefreshRequired");
    private static final Set<String> CLOCK = Set.of(
            "RequestTimeTooSkewed",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "RequestExpired",
            "RequestInTheFuture");
    private static final Set<String> DISABLED = Set.of("OptInRequired", "SubscriptionRequiredException");
    private static final Pattern ACTION = Pattern.compile("perform: ([a-z0-9-]+:[A-Za-z0-9*]+)");
    private static final Pattern PRINCIPAL =
            Pattern.compile("(arn:[a-z0-9-]+:(?:iam|sts)::[0-9]{12}:[^\\s]+) is not authorized");
    private static final int LONGEST_MESSAGE = 600;

    @Override
    public Optional<Shortfall> read(RuntimeException exception, Source source) {
        NotInRecording missing = cause(exception, NotInRecording.class);
        if (missing != null) {
            return Optional.of(new Shortfall(
                    Verdict.UNREACHABLE,
                    String.valueOf(missing.getMessage()),
                    "Use the version of tickmark and of the collector that made the recording."));
        }
        if (exception instanceof AwsServiceException answer) {
            return Optional.of(answered(answer, source));
        }
        if (exception instanceof SdkException failure) {
            return Optional.of(unanswered(failure));
        }
        return Optional.empty();
    }

    /** For a command that cannot begin: no credentials, or none that are accepted. */
    static TickmarkException noIdentity(SdkException exception) {
        Shortfall shortfall =
                exception instanceof AwsServiceException answer ? answered(answer, NO_SOURCE) : unanswered(exception);
        return new TickmarkException(
                TickmarkException.Kind.FIX_FIRST,
                "AWS did not say who we are (" + shortfall.reason() + ").",
                shortfall.remedy().replace(" with --resume", ""),
                exception);
    }

    private static final Source NO_SOURCE = new Source("aws-caller", 1, "aws", List.of("aws_caller"), List.of());

    private static Shortfall answered(AwsServiceException exception, Source source) {
        Call call = CallNotes.of(exception).orElse(Call.UNKNOWN);
        AwsErrorDetails details = exception.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String message = details == null || details.errorMessage() == null ? "" : clean(details.errorMessage());
        String said = said(call, code, message, exception.statusCode());
        if (EXPIRED.contains(code)) {
            return new Shortfall(
                    Verdict.DENIED,
                    said,
                    "Sign in again (for SSO: 'aws sso login'), then repeat the command with --resume.",
                    DenialKind.EXPIRED_CREDENTIALS);
        }
        if (CLOCK.contains(code)) {
            return new Shortfall(
                    Verdict.STALE,
                    said,
                    "Set this machine's clock by a time server; if it is right, check the secret access key.");
        }
        if (Throttling.isCode(code) || exception.statusCode() == 429) {
            return new Shortfall(
                    Verdict.THROTTLED,
                    said,
                    "Repeat the command with --resume when the account is quieter, or set AWS_RETRY_MODE=adaptive.");
        }
        if (DISABLED.contains(code)) {
            return new Shortfall(Verdict.DISABLED, said, "");
        }
        if (DENIED.contains(code) || exception.statusCode() == 403) {
            return denied(call, said, message, source);
        }
        return new Shortfall(
                Verdict.UNREACHABLE,
                said,
                exception.statusCode() >= 500
                        ? "Repeat the command with --resume; if it stays, look at the vendor's status page."
                        : "Check that the endpoint is the vendor's and that no proxy answers in its place.");
    }

    private static Shortfall denied(Call call, String said, String message, Source source) {
        DenialKind kind = kind(message);
        Matcher named = ACTION.matcher(message);
        String stated = named.find() ? named.group(1) : "";
        Operation operation = source.operations().stream()
                .filter(known -> known.name().equals(call.operation())
                        || known.iamAction().equalsIgnoreCase(stated))
                .findFirst()
                .orElse(null);
        String declared = operation == null ? "" : operation.iamAction();
        String action =
                !stated.isEmpty() ? stated : !declared.isEmpty() ? declared : call.service() + ":" + call.operation();
        Matcher who = PRINCIPAL.matcher(message);
        String principal = who.find() ? "'" + who.group(1) + "'" : "the identity that collects";
        String tables = operation == null || operation.tables().isEmpty()
                ? ""
                : " (" + String.join(", ", operation.tables()) + ")";
        String remedy = switch (kind) {
            case EXPLICIT_DENY -> "Take " + action + tables + " out of the policy that denies it to " + principal + ".";
            case SERVICE_CONTROL_POLICY ->
                "Ask the organization's administrator to let " + action + tables
                        + " through the service control policy.";
            case RESOURCE_CONTROL_POLICY ->
                "Ask the organization's administrator to let " + action + tables
                        + " through the resource control policy.";
            case RESOURCE_POLICY -> "Let " + principal + " use " + action + tables + " in the policy of the resource.";
            case PERMISSION_BOUNDARY -> "Add " + action + tables + " to the permissions boundary of " + principal + ".";
            case SESSION_POLICY ->
                "Add " + action + tables + " to the session policy that " + principal + " was given.";
            case VPC_ENDPOINT_POLICY -> "Add " + action + tables + " to the policy of the VPC endpoint.";
            case DISABLED_REGION -> "Enable the region, or take it out of 'sources'.";
            default ->
                "Allow " + action + tables + " to " + principal + "; 'tickmark permissions' prints the whole policy.";
        };
        String caution = operation == null || operation.caution().isBlank() ? "" : " " + operation.caution();
        return new Shortfall(Verdict.DENIED, said, remedy + caution, kind);
    }

    /** The kind of policy that a message names; AWS says which one where it may. */
    static DenialKind kind(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("region") && (text.contains("not enabled") || text.contains("is disabled"))) {
            return DenialKind.DISABLED_REGION;
        }
        if (text.contains("service control policy")) {
            return DenialKind.SERVICE_CONTROL_POLICY;
        }
        if (text.contains("resource control policy")) {
            return DenialKind.RESOURCE_CONTROL_POLICY;
        }
        if (text.contains("permissions boundary") || text.contains("permission boundary")) {
            return DenialKind.PERMISSION_BOUNDARY;
        }
        if (text.contains("session policy") || text.contains("session policies")) {
            return DenialKind.SESSION_POLICY;
        }
        if (text.contains("vpc endpoint policy")) {
            return DenialKind.VPC_ENDPOINT_POLICY;
        }
        if (text.contains("resource-based policy")) {
            return DenialKind.RESOURCE_POLICY;
        }
        if (text.contains("no identity-based policy allows")) {
            return DenialKind.NO_IDENTITY_POLICY;
        }
        return text.contains("explicit deny") ? DenialKind.EXPLICIT_DENY : DenialKind.NOT_STATED;
    }

    private static Shortfall unanswered(SdkException exception) {
        Call call = CallNotes.of(exception).orElse(Call.UNKNOWN);
        String asked = asked(call);
        NoAnswer none = cause(exception, NoAnswer.class);
        Exchange.Failure failure = none != null
                ? none.failure()
                : exception instanceof ApiCallAttemptTimeoutException || exception instanceof ApiCallTimeoutException
                        ? Exchange.Failure.TIMEOUT
                        : null;
        if (failure != null) {
            return new Shortfall(Verdict.UNREACHABLE, asked + ": " + failure.text(), remedy(failure));
        }
        String text = String.valueOf(exception.getMessage());
        if (text.contains("Unable to load credentials")
                || text.toLowerCase(Locale.ROOT).contains("sso")) {
            return new Shortfall(
                    Verdict.DENIED,
                    asked + ": no credentials were found",
                    "Sign in (for SSO: 'aws sso login'), or set AWS_PROFILE, then repeat the command with --resume.",
                    DenialKind.EXPIRED_CREDENTIALS);
        }
        return new Shortfall(
                Verdict.UNREACHABLE,
                asked + ": the answer could not be read",
                "Check that the endpoint is the vendor's and that no proxy answers in its place.");
    }

    private static String remedy(Exchange.Failure failure) {
        return switch (failure) {
            case UNKNOWN_HOST -> "Check the region, AWS_ENDPOINT_URL and the name server, then repeat with --resume.";
            case REFUSED -> "Check AWS_ENDPOINT_URL, the proxy and the firewall, then repeat with --resume.";
            case TLS -> "Check the proxy and the certificates that this machine trusts, then repeat with --resume.";
            case TOO_LARGE -> "Check that the endpoint is the vendor's; no documented answer is that large.";
            case NOT_THE_SERVICE -> "Check that the endpoint is the vendor's and that no proxy answers in its place.";
            default -> "Repeat the command with --resume when the network is steady.";
        };
    }

    private static String said(Call call, String code, String message, int status) {
        StringBuilder said = new StringBuilder(asked(call)).append(": ");
        said.append(code.isEmpty() ? "an answer with status " + status + " that names no error" : code);
        if (!message.isEmpty()) {
            said.append(", ").append(message);
        }
        return said.toString();
    }

    private static String asked(Call call) {
        return call.equals(Call.UNKNOWN) ? "AWS" : call.service() + ":" + call.operation();
    }

    /** A message in one line, without a sentence's end, bounded. */
    private static String clean(String message) {
        String line = message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        String bounded = line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) : line;
        return bounded.replaceAll("\\.+$", "");
    }

    private static <T extends Throwable> @Nullable T cause(Throwable exception, Class<T> type) {
        int depth = 0;
        for (Throwable e = exception; e != null && depth < 20; e = e.getCause(), depth++) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
        }
        return null;
    }
}
