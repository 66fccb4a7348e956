-- Each grant of a log: by a template of the role, or by a request that another person approved no later than the grant.
with sorted as (
    select *,
           case when grant_event_time is null                                            then 'no time'
                when ticket_key is null and trim(role_template) <> ''                    then 'template'
                when ticket_key is null                                                  then 'no request'
                when lower(approved_by) = lower(requested_by)                            then 'own approval'
                when approved_at > grant_event_time                                      then 'late'
                when approved_by is null and approved_at is null                         then 'not approved'
                when approved_by is null or approved_at is null or requested_by is null  then 'unclear'
                when approved_at <= grant_event_time and lower(approved_by) <> lower(requested_by) then 'approved' end as state
    from ticket_access_grant
)
select scope_id, row_key,
       case when state in ('approved', 'template')                                  then 'PASS'
            when state in ('no request', 'own approval', 'late', 'not approved')    then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(entitlement, 'an unnamed right'), ' to ', coalesce(subject, 'an unknown account'), ' in ',
              coalesce(system, 'an unknown system'), ', granted ', coalesce(strftime(grant_event_time, '%Y-%m-%dT%H:%M:%SZ'), 'at an unknown time'), ': ',
              case state
                   when 'no time' then 'when it was granted is not stated'
                   when 'template' then concat('by the role template ', role_template)
                   when 'no request' then 'no request, and no role template gives it'
                   when 'own approval' then concat('request ', ticket_key, ' was approved by ', approved_by, ', who asked for it')
                   when 'late' then concat('request ', ticket_key, ' was approved only ', strftime(approved_at, '%Y-%m-%dT%H:%M:%SZ'), ', after the grant')
                   when 'not approved' then concat('request ', ticket_key, ' shows no approval')
                   when 'unclear' then concat('request ', ticket_key, ' does not tell ',
                                              case when approved_by is null then 'who approved it'
                                                   when approved_at is null then 'when it was approved' else 'who asked' end)
                   else concat('request ', ticket_key, ' of ', requested_by, ', approved by ', approved_by, ' ',
                               strftime(approved_at, '%Y-%m-%dT%H:%M:%SZ'), ', before the grant') end) as reason,
       case when state = 'template' and privileged then 'a privileged right that everybody of the role gets'
            when state = 'approved' and lower(granted_by) = lower(requested_by) then 'granted by the person who asked'
            end as observation
from sorted
