-- One finding for each identity of a program: owner, purpose, login and review.
with owner_state as (
    select lower(worker_id) as worker_id, bool_or(state = 'works') as works, bool_and(state = 'ended') as ended
    from (select worker_id,
                 case when termination_effective_at is not null and termination_effective_at > as_of then 'works'
                      when termination_effective_at is not null then 'ended'
                      when termination_date is not null then 'unclear'
                      when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','),
                                         trim(lower(employment_status))) then 'works'
                      when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','),
                                         trim(lower(employment_status))) then 'ended'
                      else 'unclear' end as state
          from hr_person) as roster
    group by lower(worker_id)
), roster_state as (
    select coalesce(bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')), false) as whole
    from tickmark_population
    where table_name = 'hr_person'
), judged as (
    select identity.*, coalesce(trim(identity.purpose), '') <> '' as has_purpose,
           date_sub('day', reviewed_at, identity.as_of) as review_days,
           case when coalesce(trim(owner_worker_id), '') = '' and coalesce(trim(owner), '') = '' then 'nobody'
                when coalesce(trim(owner_worker_id), '') = ''                                    then 'team'
                when works                                                                       then 'works'
                when ended                                                                       then 'left'
                when owner_state.worker_id is not null                                           then 'unclear'
                when whole                                                                       then 'not in the roster'
                else 'unread' end as owner_kind
    from register_nonhuman_identity as identity
    left join owner_state on owner_state.worker_id = lower(trim(identity.owner_worker_id))
    cross join roster_state
)
select scope_id, row_key,
       case when owner_kind in ('nobody', 'left', 'not in the roster') or interactive_login or not has_purpose then 'FAIL'
            when review_days > $review_interval_days                                       then 'FAIL'
            when reviewed_at is null                                                       then 'FAIL'
            when owner_kind = 'works' and interactive_login = false and has_purpose
                 and review_days between 0 and $review_interval_days                       then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(identity_ref, 'an identity without a name'), ' of ', coalesce(system, 'an unknown system'), ': ',
              case owner_kind
                   when 'nobody' then 'no owner'
                   when 'team' then concat('owner ', owner, ', without a worker id')
                   when 'works' then concat('owner ', owner_worker_id, ' works here')
                   when 'left' then concat('owner ', owner_worker_id, ' has left')
                   when 'unclear' then concat('the roster does not say clearly whether owner ', owner_worker_id, ' works here')
                   when 'not in the roster' then concat('owner ', owner_worker_id, ' is in no roster')
                   else concat('owner ', owner_worker_id, ' is not in the part of the roster that was read') end,
              case when has_purpose then '' else ', no purpose' end,
              case when interactive_login then ', a person can sign in with it'
                   when interactive_login = false then '' else ', whether a person can sign in with it is not stated' end,
              case when reviewed_at is null then ', never reviewed'
                   else concat(', reviewed ', review_days, ' days before') end,
              ', limit ', $review_interval_days, ' days') as reason,
       case when privileged then 'has administrative rights'
            when last_used_at_note = 'never' then 'has never been used' end as observation
from judged
