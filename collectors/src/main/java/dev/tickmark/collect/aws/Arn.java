package dev.tickmark.collect.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an ARN, read and never made: partitions differ.
 *
 * @param account blank where the ARN has none; {@code aws} for what AWS itself maintains
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARNs</a>
 */
public record Arn(String partition, String service, String region, String account, String resource) {
    private static final int FIELDS = 6;

    /** Nothing where the text is no ARN. */
    public static Optional<Arn> of(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        String[] fields = text.split(":", FIELDS);
        return fields.length == FIELDS && fields[0].equals("arn")
                ? Optional.of(new Arn(fields[1], fields[2], fields[3], fields[4], fields[5]))
                : Optional.empty();
    }

    /** Whether it is a policy that AWS maintains. */
    public boolean awsManaged() {
        return account.equals("aws");
    }

    /** What stands behind the last slash. */
    public String name() {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }
}
