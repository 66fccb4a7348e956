-- Each worker of the roster with the first and the last completion of an awareness course.
with completion as (
    select lower(trim(worker_id)) as worker_id, lower(trim(work_email)) as work_email, completed_at
    from training_completion
    where completed_at <= as_of
      and list_contains(string_split(replace(lower($courses), ', ', ','), ','), trim(lower(course)))
), found as (
    select person.scope_id, person.row_key, completion.completed_at
    from hr_person as person join completion on completion.worker_id = lower(trim(person.worker_id))
    union all
    select person.scope_id, person.row_key, completion.completed_at
    from hr_person as person join completion on completion.work_email = lower(trim(person.work_email))
    where coalesce(completion.worker_id, '') = ''
), done as (
    select scope_id, row_key, min(completed_at) as first_at, max(completed_at) as last_at from found group by scope_id, row_key
), read_state as (
    select count(*) > 0 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'training_completion'
), worker as (
    select person.*, done.first_at, done.last_at, coalesce(read_state.whole, false) as whole,
           date_diff('day', hire_date, cast(as_of as date)) as days_here,
           date_diff('day', hire_date, cast(done.first_at as date)) as days_to_first,
           date_sub('day', done.last_at, as_of) as days_since_last,
           case when hire_date > cast(as_of as date) then 'to come'
                when termination_effective_at is not null
                     then case when termination_effective_at > as_of then 'works' else 'ended' end
                when termination_date is not null then 'unclear'
                when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','), trim(lower(employment_status)))
                     then 'works'
                when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','), trim(lower(employment_status)))
                     then 'ended'
                else 'unclear' end as state
    from hr_person as person
    left join done on done.scope_id = person.scope_id and done.row_key = person.row_key
    cross join read_state
)
select scope_id, row_key,
       case when state in ('to come', 'ended')                                                       then 'NOT_APPLICABLE'
            when state = 'unclear' or days_here is null                                              then 'NOT_EVALUATED'
            when days_here <= $annual_days and days_to_first <= $new_hire_days
                 and days_since_last <= $annual_days                                                 then 'PASS'
            when days_here > $annual_days and days_since_last <= $annual_days                        then 'PASS'
            when not whole                                                                           then 'NOT_EVALUATED'
            when days_here <= $new_hire_days and last_at is null                                     then 'NOT_APPLICABLE'
            when days_here > $new_hire_days or days_since_last > $annual_days                        then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('worker ', coalesce(worker_id, 'without an id'), ', status ', coalesce(employment_status, 'not stated'), ': ',
              case when state = 'to come' then 'work has not begun'
                   when state = 'ended' then 'the work has ended'
                   when state = 'unclear' then 'the roster does not say clearly whether the work has ended'
                   when days_here is null then 'the roster does not say when the work began'
                   else concat('joined ', days_here, ' days ago; ',
                               case when last_at is null then 'no completion is known'
                                    else concat('first completed ', case when days_to_first < 0 then concat(-days_to_first, ' days before')
                                                                         else concat(days_to_first, ' days after') end,
                                                ' the first day, last ', days_since_last, ' days ago') end,
                               '; limits ', $new_hire_days, ' days after joining and ', $annual_days, ' days',
                               case when whole then '' else '; the training records were not read whole' end) end) as reason,
       cast(null as varchar) as observation
from worker
