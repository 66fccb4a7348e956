-- Each member of a role with the first and the last completion of the course that the role requires.
with person as (                                      -- a worker id that stands twice in the rosters is nobody's for sure
    select lower(trim(worker_id)) as worker_id, min(lower(trim(work_email))) as work_email, count(*) as people,
           min(case when termination_effective_at is not null
                         then case when termination_effective_at > as_of then 'works' else 'ended' end
                    when termination_date is not null then 'unclear'
                    when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','), trim(lower(employment_status)))
                         then 'works'
                    when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','), trim(lower(employment_status)))
                         then 'ended'
                    else 'unclear' end) as state
    from hr_person
    where trim(worker_id) <> ''
    group by lower(trim(worker_id))
), member as (
    select requirement.*, person.work_email, person.people, person.state, lower(trim(requirement.required_course)) as course_key
    from training_role_requirement as requirement
    left join person on person.worker_id = lower(trim(requirement.worker_id))
), completion as (
    select lower(trim(worker_id)) as worker_id, lower(trim(work_email)) as work_email, lower(trim(course)) as course_key, completed_at
    from training_completion
    where completed_at <= as_of
), found as (
    select member.scope_id, member.row_key, completion.completed_at
    from member
    join completion on completion.worker_id = lower(trim(member.worker_id)) and completion.course_key = member.course_key
    union all
    select member.scope_id, member.row_key, completion.completed_at
    from member
    join completion on completion.work_email = member.work_email and completion.course_key = member.course_key
    where coalesce(completion.worker_id, '') = ''
), done as (
    select scope_id, row_key, min(completed_at) as first_at, max(completed_at) as last_at from found group by scope_id, row_key
), read_state as (
    select count(*) > 0 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'training_completion'
), judged as (
    select member.*, done.last_at, coalesce(read_state.whole, false) as whole,
           date_diff('day', role_since_date, cast(as_of as date)) as days_in_role,
           date_diff('day', role_since_date, cast(done.first_at as date)) as days_to_first,
           date_sub('day', done.last_at, as_of) as days_since_last
    from member
    left join done on done.scope_id = member.scope_id and done.row_key = member.row_key
    cross join read_state
)
select scope_id, row_key,
       case when state = 'ended' and people = 1                                                      then 'NOT_APPLICABLE'
            when state is null or state <> 'works' or people > 1                                     then 'NOT_EVALUATED'
            when coalesce(course_key, '') = '' or days_in_role is null or days_in_role < 0           then 'NOT_EVALUATED'
            when days_in_role <= $annual_days and days_to_first <= $role_days
                 and days_since_last <= $annual_days                                                 then 'PASS'
            when days_in_role > $annual_days and days_since_last <= $annual_days                     then 'PASS'
            when not whole                                                                           then 'NOT_EVALUATED'
            when days_in_role <= $role_days and last_at is null                                      then 'NOT_APPLICABLE'
            when days_in_role > $role_days or days_since_last > $annual_days                         then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('worker ', coalesce(worker_id, 'without an id'), ' as ', coalesce(role, 'an unnamed role'), ', course ',
              coalesce(nullif(trim(required_course), ''), 'not stated'), ': ',
              case when state is null then 'not in the roster'
                   when people > 1 then concat(people, ' workers of the rosters have this id')
                   when state = 'ended' then 'the work has ended'
                   when state = 'unclear' then 'the roster does not say clearly whether the work has ended'
                   when days_in_role is null then 'it is not stated since when'
                   when days_in_role < 0 then 'the role begins later'
                   else concat('in the role for ', days_in_role, ' days; ',
                               case when last_at is null then 'no completion is known'
                                    else concat('first completed ', case when days_to_first < 0 then concat(-days_to_first, ' days before')
                                                                         else concat(days_to_first, ' days after') end,
                                                ' the role began, last ', days_since_last, ' days ago') end,
                               '; limits ', $role_days, ' days in the role and ', $annual_days, ' days',
                               case when whole then '' else '; the training records were not read whole' end) end) as reason,
       cast(null as varchar) as observation
from judged
