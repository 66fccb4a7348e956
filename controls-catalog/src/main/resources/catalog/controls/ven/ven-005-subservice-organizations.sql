-- Days relied on must lie inside the report's period, or before the end of its bridge letter.
with judged as (
    select *,
           case when period_end_date is not null
                then greatest(period_end_date, coalesce(gap_letter_until_date, period_end_date)) end as covered_until,
           coalesce(trim(reviewed_by), '') <> '' and reviewed_date is not null as was_read,
           case when json_valid(controls_relied_on) then json_array_length(controls_relied_on) end as relied
    from vendor_subservice
)
select scope_id, row_key,
       case when period_start_date > relied_from_date                                  then 'FAIL'
            when covered_until < relied_until_date                                     then 'FAIL'
            when not was_read                                                          then 'FAIL'
            when relied_exceptions > 0 and exceptions_assessed = false                 then 'FAIL'
            when relied_until_date < relied_from_date or period_end_date < period_start_date then 'NOT_EVALUATED'
            when was_read and period_start_date <= relied_from_date and covered_until >= relied_until_date
                 and relied > 0 and (relied_exceptions = 0 or exceptions_assessed)     then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(provider, 'an unnamed provider'), ', ', coalesce(report, 'report not named'), ': relied on from ',
              coalesce(cast(relied_from_date as varchar), 'an unknown day'), ' to ', coalesce(cast(relied_until_date as varchar), 'an unknown day'),
              '; the report covers ', coalesce(cast(period_start_date as varchar), 'an unknown day'), ' to ',
              coalesce(cast(period_end_date as varchar), 'an unknown day'),
              case when gap_letter_until_date is not null then concat(', a bridge letter until ', cast(gap_letter_until_date as varchar)) else '' end,
              '; controls relied on: ', coalesce(cast(relied as varchar), 'not stated'), ', exceptions on them: ',
              coalesce(cast(relied_exceptions as varchar), 'not stated'),
              case when exceptions_assessed then ', assessed' when exceptions_assessed = false then ', not assessed' else '' end,
              '; ', case when was_read then 'read by a named person' else 'not known to be read' end) as reason,
       case when period_end_date < relied_until_date and covered_until >= relied_until_date
            then concat(date_diff('day', period_end_date, relied_until_date), ' days rest on the bridge letter') end as observation
from judged
