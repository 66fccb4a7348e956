package dev.tickmark.catalog.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The functions and operators that a test may use: each gives the same for the same rows, whatever their order, on every
 * day and every machine, and reads nothing but its arguments.
 *
 * <p>Not on the list, with reasons: {@code first}, {@code any_value}, {@code arg_max} and the like (the order of rows
 * shows), {@code repeat} and lists of computed length (memory), {@code chr} (a NUL fits no cell). Sums stay exact, since
 * every number in a table is whole.
 *
 * @see <a href="https://duckdb.org/docs/stable/sql/functions/overview">DuckDB functions</a>
 */
final class Functions {
    private static final Set<String> ALLOWED = words(
            // operators
            "+ - * / // % || ~~ !~~ ~~* !~~* ~~~ ^@ -> ->> @> <@ && & | << >> = <> < > <= >= !",
            // texts
            "concat concat_ws lower upper lcase ucase trim ltrim rtrim btrim length len strlen substr substring left right"
                    + " replace reverse split split_part string_split str_split string_to_array starts_with prefix"
                    + " ends_with suffix contains instr strpos position like_escape not_like_escape ilike_escape"
                    + " not_ilike_escape regexp_matches regexp_full_match regexp_replace regexp_extract"
                    + " regexp_extract_all regexp_split_to_array string_split_regex lpad rpad strip_accents ascii"
                    + " unicode md5 sha256 hex translate nfc_normalize",
            // numbers
            "abs ceil ceiling floor round trunc sign mod greatest least pow power",
            // instants and dates: parts, distances and steps, never the present one
            "date_sub datesub date_diff datediff date_part datepart date_trunc datetrunc date_add year quarter month week"
                    + " isodow dayofweek weekday dayofmonth day dayofyear hour minute second epoch epoch_ms last_day"
                    + " strftime strptime try_strptime make_date make_timestamp to_years to_months to_weeks to_days"
                    + " to_hours to_minutes to_seconds isfinite",
            // choices
            "coalesce ifnull nullif if",
            // lists and structures
            "list_value list_contains list_has array_contains array_has list_has_any list_has_all array_has_any"
                    + " array_has_all list_position list_indexof array_position list_sort array_sort list_distinct"
                    + " list_unique list_concat list_cat array_concat list_filter array_filter filter list_transform"
                    + " array_transform list_apply apply list_extract list_element array_extract list_slice array_slice"
                    + " list_aggregate list_aggr array_length array_to_string list_count list_sum list_min list_max"
                    + " list_bool_and list_bool_or list_any list_intersect unnest struct_pack row struct_extract"
                    + " flatten cardinality array_slice list_reverse",
            // JSON
            "json_extract json_extract_path json_extract_string json_extract_path_text json_array_length json_type"
                    + " json_valid json_keys json_exists json_contains json_value from_json json_transform",
            // aggregates that no order of rows can change
            "count count_star count_if countif sum min max bool_and bool_or every avg mean",
            // aggregates with an order of their own, see ordered()
            "string_agg group_concat listagg list array_agg",
            // windows; those that number rows need an order, see needsOrder()
            "row_number rank dense_rank rank_dense lag lead");

    private static final Set<String> ORDERED = words("string_agg group_concat listagg list array_agg");
    private static final Set<String> WINDOW_ORDERED = words("row_number rank dense_rank rank_dense lag lead");
    private static final Set<String> TABLE_FUNCTIONS = words("unnest generate_series range");
    private static final Set<String> VALUES_OF_THE_DAY = words("current_date current_time current_timestamp"
            + " localtime localtimestamp current_user session_user user current_role current_catalog current_schema");

    private Functions() {}

    static boolean allowed(String function) {
        return ALLOWED.contains(function);
    }

    /** Whether an aggregate gives a list or text whose order must be stated: {@code string_agg(x, ',' order by x)}. */
    static boolean ordered(String aggregate) {
        return ORDERED.contains(aggregate);
    }

    /** Whether a window function says nothing without {@code order by}. */
    static boolean orderedWindow(String function) {
        return WINDOW_ORDERED.contains(function);
    }

    static boolean allowedTable(String function) {
        return TABLE_FUNCTIONS.contains(function);
    }

    /** Words that look like columns and are functions where no column has their name. */
    static boolean dependsOnTheDay(String column) {
        return VALUES_OF_THE_DAY.contains(column);
    }

    private static Set<String> words(String... lists) {
        Set<String> words = new TreeSet<>();
        for (String list : lists) {
            words.addAll(Arrays.asList(list.split(" ")));
        }
        return Collections.unmodifiableSet(words);
    }
}
