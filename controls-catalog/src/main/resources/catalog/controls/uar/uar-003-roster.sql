-- One finding for each roster that was declared; every other population of the run is none. Business days are Monday to
-- Friday: whole weeks since a Monday give five each, the rest gives at most five.
with extract as (
    select min(as_of) as first_at, max(as_of) as last_at
    from tickmark_population
    where table_name = 'aws_iam_credential_report'
), people as (
    select scope_id, 'hr_person' as table_name, min(as_of) as as_of, count(*) as workers
    from hr_person
    group by scope_id
), contractor as (
    select count(*) as workers
    from hr_person
    where list_contains(string_split(replace(lower($contractor_types), ', ', ','), ','), trim(lower(worker_type)))
), roster as (
    select population.scope_id, population.row_key, population.table_name, population.verdict,
           coalesce(people.as_of, population.as_of) as as_of, coalesce(people.workers, 0) as workers,
           contractor.workers as contractors, first_at, last_at,
           least(first_at, coalesce(people.as_of, population.as_of)) as earliest,
           greatest(last_at, coalesce(people.as_of, population.as_of)) as latest
    from tickmark_population as population
    left join people on people.scope_id = population.scope_id and people.table_name = population.table_name
    cross join contractor
    cross join extract
), days as (
    select *,
           date_diff('day', date '1970-01-05', cast(earliest as date)) + 1 as from_day,   -- days after the earlier one
           date_diff('day', date '1970-01-05', cast(latest as date)) + 1 as to_day
    from roster
), skewed as (
    select *,
           (to_day // 7) * 5 + least(to_day % 7, 5) - (from_day // 7) * 5 - least(from_day % 7, 5) as skew
    from days
)
select scope_id, row_key,
       case when table_name <> 'hr_person'                                              then 'NOT_APPLICABLE'
            when first_at is null or as_of is null                                      then 'NOT_EVALUATED'
            when skew > $max_skew_business_days                                         then 'FAIL'
            when verdict not in ('COMPLETE', 'EMPTY_PROVEN')                            then 'NOT_EVALUATED'
            when workers = 0                                                            then 'FAIL'
            when $contractors_expected and contractors = 0                              then 'FAIL'
            when skew between 0 and $max_skew_business_days and workers > 0
                 and (contractors > 0 or not $contractors_expected)                     then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       case when table_name <> 'hr_person' then 'not a roster of people'
            else concat('roster of ', coalesce(strftime(as_of, '%Y-%m-%d'), 'an unknown day'), ' with ', workers, ' workers, ',
                        contractors, ' contractors in all rosters; accounts extracted ',
                        coalesce(strftime(first_at, '%Y-%m-%d'), 'on an unknown day'),
                        case when cast(first_at as date) <> cast(last_at as date)
                             then concat(' to ', strftime(last_at, '%Y-%m-%d')) else '' end,
                        '; apart by ', coalesce(cast(skew as varchar), 'an unknown number of'), ' business days, limit ',
                        $max_skew_business_days,
                        case when verdict not in ('COMPLETE', 'EMPTY_PROVEN') then '; the roster was not read whole'
                             else '' end) end as reason,
       case when table_name = 'hr_person' and not $contractors_expected and contractors = 0
            then 'no contractor in any roster, and none is expected by the organization''s parameter' end as observation
from skewed
