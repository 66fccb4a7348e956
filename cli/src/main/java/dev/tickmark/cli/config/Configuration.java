package dev.tickmark.cli.config;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.run.DeclaredFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The configuration of a run; {@code cli/src/main/resources/config/tickmark.schema.json} is its published form.
 *
 * @param digest SHA-256 of the file's bytes, lower-case hex; of no bytes where there is no file
 * @param aws the AWS accounts to read; empty means the one that the default credential chain reaches, unless other
 *     sources are configured
 * @param declarations where each of the organisation's own files lies, whether it is there or not
 * @param output folder below which everything is written
 */
public record Configuration(
        Optional<Path> file,
        String digest,
        String organization,
        Optional<Period> period,
        List<String> frameworks,
        List<AwsAccount> aws,
        List<DeclaredFile> files,
        List<Exclusion> excluded,
        List<ParameterValue> parameters,
        Calendar calendar,
        Optional<Signing> signing,
        List<URI> timeAuthorities,
        OptionalInt scheduleDays,
        Map<Declaration, Declaration.Place> declarations,
        Path output) {
    public Configuration {
        frameworks = List.copyOf(frameworks);
        aws = List.copyOf(aws);
        files = List.copyOf(files);
        excluded = List.copyOf(excluded);
        parameters = List.copyOf(parameters);
        timeAuthorities = List.copyOf(timeAuthorities);
        declarations = Collections.unmodifiableMap(new EnumMap<>(declarations));
    }

    /** Where a file of the organisation's own lies, or would lie. */
    public Path place(Declaration declaration) {
        return Objects.requireNonNull(declarations.get(declaration)).path();
    }

    /**
     * A file of the organisation's own, if there is one.
     *
     * @throws TickmarkException NOT_UNDERSTOOD where the configuration names one that is not there
     */
    public Optional<Path> find(Declaration declaration) {
        Declaration.Place place = Objects.requireNonNull(declarations.get(declaration));
        if (Files.exists(place.path())) {
            return Optional.of(place.path());
        }
        if (!place.named().isEmpty()) {
            throw TickmarkException.notUnderstood(
                    place.named() + ": there is no file '" + place.path() + "'.",
                    "Write it there, or take the key out.");
        }
        return Optional.empty();
    }

    /** From inclusive, to exclusive, UTC dates. */
    public record Period(LocalDate from, LocalDate to) {
        public Period {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("a period begins before it ends");
            }
        }
    }

    /**
     * One account and how to reach it.
     *
     * @param account the id that must answer; another one stops the task
     * @param profile of the shared AWS files
     * @param role assumed for reading, in a session named after the run
     * @param region for the first call; the partition follows from it
     */
    public record AwsAccount(
            Optional<String> account,
            Optional<String> profile,
            Optional<String> role,
            Optional<String> externalId,
            Optional<String> region) {}

    /** A table that management takes out of scope, by name and with a reason; printed. */
    public record Exclusion(String table, String reason, String owner, LocalDate date) {}

    /** A threshold of the organisation's own, and the policy that states it. */
    public record ParameterValue(String control, String name, String value, String policy) {}

    /** Business days and the zone in which a date without time ends. */
    public record Calendar(ZoneId timeZone, List<DayOfWeek> weekend, List<LocalDate> holidays) {
        public Calendar {
            weekend = List.copyOf(weekend);
            holidays = List.copyOf(holidays);
        }
    }

    /**
     * The organisation's key: PKCS#12, or PEM with its chain. Secrets come from an environment variable or a file.
     */
    public record Signing(
            Optional<Path> pkcs12,
            Optional<Path> pemKey,
            Optional<Path> pemCertificates,
            Optional<String> passwordEnv,
            Optional<Path> passwordFile) {}
}
