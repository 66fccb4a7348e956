-- Each system of the register: the newest plan that names it, counted in days from the end of the plan's quarter.
with named as (
    select system.scope_id, system.row_key, plan.in_scope, plan.scope_reason, plan.system_owner, plan.reviewer_id, plan.due_at,
           plan.review_id, plan.quarter, plan.quarter_end, date_diff('day', plan.quarter_end, cast(system.as_of as date)) as passed,
           row_number() over (partition by system.scope_id, system.row_key
                              order by plan.quarter_end desc nulls last, plan.in_scope desc nulls last, plan.row_key) as place
    from register_system as system
    join review_plan as plan
      on lower(plan.system) = lower(system.system)
     and (system.account is null or lower(plan.account) = lower(system.account))
), plan_read as (
    select count(*) > 0 and count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) = count(*) as whole
    from tickmark_population
    where table_name = 'review_plan'
), judged as (
    select system.scope_id, system.row_key, system.system, system.account, system.name, system.in_scope as in_scope,
           named.review_id, named.quarter, named.quarter_end, named.passed, named.in_scope as planned, named.scope_reason,
           concat_ws(', ', case when named.system_owner is null then 'owner' end,
                     case when named.reviewer_id is null then 'reviewer' end,
                     case when named.due_at is null then 'due date' end) as lacking,
           named.row_key is not null as found, coalesce(plan_read.whole, false) as whole
    from register_system as system
    left join named on named.scope_id = system.scope_id and named.row_key = system.row_key and named.place = 1
    cross join plan_read
)
select scope_id, row_key,
       case when in_scope = false                                                        then 'NOT_APPLICABLE'
            when in_scope is null                                                        then 'NOT_EVALUATED'
            when not found and whole                                                     then 'FAIL'
            when passed > $max_days_since_quarter_end and whole                          then 'FAIL'
            when passed <= $max_days_since_quarter_end and planned = false and trim(scope_reason) <> '' then 'PASS'
            when passed <= $max_days_since_quarter_end and planned = false               then 'FAIL'
            when passed <= $max_days_since_quarter_end and planned and lacking <> ''     then 'FAIL'
            when passed <= $max_days_since_quarter_end and planned and lacking = ''      then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(name, system, 'a system without a name'), case when account is null then '' else concat(' ', account) end, ': ',
              case when in_scope = false then 'not in scope by the register'
                   when in_scope is null then 'whether it is in scope is not stated'
                   when not found then case when whole then 'in no plan of a review' else 'in no plan among those that could be read' end
                   else concat('in the plan of ', coalesce(quarter, review_id, 'an unnamed review'), ', whose quarter ',
                               case when passed is null then 'has no known end'
                                    when passed <= 0 then 'is not over'
                                    else concat('ended ', passed, ' days before') end,
                               ', limit ', $max_days_since_quarter_end, ' days',
                               case when planned = false and trim(scope_reason) <> '' then concat('; left out: ', scope_reason)
                                    when planned = false then '; left out without a reason'
                                    when planned is null then '; whether the plan covers it is not stated'
                                    when lacking <> '' then concat('; without ', lacking)
                                    else '; with owner, reviewer and due date' end) end) as reason,
       case when in_scope and planned = false and trim(scope_reason) <> '' then 'in scope by the register and left out by the plan' end as observation
from judged
