package dev.tickmark.evidence.run;

import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs, facts and evidence for tests. */
final class Runs {
    static final Scope ACCOUNT = new Scope("aws", "111122223333", "global");
    static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    private Runs() {}

    static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }

    static RunFolder folder(Path out, String startedAt, int digits) {
        return new OutputFolder(out).newRun(at(startedAt), () -> digits);
    }

    static RunFacts facts(RunFolder run, @Nullable Integer scheduleDays) {
        return new RunFacts(
                run.id(),
                "Example Ltd",
                run.startedAt(),
                run.startedAt(),
                new RunFacts.Period(Instant.parse("2026-07-01T00:00:00Z"), Instant.parse("2026-10-01T00:00:00Z")),
                new RunFacts.Tool(
                        "tickmark",
                        "0.1.0",
                        "0123abc",
                        RunFacts.Tree.MODIFIED,
                        false,
                        "17.0.15",
                        List.of(new RunFacts.Jar("cli.jar", "00ff"))),
                "aa11",
                "alice",
                scheduleDays,
                List.of("soc2-2017"),
                List.of(
                        RunFacts.ScopeFact.in(ACCOUNT),
                        new RunFacts.ScopeFact(
                                new Scope("aws", "444455556666", "global"), false, "sandbox", "bob", "2026-01-31")),
                List.of(new RunFacts.Parameter("IAM-006", "max_age_days", "60", "Access policy 4.2")));
    }

    static Evidence evidence() {
        return new Evidence(
                "iam-account",
                2,
                ACCOUNT,
                "arn:aws:sts::111122223333:assumed-role/audit/run",
                START,
                START.plusSeconds(9),
                -120L,
                List.of(new Evidence.Operation("iam", "ListUsers", "MaxItems=1000", 3, 4, Map.of("Throttling", 1L))),
                List.of("GetUser.Secret"),
                new Evidence.Recording("raw.warc.gz", "ab", 8),
                List.of(new Evidence.Table(
                        "aws_caller",
                        1,
                        new Completeness(Verdict.COMPLETE, Basis.SOURCE, 2, 1, "last page seen", "", null),
                        START,
                        new Accuracy(
                                3,
                                2,
                                Map.of("service-linked", 1L),
                                "aws_caller 1",
                                Map.of("instant_to_utc", 2L),
                                List.of(new Accuracy.Trace("a", "https://example.com/a"))),
                        "cd")),
                Map.of("users", 2L));
    }
}
