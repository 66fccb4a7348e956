-- Four counts of the roster for each period that HR states, and HR's own equation. A join of every person with every period
-- would grow as their product, so that the days of coming and going are counted first and summed up to each boundary.
with person as (
    select scope_id, hire_date, termination_date,
           coalesce(hire_date is null
                    or (termination_date is null and (termination_effective_at is not null
                        or list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','), trim(lower(employment_status)))))
                    or termination_date < hire_date, false) as undated
    from hr_person
), step as (                                          -- in on the first day, out after the last
    select scope_id, hire_date as day, 1 as came, 0 as went from person where not undated
    union all
    select scope_id, termination_date, 0, 1 from person where not undated and termination_date is not null
), boundary as (
    select scope_id, period_start - 1 as day from hr_headcount where period_start is not null
    union
    select scope_id, period_end from hr_headcount where period_end is not null
), moved as (
    select scope_id, day, sum(came) as came, sum(went) as went
    from (select scope_id, day, came, went from step union all select scope_id, day, 0, 0 from boundary)
    group by scope_id, day
), running as (
    select scope_id, day, sum(came) over (partition by scope_id order by day) as came_so_far,
           sum(went) over (partition by scope_id order by day) as went_so_far
    from moved
), unknown as (
    select scope_id, count(*) as people from person where undated group by scope_id
), read_state as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'hr_person'
    group by scope_id
), judged as (
    select head.*,
           cast(before.came_so_far - before.went_so_far as bigint) as opening_seen,
           cast(after.came_so_far - before.came_so_far as bigint) as hires_seen,
           cast(after.went_so_far - before.went_so_far as bigint) as leavers_seen,
           cast(after.came_so_far - after.went_so_far as bigint) as closing_seen,
           coalesce(unknown.people, 0) as people_undated, coalesce(read_state.whole, false) as whole
    from hr_headcount as head
    left join running as before on before.scope_id = head.scope_id and before.day = head.period_start - 1
    left join running as after on after.scope_id = head.scope_id and after.day = head.period_end
    left join unknown on unknown.scope_id = head.scope_id
    left join read_state on read_state.scope_id = head.scope_id
)
select scope_id, row_key,
       case when period_start is null or period_end is null or period_end < period_start              then 'NOT_EVALUATED'
            when period_end >= cast(as_of as date)                                                    then 'NOT_EVALUATED'
            when opening + hires - leavers <> closing                                                 then 'FAIL'
            when opening + hires - leavers is null or closing is null or not whole or people_undated > 0 then 'NOT_EVALUATED'
            when opening <> opening_seen or hires <> hires_seen or leavers <> leavers_seen or closing <> closing_seen then 'FAIL'
            when opening = opening_seen and hires = hires_seen and leavers = leavers_seen
                 and closing = closing_seen                                                           then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('period ', coalesce(cast(period_start as varchar), 'from an unknown day'), ' to ',
              coalesce(cast(period_end as varchar), 'an unknown day'), ': HR states ',
              coalesce(cast(opening as varchar), '?'), ' + ', coalesce(cast(hires as varchar), '?'), ' hires - ',
              coalesce(cast(leavers as varchar), '?'), ' leavers = ', coalesce(cast(closing as varchar), '?'),
              '; the roster shows ', coalesce(cast(opening_seen as varchar), '?'), ' + ', coalesce(cast(hires_seen as varchar), '?'),
              ' - ', coalesce(cast(leavers_seen as varchar), '?'), ' = ', coalesce(cast(closing_seen as varchar), '?'),
              case when period_end >= cast(as_of as date) then '; the period has not ended' else '' end,
              case when people_undated > 0 then concat('; ', people_undated, ' workers without usable dates') else '' end,
              case when whole then '' else '; the roster was not read whole' end) as reason,
       case when leavers = 0 and whole then 'no leaver in the period: look whether former workers are in the export' end as observation
from judged
