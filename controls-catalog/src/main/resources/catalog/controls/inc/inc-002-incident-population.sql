-- What an incident has to state depends on how far it has come.
with staged as (
    select *,
           case when list_contains(string_split(replace(lower($closed_statuses), ', ', ','), ','), trim(lower(status))) then 'closed'
                when list_contains(string_split(replace(lower($resolved_statuses), ', ', ','), ','), trim(lower(status))) then 'resolved'
                when list_contains(string_split(replace(lower($open_statuses), ', ', ','), ','), trim(lower(status))) then 'open'
                else 'unclear' end as stage
    from ticket_incident
), judged as (
    select *,
           concat_ws(', ', case when coalesce(trim(severity), '') = '' then 'severity' end,
                           case when coalesce(trim(owner), '') = '' then 'owner' end,
                           case when detected_at is null then 'time of detection' end,
                           case when declared_at is null then 'time of declaration' end,
                           case when stage in ('resolved', 'closed') and contained_at is null then 'time of containment' end,
                           case when stage in ('resolved', 'closed') and resolved_at is null then 'time of resolution' end,
                           case when stage = 'closed' and closed_at is null then 'time of closing' end) as missing,
           coalesce(detected_at > declared_at, false) or coalesce(detected_at > contained_at, false)
               or coalesce(contained_at > resolved_at, false) or coalesce(resolved_at > closed_at, false)
               or coalesce(detected_at > resolved_at, false) or coalesce(contained_at > closed_at, false) as disordered
    from staged
)
select scope_id, row_key,
       case when missing <> '' or disordered                                              then 'FAIL'
            when stage = 'unclear' or phi_involved is null                                then 'NOT_EVALUATED'
            when stage in ('open', 'resolved', 'closed') and missing = '' and not disordered then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('incident ', coalesce(incident_key, 'without a key'), ', status ', coalesce(status, 'not stated'), ', severity ',
              coalesce(nullif(trim(severity), ''), 'not stated'), ': ',
              case when missing = '' then 'owner and times are stated' else concat('missing: ', missing) end,
              case when disordered then '; the times are not in order' else '' end,
              case when stage = 'unclear' then '; the status does not say how far it has come' else '' end,
              case when phi_involved then '; PHI was possibly involved' when phi_involved = false then '; no PHI was involved'
                   else '; it is not stated whether PHI was involved' end) as reason,
       case when phi_involved then 'look for its four-factor assessment in INC-006' end as observation
from judged
