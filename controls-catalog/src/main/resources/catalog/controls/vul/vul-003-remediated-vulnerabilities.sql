-- Each closed finding: the days it was open against the deadline that its severity, known exploitation and exposure give it.
with possible as (
    select *, date_sub('day', first_observed_at, closed_at) as age_days,
           case severity when 'CRITICAL' then $critical_days when 'HIGH' then $high_days
                         when 'MEDIUM' then $medium_days when 'LOW' then $low_days end as severity_days,
           -- a catalogue of exploited vulnerabilities lists no settings and no flaws of own code
           case when finding_type in ('CODE_VULNERABILITY', 'NETWORK_REACHABILITY') then coalesce(in_kev, false)
                else in_kev end as exploited
    from aws_inspector_finding
), bounded as (
    select *,
           coalesce(severity_days, least($critical_days, $high_days, $medium_days, $low_days)) as severity_low,
           coalesce(severity_days, greatest($critical_days, $high_days, $medium_days, $low_days)) as severity_high,
           case when exploited = false then null
                when internet_exposed then $kev_exposed_days
                when not internet_exposed then $kev_days
                else least($kev_exposed_days, $kev_days) end as kev_low,
           case when coalesce(exploited, false) = false then null
                when internet_exposed then $kev_exposed_days
                when not internet_exposed then $kev_days
                else greatest($kev_exposed_days, $kev_days) end as kev_high
    from possible
), judged as (                     -- the earliest and the latest deadline that the known facts allow; least() passes over nulls
    select *, least(severity_low, kev_low) as limit_low, least(severity_high, kev_high) as limit_high,
           coalesce(severity = 'INFORMATIONAL' and not coalesce(exploited, false), false) as informal,
           coalesce(status = 'CLOSED' and closed_at <= as_of, false) as concerned, coalesce(status in ('ACTIVE', 'SUPPRESSED'), false) as outside
    from bounded
)
select scope_id, row_key,
       case when outside                                    then 'NOT_APPLICABLE'
            when concerned and informal                     then 'NOT_APPLICABLE'
            when concerned and age_days > limit_high        then 'FAIL'
            when concerned and age_days between 0 and limit_low then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(cve, finding_type, 'finding'), ' on ', coalesce(resource_id, 'an unknown resource'),
              case when outside then ': not closed, see VUL-002'
                   else concat(': closed after ', case when age_days is null then 'an unknown time' else concat(age_days, ' days') end,
                               case when concerned then '' else concat(', status ', coalesce(status, 'not stated')) end,
                               '; severity ', coalesce(lower(severity), 'not stated'),
                               case when exploited then ', known to be exploited' when exploited is null then ', whether it is exploited was not read'
                                    else '' end,
                               case when exploited = false then '' when internet_exposed then ', reachable from the internet'
                                    when not internet_exposed then ', not reachable from the internet'
                                    else ', reachable from the internet or not is not known' end,
                               case when informal then ', for which there is no deadline'
                                    when limit_low = limit_high then concat(', limit ', limit_low, ' days')
                                    else concat(', limit ', limit_low, ' to ', limit_high, ' days by what is not known') end,
                               case when ticket_key is null then '' else concat('; ticket ', ticket_key) end) end) as reason
from judged
