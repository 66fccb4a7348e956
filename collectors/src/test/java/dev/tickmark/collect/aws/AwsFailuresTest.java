package dev.tickmark.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.collect.Operation;
import dev.tickmark.collect.Shortfall;
import dev.tickmark.collect.Source;
import dev.tickmark.evidence.DenialKind;
import dev.tickmark.evidence.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.IamException;

class AwsFailuresTest {
    private static final Source SOURCE = new Source(
            "aws-iam-group",
            1,
            "aws",
            List.of("aws_iam_group"),
            List.of(new Operation("iam", "ListGroups", "iam:ListGroups", List.of("aws_iam_group"))));
    private static final String WHO = "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: "
            + "iam:ListGroups on resource: arn:aws:iam::111122223333:group/ ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            because no identity-based policy allows the iam:ListGroups action | NO_IDENTITY_POLICY | Allow iam:ListGroups (aws_iam_group) to 'arn:aws:iam::111122223333:user/alice'
            with an explicit deny in an identity-based policy | EXPLICIT_DENY | out of the policy that denies it
            with an explicit deny in a service control policy | SERVICE_CONTROL_POLICY | service control policy
            because no service control policy allows the iam:ListGroups action | SERVICE_CONTROL_POLICY | service control policy
            with an explicit deny in a resource control policy | RESOURCE_CONTROL_POLICY | resource control policy
            because no permissions boundary allows the iam:ListGroups action | PERMISSION_BOUNDARY | permissions boundary
            because no session policy allows the iam:ListGroups action | SESSION_POLICY | session policy
            because no resource-based policy allows the iam:ListGroups action | RESOURCE_POLICY | policy of the resource
            because no VPC endpoint policy allows the iam:ListGroups action | VPC_ENDPOINT_POLICY | VPC endpoint
            for some reason | NOT_STATED | 'tickmark permissions' prints
            """)
    void aDenialKeepsItsKindAndNamesTheSmallestGrant(String because, DenialKind kind, String remedy) {
        Shortfall shortfall = read(403, "AccessDenied", WHO + because);

        assertThat(shortfall.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(shortfall.denial()).isEqualTo(kind);
        assertThat(shortfall.remedy()).contains(remedy);
        assertThat(shortfall.reason()).startsWith("AWS: AccessDenied, User: arn:aws:iam");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Throttling, THROTTLED",
        "429, whatever, THROTTLED",
        "403, ExpiredToken, DENIED",
        "403, InvalidClientTokenId, DENIED",
        "403, SignatureDoesNotMatch, STALE",
        "403, RequestTimeTooSkewed, STALE",
        "403, OptInRequired, DISABLED",
        "500, InternalFailure, UNREACHABLE",
        "418, BrandNewError, UNREACHABLE"
    })
    void anErrorCodeBecomesAVerdict(int status, String code, Verdict verdict) {
        assertThat(read(status, code, "a message.").verdict()).isEqualTo(verdict);
    }

    @Test
    void theTextOfAnExceptionNeverReachesTheReason() {
        AwsServiceException exception = IamException.builder()
                .message("a message (Service: Iam, Status Code: 500, Request ID: 1) (SDK Attempt Count: 4)")
                .statusCode(500)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("InternalFailure")
                        .errorMessage("Try\r\n later.")
                        .build())
                .build();

        assertThat(new AwsFailures().read(exception, SOURCE).orElseThrow().reason())
                .isEqualTo("AWS: InternalFailure, Try later");
    }

    @Test
    void anExceptionThatIsNotOfTheSdkIsADefect() {
        assertThat(new AwsFailures().read(new IllegalStateException("ours"), SOURCE))
                .isEmpty();
    }

    @Test
    void aSessionNameHasOnlyLettersThatAwsTakes() {
        assertThat(AwsTransport.sessionName("2026-11-23T02-00-00Z-7f3a"))
                .isEqualTo("tickmark-2026-11-23T02-00-00Z-7f3a");
        assertThat(AwsTransport.sessionName("a:b c")).isEqualTo("tickmark-a-b-c");
    }

    private static Shortfall read(int status, String code, String message) {
        AwsServiceException exception = IamException.builder()
                .message("not used")
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
        return new AwsFailures().read(exception, SOURCE).orElseThrow();
    }
}
