-- Business days are Monday to Friday: whole weeks since a Monday give five each, the rest gives at most five.
with incident as (
    select *,
           list_contains(string_split(replace(lower($major_severities), ', ', ','), ','), trim(lower(severity))) as major
    from ticket_incident
), review as (
    select trim(incident_key) as incident_key, min(review_held_date) as review_held_date,
           max(actions_open) as actions_open, count_if(actions_open is null) as uncounted,
           min(case when actions_open > 0 then oldest_open_action_date end) as oldest_date,
           count_if(actions_open > 0 and oldest_open_action_date is null) as undated,
           max(trim(root_cause)) as root_cause,
           min(case when trim(reapproved_by) <> '' then reapproved_until_date end) as reapproved_until_date
    from ticket_incident_review
    where trim(incident_key) <> ''
    group by trim(incident_key)
), read_state as (
    select count(*) > 0 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'ticket_incident_review'
), timed as (
    select incident.*, review.incident_key is not null as known, review.actions_open, review.uncounted, review.undated,
           review.root_cause, review.reapproved_until_date,
           case when review.review_held_date <= cast(as_of as date) then review.review_held_date end as held_date,
           date_diff('day', review.oldest_date, cast(as_of as date)) as oldest_days,
           coalesce(read_state.whole, false) as whole
    from incident
    left join review on review.incident_key = trim(incident.incident_key)
    cross join read_state
), counted as (
    select *,
           date_diff('day', date '1970-01-05', cast(resolved_at as date)) + 1 as from_day,
           date_diff('day', date '1970-01-05', coalesce(held_date, cast(as_of as date))) + 1 as to_day
    from timed
), judged as (
    select *,
           (to_day // 7) * 5 + least(to_day % 7, 5) - (from_day // 7) * 5 - least(from_day % 7, 5) as business_days,
           coalesce(oldest_days > $max_action_days and not coalesce(reapproved_until_date >= cast(as_of as date), false), false) as overdue
    from counted
)
select scope_id, row_key,
       case when coalesce(trim(severity), '') = ''                                     then 'NOT_EVALUATED'
            when not major or resolved_at is null                                      then 'NOT_APPLICABLE'
            when not whole and held_date is null                                       then 'NOT_EVALUATED'
            when business_days > $max_business_days or overdue                         then 'FAIL'
            when held_date is null                                                     then 'NOT_APPLICABLE'
            when uncounted > 0 or undated > 0                                          then 'NOT_EVALUATED'
            when business_days <= $max_business_days and not overdue                   then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('incident ', coalesce(incident_key, 'without a key'), ', severity ', coalesce(nullif(trim(severity), ''), 'not stated'), ': ',
              case when coalesce(trim(severity), '') = '' then 'whether it is major is unknown'
                   when not major then 'not major'
                   when resolved_at is null then 'not resolved yet'
                   else concat(case when held_date is null then 'not reviewed after ' else 'reviewed after ' end, business_days,
                               ' business days, limit ', $max_business_days,
                               case when not known then ''
                                    else concat('; open actions: ', coalesce(cast(actions_open as varchar), 'not stated'),
                                                case when actions_open > 0
                                                     then concat(', the oldest for ', coalesce(cast(oldest_days as varchar), 'an unknown number of'),
                                                                 ' days, limit ', $max_action_days,
                                                                 coalesce(concat(', approved until ', cast(reapproved_until_date as varchar)), ''))
                                                     else '' end) end,
                               case when whole then '' else '; the reviews were not read whole' end) end) as reason,
       case when major and held_date is not null and coalesce(root_cause, '') = '' then 'no cause is stated' end as observation
from judged
