-- The residual level counts where it was rated, else the inherent one.
with risk as (
    select *, coalesce(nullif(trim(lower(residual)), ''), nullif(trim(lower(inherent)), '')) as level,
           coalesce(trim(owner), '') <> '' as owned, coalesce(trim(treatment), '') <> '' as treated,
           coalesce(list_contains(string_split(replace(lower($accept_words), ', ', ','), ','), trim(lower(treatment))), false) as accepts,
           coalesce(trim(accepted_by), '') <> '' as accepted,
           coalesce(list_contains(string_split(replace(lower($closed_statuses), ', ', ','), ','), trim(lower(status))), false) as closed,
           coalesce(trim(reapproved_by) <> '' and reapproved_until_date >= cast(as_of as date), false) as reapproved,
           coalesce(due_date < cast(as_of as date), false) as overdue
    from register_risk
), judged as (
    select *,
           case when list_contains(string_split(replace(lower($high_levels), ', ', ','), ','), level) then 'high'
                when list_contains(string_split(replace(lower($other_levels), ', ', ','), ','), level) then 'other'
                else 'unclear' end as rated
    from risk
)
select scope_id, row_key,
       case when closed                                                                then 'NOT_APPLICABLE'
            when overdue and not reapproved                                            then 'FAIL'
            when rated = 'high' and (not owned or not treated)                         then 'FAIL'
            when rated = 'high' and accepts and not accepted                           then 'FAIL'
            when rated = 'unclear' or coalesce(trim(status), '') = ''                  then 'NOT_EVALUATED'
            when rated = 'high' and due_date is null and not accepts                   then 'NOT_EVALUATED'
            when rated = 'high' and owned and treated                                  then 'PASS'
            when rated = 'other'                                                       then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('risk ', coalesce(risk_id, 'without an id'), ', level ', coalesce(level, 'not rated'), ', status ',
              coalesce(nullif(trim(status), ''), 'not stated'), ': ',
              case when closed then 'closed'
                   else concat(case when owned then 'owned' else 'no owner' end, ', treatment ',
                               coalesce(nullif(trim(treatment), ''), 'not stated'),
                               case when accepts then case when accepted then ', accepted by a named person' else ', accepted by nobody' end else '' end,
                               ', due ', coalesce(cast(due_date as varchar), 'on no stated day'),
                               case when overdue then ', passed' else '' end,
                               case when reapproved then concat(', approved until ', cast(reapproved_until_date as varchar))
                                    when reapproved_until_date is not null and coalesce(trim(reapproved_by), '') <> ''
                                    then concat(', approved only until ', cast(reapproved_until_date as varchar)) else '' end) end) as reason,
       case when not closed and accepts and accepted and lower(trim(accepted_by)) = lower(trim(owner)) then 'the owner accepted the risk alone'
            when not closed and review_date < cast(as_of as date) then concat('its review was due on ', cast(review_date as varchar)) end as observation
from judged
