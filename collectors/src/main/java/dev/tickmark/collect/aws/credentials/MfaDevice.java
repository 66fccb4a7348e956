package dev.tickmark.collect.aws.credentials;

import dev.tickmark.collect.Cells;
import dev.tickmark.collect.aws.Arn;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An MFA device, whose kind no answer states but its serial number.
 *
 * @param owner ARN of the user or of root; null where unassigned
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html">MFA in IAM</a>
 */
record MfaDevice(
        String serialNumber,
        @Nullable String owner,
        @Nullable String userName,
        @Nullable Instant enabledAt,
        String listedBy) {
    boolean assigned() {
        return owner != null;
    }

    boolean ofRoot() {
        return Arn.of(owner).filter(arn -> arn.resource().equals("root")).isPresent();
    }

    String kind() {
        Optional<Arn> arn = Arn.of(serialNumber);
        if (arn.isEmpty()) {
            return "hardware";
        }
        String resource = arn.get().resource();
        return resource.startsWith("u2f/")
                ? "fido"
                : resource.startsWith("mfa/") ? "virtual" : resource.startsWith("sms-mfa/") ? "sms" : "unknown";
    }

    private String deviceClass() {
        return switch (kind()) {
            case "fido" -> "phishing_resistant";
            case "virtual", "hardware" -> "one_time_code";
            case "sms" -> "sms";
            default -> "unknown";
        };
    }

    Cells cells() {
        return Cells.of("serial_number", serialNumber)
                .and("kind", kind())
                .and("device_class", deviceClass())
                .and("assigned", assigned())
                .and("user_type", !assigned() ? null : ofRoot() ? "root" : "user")
                .and("user_name", ofRoot() ? null : userName)
                .and("user_arn", owner)
                .and("enabled_at", enabledAt)
                .and("listed_by", listedBy);
    }
}
