-- A run counts as whole when it was collected and no task of it failed; a broken run needs a later whole one.
with run as (
    select *,
           coalesce(kind = 'run' and state in ('collected', 'sealed') and tasks_failed = 0, false) as whole,
           coalesce(state in ('failed', 'interrupted')
                    or (state in ('collected', 'sealed') and tasks_failed > 0), false) as broken
    from tickmark_run
), start as (
    -- the run before the first listed one was sealed: it opens the first interval
    select started_at from run where whole
    union
    select min(previous_started_at) from run
    where kind = 'run' and previous_started_at < (select min(started_at) from run where kind = 'run')
), following as (
    select started_at,
           coalesce(lead(started_at) over (order by started_at), (select max(as_of) from run)) as next_at
    from start
    where started_at is not null
), schedule as (
    select coalesce((select max(schedule_days) from run where kind = 'schedule'), max(schedule_days)) as days from run
), gap as (
    select count(*) as starts,
           count_if(date_sub('second', started_at, next_at) > days * 86400 + $grace_hours * 3600) as late,
           max(date_sub('hour', started_at, next_at)) as longest_hours
    from following cross join schedule
), newest as (
    select max(run_id) as run_id, max(case when whole then started_at end) as whole_at from run where kind = 'run'
), judged as (
    select run.*, days, starts, late, longest_hours,
           run.run_id = newest.run_id as is_newest,
           coalesce(newest.whole_at > run.started_at, false) as made_good
    from run cross join schedule cross join gap cross join newest
)
select scope_id, row_key,
       case when kind = 'schedule' and days is null                             then 'NOT_EVALUATED'
            when kind = 'schedule' and (late > 0 or starts = 0)                 then 'FAIL'
            when kind = 'schedule' and late = 0                                 then 'PASS'
            when kind = 'run' and broken and not made_good                      then 'FAIL'
            when kind = 'run' and is_newest and days is null                    then 'NOT_EVALUATED'
            when kind = 'run' and (whole or (broken and made_good))             then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       case when kind = 'schedule' and days is null then 'no schedule is declared, so that a run that never began cannot be seen'
            when kind = 'schedule'
            then concat('a run every ', days, ' days is declared; ', starts, ' whole runs begin intervals, the longest of ',
                        coalesce(cast(longest_hours as varchar), 'an unknown number of'), ' hours; ', late,
                        ' longer than declared and ', $grace_hours, ' hours of grace')
            else concat('run ', coalesce(run_id, 'without an id'), ' began ',
                        coalesce(strftime(started_at, '%Y-%m-%dT%H:%M:%SZ'), 'at an unknown time'), ', state ',
                        coalesce(state, 'unknown'), ', failed tasks ', coalesce(cast(tasks_failed as varchar), 'unknown'),
                        ', incomplete populations ', coalesce(cast(populations_incomplete as varchar), 'unknown'), ' of ',
                        coalesce(cast(populations as varchar), 'unknown'),
                        case when whole or not broken then '' when made_good then '; a later run was whole'
                             else '; no later run was whole' end,
                        case when is_newest and days is null
                             then '; no schedule is declared, so that a run that never began cannot be seen' else '' end)
            end as reason,
       case when kind = 'run' and populations_incomplete > 0
            then concat('populations that were not read whole: ', populations_incomplete, '; their pages say why') end as observation
from judged
