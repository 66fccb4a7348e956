package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Control.WhenEmpty;
import dev.tickmark.catalog.Parameter;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.Tables;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogCheckTest {
    private static final String FINE =
            "select scope_id, row_key, 'PASS' as outcome, concat('key of ', user_name) as reason from toy_key";

    @Test
    void theBuiltInCatalogHasNoMistake() {
        assertThat(new CatalogCheck(Tables.builtIn().all())
                        .mistakes(Catalog.builtIn().controls(), List.of()))
                .isEmpty();
    }

    @Test
    void aTestWithoutAMistakeIsLeftAlone() {
        assertThat(mistakes(Toy.keyAge(), Toy.saying(FINE))).isEmpty();
    }

    @Test
    void eachControlWithAMistakeIsNamedAndNotTheFirstAlone() {
        Control other = Toy.control(
                "IAM-908", "select now()", List.of(Toy.KEYS), List.of(), List.of(), WhenEmpty.NOT_APPLICABLE);

        assertThat(mistakes(Toy.saying("select 1"), Toy.keyAge(), other)).hasSize(2);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '@', quoteCharacter = '"', textBlock = """
            select 'x' as scope_id, 'y' as row_key, 'PASS' as outcome, 'z' as reason @ over tables without a row
            select 'aws_999988887777_global' as scope_id, row_key, 'PASS' as outcome, 'z' as reason from toy_key @ in aws_999988887777_global
            select scope_id, row_key, 'PASS' as outcome, user_name as reason from toy_key @ no reason for
            select scope_id, row_key, status as outcome, 'z' as reason from toy_key @ which is none, for
            select scope_id, row_key, 'PASS' as outcome, 'z' as reason from toy_key where root @ no finding for
            select k.scope_id, k.row_key, 'PASS' as outcome, 'z' as reason from toy_key k left join register_toy_exception r on r.user_name = k.user_name @ more than one finding for
            select scope_id, row_key, 'PASS' as outcome, concat('z', cast(user_name as integer)) as reason from toy_key @ Use try_cast()
            select scope_id, row_key, 'PASS' as outcome, 'z' || row_number() over (partition by scope_id order by status) as reason from toy_key @ in another order
            select scope_id, row_key, 'PASS' as outcome from toy_key @ no single column 'reason'
            select scope_id, row_key, 'PASS' as outcome, 'z' as reason, 1 as severity from toy_key @ a column 'severity'
            select scope_id, row_key, 'PASS' as outcome, cast(now() as varchar) as reason from toy_key @ function now
            select scope_id, row_key, 'PASS' as outcome, cast(random() as varchar) as reason from toy_key @ function random
            select scope_id, row_key, 'PASS' as outcome, 'z' as reason from read_csv('x.csv') @ table function read_csv
            select scope_id, row_key, 'PASS' as outcome, 'z' as reason from 'x.csv' @ which is not evidence
            copy toy_key to 'x.csv' @ not one select
            attach 'x.db' @ not one select
            install httpfs @ not one select
            select scope_id, row_key, 'PASS' as outcome, 'z' as reason from toy_key; select 1 @ after a semicolon
            with toy_key as (select 1) select scope_id, row_key, 'PASS' as outcome, 'z' as reason from toy_key @ replaces the table toy_key
            with recursive r as (select 1 as n union all select n + 1 from r) select scope_id, row_key, 'PASS' as outcome, 'z' as reason from toy_key @ recursive
            select scope_id, row_key, 'PASS' as outcome, getenv('HOME') as reason from toy_key @ function getenv
            select scope_id, row_key, 'PASS' as outcome, user_nam as reason from toy_key @ user_nam
            select scope_id, row_key, 'PASS' as outcome, 'z' as reason from toy_door @ not evidence of IAM-907
            select scope_id, row_key, 'PASS' as outcome, cast($days as varchar) as reason from toy_key @ $days is not declared
            select scope_id, row_key, 'PASS' as outcome, cast((select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b, generate_series(1, 100000) c where a.generate_series * b.generate_series % 7 = c.generate_series % 5) as varchar) as reason from toy_key @ took longer than
            """)
    void aBadQueryIsRefusedBeforeAnythingIsCollected(String sql, String says) {
        List<TickmarkException> mistakes = mistakes(Toy.saying(sql));

        assertThat(mistakes).hasSize(1);
        assertThat(mistakes.get(0)).hasMessageContaining(says).hasMessageContaining("IAM-907");
        assertThat(mistakes.get(0).kind()).isEqualTo(TickmarkException.Kind.NOT_UNDERSTOOD);
    }

    @Test
    void aParameterThatTheQueryDoesNotUseIsRefused() {
        Control control = Toy.control(
                "IAM-906",
                FINE,
                List.of(Toy.KEYS),
                List.of(),
                List.of(new Parameter("days", Parameter.Type.INTEGER, "90", "ours", "days")),
                WhenEmpty.NOT_APPLICABLE);

        assertThat(mistakes(control))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake)
                        .hasMessageContaining("key 'parameters.days'")
                        .hasMessageContaining("does not use $days"));
    }

    private static List<TickmarkException> mistakes(Control... controls) {
        return new CatalogCheck(Toy.tables().values()).mistakes(List.of(controls), List.of());
    }
}
