package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Control.WhenEmpty;
import dev.tickmark.catalog.Parameter;
import dev.tickmark.evidence.TickmarkException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    /** A query that would be let through but for what stands in the reason. */
    private static String reasonOf(String expression) {
        return "select scope_id, row_key, 'PASS' as outcome, concat('x', " + expression + ") as reason from toy_key";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now()",
                "today()",
                "current_date",
                "CURRENT_TIMESTAMP",
                "localtimestamp",
                "\"current_user\"",
                "user",
                "get_current_timestamp()",
                "random()",
                "uuid()",
                "gen_random_uuid()",
                "getenv('HOME')",
                "current_setting('temp_directory')",
                "getvariable('x')",
                "nextval('x')",
                "version()",
                "current_database()",
                "txid_current()",
                "write_log('x')",
                "sleep_ms(1)",
                "first(user_name)",
                "any_value(user_name)",
                "arg_max(user_name, uses)",
                "repeat('x', 1000000000)",
                "range(1000000000)",
                "generate_series(1, uses)",
                "string_agg(user_name, ',')",
                "list(user_name)",
                "array_agg(user_name)",
                "main.now()",
                "system.main.now()",
                "(select content from read_text('/etc/passwd'))",
                "(select count(*) from read_csv('a.csv'))",
                "(select count(*) from 'a.csv')",
                "(select count(*) from read_blob('/etc/passwd'))",
                "(select count(*) from glob('/etc/*'))",
                "(select count(*) from sniff_csv('a.csv'))",
                "(select count(*) from query('select 1'))",
                "(select count(*) from query_table('toy_key'))",
                "(select count(*) from duckdb_settings())",
                "(select count(*) from pragma_version())",
                "(select count(*) from information_schema.tables)",
                "(select count(*) from evidence.main.toy_key)",
                "(select count(*) from main.toy_key)",
                "(select count(*) from toy_door)",
                "(select count(*) from sqlite_master)",
                "(select count(*) from range(1000000))",
                "(select count(*) from generate_series(1, (select max(uses) from toy_key)))",
                "(select count(*) from toy_key using sample 1)",
                "(select count(*) from toy_key tablesample 10%)",
                "(select user_name from toy_key limit 1)",
                "(select user_name from toy_key fetch first 1 rows only)",
                "(select distinct on (status) user_name from toy_key)",
                "(select row_number() over () from toy_key)",
                "(select lag(user_name) over (partition by status) from toy_key)",
                "(select first_value(user_name) over (order by uses) from toy_key)",
                "(select count(*) from toy_key positional join register_toy_exception)",
                "(with recursive r(i) as (select 1 union all select i + 1 from r) select max(i) from r)",
                "(with toy_key as (select 1 as a) select a from toy_key)",
                "(with tickmark_population as (select 1 as a) select a from tickmark_population)",
                "(select count(*) from (describe toy_key))",
                "(select count(*) from (summarize toy_key))",
                "(select count(*) from (pivot toy_key on status))",
                "$max_age",
                "$1",
                "?"
            })
    void whatDependsOnTheDayTheMachineTheOrderOrOtherTablesIsRefused(String expression) {
        refused(reasonOf(expression));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-- nothing",
                "copy toy_key to 'x.csv'",
                "copy toy_key from 'x.csv'",
                "attach 'x.db' as y",
                "install httpfs",
                "load httpfs",
                "create or replace table toy_key as select 1",
                "create macro lower(x) as now()",
                "drop table toy_key",
                "delete from toy_key",
                "insert into toy_key select * from toy_key",
                "update toy_key set status = 'Active'",
                "set memory_limit = '8GB'",
                "reset memory_limit",
                "pragma database_list",
                "call pragma_version()",
                "export database 'x'",
                "use memory",
                "explain select 1",
                "explain analyze select 1",
                "prepare x as select 1",
                "execute tickmark_test",
                "deallocate tickmark_test",
                "checkpoint",
                "begin",
                "describe toy_key",
                "show tables",
                "select 1; select 2",
                "select 1; drop table toy_key",
                "select 1;\n.shell id",
                "select 1;\n/*\n.shell id\n*/",
                "select 1;;",
                "select $$a;b$$",
                "select E'\\'; drop table toy_key; --'",
                "select 1 /* /* nested */ */",
                "select 1 /*",
                "select (1",
                "with recursive r(i) as (select 1 union all select i + 1 from r) select * from r",
                "select 1)",
                "select 1) as x, (select 2"
            })
    void whatIsNotOneSelectIsRefused(String sql) {
        refused(sql.isBlank() ? " " : sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select scope_id, row_key, 'PASS' as outcome from toy_key",
                "select scope_id, row_key, 'PASS' as outcome, 'x' as reason, 1 as score from toy_key",
                "select scope_id, row_key, row_key, 'PASS' as outcome, 'x' as reason from toy_key",
                "select * from toy_key",
                "select scope_id, row_key, 'PASS' as outcome, no_such_column as reason from toy_key",
                "select scope_id, row_key, 'PASS' as outcome, uses + user_name as reason from toy_key"
            })
    void anAnswerWithOtherColumnsOrOneThatDoesNotCompileIsRefused(String sql) {
        refused(sql);
    }

    @Test
    void aMistakeIsNamedWithItsLine() {
        refused("select scope_id, row_key,\n       'PASS' as outcome,\n       concat(now()) as reason\nfrom toy_key")
                .hasMessageContaining("controls/iam/IAM-907.sql, line 3")
                .hasMessageContaining("the function now ");
        refused("select scope_id, row_key,\n       'PASS' as outcome,\n       usr_name as reason\nfrom toy_key")
                .hasMessageContaining("controls/iam/IAM-907.sql, line 3")
                .hasMessageContaining("usr_name");
        refused("select scope_id, row_key, 'PASS' as outcome, 'x' as reason\nfrom toy_keys")
                .hasMessageContaining("line 2")
                .hasMessageContaining("Did you mean 'toy_key'?");
    }

    @Test
    void parametersAreDeclaredAndUsed() {
        check(Toy.keyAge());
        assertThatThrownBy(() -> check(parameters(Toy.SQL))).hasMessageContaining("$max_age_days is not declared");
        assertThatThrownBy(() -> check(parameters(reasonOf("1"), Toy.maxAge())))
                .hasMessageContaining("does not use $max_age_days");
        assertThatThrownBy(() -> check(parameters(
                        Toy.SQL, Toy.maxAge(), new Parameter("max_age", Parameter.Type.TEXT, "x", "ours", ""))))
                .hasMessageContaining("does not use $max_age");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_name; -- a semicolon inside a comment\n",
                "'a ; b', -- ; here too\n user_name",
                "(select string_agg(user_name, ', ' order by user_name) from toy_key)",
                "(select max(u) from (select unnest(string_split(user_name, ',')) as u from toy_key) x)",
                "list_contains(['a', 'b'], user_name)",
                "json_extract_string(policy, '$.Statement[0].Effect')",
                "case when user_name like 'a%' or regexp_matches(user_name, '^b') then 1 end",
                "(select count(*) from tickmark_population where table_name = 'register_toy_exception')",
                "list_transform(string_split(user_name, ','), x -> lower(x))[1]",
                "strftime(created_at, '%Y-%m-%d')",
                "(with a as (select * from toy_key), b as (select * from a) select count(*) from b)",
                "(select count(*) from generate_series(1, 24))",
                "row_number() over (partition by status order by row_key)",
                "created_at + interval 90 day",
                "as_of - created_at",
                "user_name in (select r.user_name from register_toy_exception r)"
            })
    void whatATestNeedsIsLetThrough(String expression) {
        check(Toy.saying(
                expression.startsWith("user_name;")
                        ? "select scope_id, row_key, 'PASS' as outcome, user_name as reason from toy_key -- a ; b\n;\n"
                        : reasonOf(expression)));
    }

    private static Control parameters(String sql, Parameter... parameters) {
        return Toy.control("IAM-908", sql, List.of(Toy.KEYS), List.of(), List.of(parameters), WhenEmpty.NOT_APPLICABLE);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(String sql) {
        return assertThatThrownBy(() -> check(Toy.saying(sql.isBlank() ? "--" : sql)))
                .isInstanceOfSatisfying(
                        TickmarkException.class,
                        e -> assertThat(e.kind()).isEqualTo(TickmarkException.Kind.NOT_UNDERSTOOD))
                .hasMessageContaining("controls/iam/IAM-907.sql");
    }

    private static void check(Control control) {
        Assessment.check(Catalog.of(List.of(), List.of(control)), Toy.tables().values(), List.of());
    }
}
