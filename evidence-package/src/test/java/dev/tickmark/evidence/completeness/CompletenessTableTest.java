package dev.tickmark.evidence.completeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.Basis;
import dev.tickmark.evidence.Completeness;
import dev.tickmark.evidence.DenialKind;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletenessTableTest {
    private static final Instant AT = Instant.parse("2026-11-23T02:00:00Z");

    @TempDir
    Path out;

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Collected collected = new Collected(out);
        CompletenessTable table = new CompletenessTable(Collected.TABLES);
        List<PopulationRow> rows = List.of(row("a; \"b\"", "=c"));

        table.write(collected.run, rows);

        assertThat(table.read(collected.run)).isEqualTo(rows);
        assertThat(Files.readAllLines(collected.run.completeness()).get(0))
                .isEqualTo("scope_id,account_id,region,as_of,row_key,table_name,table_version,collector,folder,attempt,"
                        + "verdict,basis,rows,pages,left_out,started_at,finished_at,clock_offset_ms,equations,"
                        + "equations_open,reconciling_items,denial_kind,reason,remedy,equations_not_evaluated");
    }

    @Test
    void aVerdictThatNobodyKnowsIsRefusedByLine() throws Exception {
        Collected collected = new Collected(out);
        CompletenessTable table = new CompletenessTable(Collected.TABLES);
        table.write(collected.run, List.of(row()));
        String edited = Files.readString(collected.run.completeness()).replace("DENIED", "PASSED");

        assertThatThrownBy(() -> table.read("completeness.csv", edited.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        TickmarkException.class,
                        e -> assertThat(e.kind()).isEqualTo(TickmarkException.Kind.NOT_VERIFIED))
                .hasMessageContaining("'completeness.csv' is no table as Tickmark writes it: line 2");
    }

    @Test
    void anOpenEquationCannotStandBesideAWholeVerdict() {
        assertThatThrownBy(() -> new PopulationRow(
                        "s",
                        "a",
                        "global",
                        AT,
                        "aws_caller",
                        1,
                        "caller",
                        "f",
                        1,
                        new Completeness(Verdict.COMPLETE, Basis.SOURCE, 1, 1, "read", "", null),
                        0,
                        AT,
                        AT,
                        null,
                        "",
                        1,
                        0,
                        List.of()))
                .hasMessage("a population with an open equation is not whole");
    }

    private static PopulationRow row(String... reconciling) {
        return new PopulationRow(
                "aws_111122223333_global",
                "111122223333",
                "global",
                AT,
                "aws_caller",
                1,
                "caller",
                "1-evidence/aws_111122223333_global/caller.2",
                2,
                new Completeness(
                        Verdict.DENIED,
                        Basis.SOURCE,
                        0,
                        0,
                        "sts:GetCallerIdentity is denied",
                        "Grant it.",
                        DenialKind.EXPLICIT_DENY),
                4,
                AT,
                AT.plusSeconds(2),
                -7L,
                "1 rows = 1 x (same system); not evaluated: y was not read",
                0,
                1,
                List.of(reconciling));
    }
}
