-- A role without a recorded use counts from its creation: AWS tracks 400 days, which is longer than the limit.
with measured as (
    select *,
           case when last_used_at is not null then date_sub('day', last_used_at, as_of)
                when last_used_at_note = 'no_information' then date_sub('day', created_at, as_of) end as unused_days,
           last_used_at is null as never
    from aws_iam_role
)
select scope_id, row_key,
       case when service_linked                                                     then 'NOT_APPLICABLE'
            when service_linked = false and unused_days > $fail_unused_days         then 'FAIL'
            when service_linked = false
                 and unused_days between 0 and $fail_unused_days                    then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('role ', coalesce(role_name, 'without a name'), ': ',
              case when service_linked then 'made by AWS for a service, whose it is to remove'
                   when unused_days is null and last_used_at_note = 'not_returned' then 'the answer says nothing of its last use'
                   when unused_days is null then 'its last use is unknown'
                   when never then concat('no use recorded since AWS keeps track, made ', unused_days, ' days before')
                   else concat('last used ', unused_days, ' days before') end,
              case when service_linked then ''
                   else concat(', limit ', $fail_unused_days, ' days') end,
              case when service_linked is null then '; whether AWS made it for a service is unknown' else '' end) as reason,
       case when service_linked = false and unused_days > $warn_unused_days and unused_days <= $fail_unused_days
            then concat('not used for more than ', $warn_unused_days, ' days') end as observation
from measured
