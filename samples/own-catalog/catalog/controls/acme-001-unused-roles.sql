-- One finding for each role. A role made by AWS for one of its services cannot be taken away by its account.
with seen as (
    select *, date_sub('day', last_used_at, as_of) as idle_days,   -- whole days; date_diff counts midnights
           date_sub('day', created_at, as_of) as age_days
    from aws_iam_role
)
select scope_id, row_key,
       case when service_linked                                                           then 'NOT_APPLICABLE'
            when service_linked is null                                                   then 'NOT_EVALUATED'
            when idle_days <= $max_idle_days                                              then 'PASS'
            when idle_days >  $max_idle_days                                              then 'FAIL'
            when last_used_at_note = 'no_information' and age_days <= $max_idle_days      then 'PASS'
            when last_used_at_note = 'no_information' and age_days >  $max_idle_days      then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('role ', coalesce(role_name, row_key),
              case when service_linked then ' was made by AWS for a service'
                   when last_used_at is not null then concat(' was last used ', idle_days, ' days before it was read')
                   when last_used_at_note = 'no_information'
                        then concat(' has no use on record and was made ', coalesce(age_days || ' days', 'an unknown time'),
                                    ' before it was read')
                   else ': its last use was not told' end,
              ', limit ', $max_idle_days, ' days') as reason
from seen
