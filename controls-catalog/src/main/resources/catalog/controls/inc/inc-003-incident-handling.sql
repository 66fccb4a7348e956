-- Times run from the declaration of the incident; what has not happened yet is timed to the instant of the listing.
with incident as (
    select *,
           list_contains(string_split(replace(lower($major_severities), ', ', ','), ','), trim(lower(severity))) as major,
           list_contains(string_split(replace(lower($highest_severities), ', ', ','), ','), trim(lower(severity))) as highest
    from ticket_incident
), handling as (
    select trim(incident_key) as incident_key, count(*) as records, min(acknowledged_at) as acknowledged_at,
           min(target_ack_minutes) as target_ack_minutes, min(target_contain_hours) as target_contain_hours,
           max(trim(explanation)) as explanation, max(communications) as communications,
           bool_and(evidence_preserved) as evidence_preserved
    from ticket_incident_handling
    where trim(incident_key) <> ''
    group by trim(incident_key)
), read_state as (
    select count(*) > 0 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'ticket_incident_handling'
), timed as (
    select incident.*, coalesce(handling.records, 0) as records, handling.explanation, handling.communications,
           handling.evidence_preserved, handling.acknowledged_at, handling.target_contain_hours,
           case when highest then $sev1_ack_minutes else handling.target_ack_minutes end as ack_limit,
           date_sub('second', declared_at, coalesce(handling.acknowledged_at, as_of)) as ack_seconds,
           date_sub('second', declared_at, coalesce(contained_at, as_of)) as contain_seconds,
           coalesce(read_state.whole, false) as whole
    from incident
    left join handling on handling.incident_key = trim(incident.incident_key)
    cross join read_state
), judged as (
    select *,
           coalesce(ack_seconds > ack_limit * 60, false) as ack_late,
           coalesce(contain_seconds > target_contain_hours * 3600, false) as contain_late,
           coalesce(explanation, '') <> '' as explained,
           coalesce(acknowledged_at is not null and contained_at is not null and ack_seconds is not null and ack_limit is not null
                    and contain_seconds is not null and target_contain_hours is not null, false) as known
    from timed
)
select scope_id, row_key,
       case when coalesce(trim(severity), '') = ''                                     then 'NOT_EVALUATED'
            when not major                                                             then 'NOT_APPLICABLE'
            when records = 0 and whole and resolved_at is not null                     then 'FAIL'
            when records = 0                                                           then 'NOT_EVALUATED'
            when (ack_late or contain_late) and not explained                          then 'FAIL'
            when communications = 0                                                    then 'FAIL'
            when communications > 0 and known and (explained or not (ack_late or contain_late)) then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('incident ', coalesce(incident_key, 'without a key'), ', severity ', coalesce(nullif(trim(severity), ''), 'not stated'), ': ',
              case when coalesce(trim(severity), '') = '' then 'whether it is major is unknown'
                   when not major then 'not major'
                   when records = 0 then case when whole then 'no handling record' else 'no handling record was found, and they were not read whole' end
                   else concat(case when acknowledged_at is null then 'not known to be taken on' else 'taken on' end, ' after ',
                               coalesce(cast(ack_seconds // 60 as varchar), 'an unknown number of'), ' minutes, limit ',
                               coalesce(cast(ack_limit as varchar), 'not stated'), '; ',
                               case when contained_at is null then 'not contained' else 'contained' end, ' after ',
                               coalesce(cast(contain_seconds // 3600 as varchar), 'an unknown number of'), ' hours, limit ',
                               coalesce(cast(target_contain_hours as varchar), 'not stated'), '; status messages: ',
                               coalesce(cast(communications as varchar), 'not stated')) end) as reason,
       case when major and records > 0 and (ack_late or contain_late) and explained then concat('a limit was exceeded; explanation: ', explanation)
            when major and records > 0 and evidence_preserved = false then 'no traces were kept' end as observation
from judged
