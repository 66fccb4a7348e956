-- Each finding of a penetration test: the days until it was fixed, and whether the tester saw that it is.
with told as (
    select *, lower(trim(severity)) as grade, cast(as_of as date) as today,
           case lower(trim(severity)) when 'critical' then $critical_days when 'high' then $high_days
                                      when 'medium' then $medium_days end as limit_days,
           case when trim(coalesce(retest_result, '')) = '' and retested_at is null then 'none'
                when list_contains(string_split(replace(lower($passed_results), ', ', ','), ','), lower(trim(retest_result))) then 'passed'
                when list_contains(string_split(replace(lower($failed_results), ', ', ','), ','), lower(trim(retest_result))) then 'failed'
                else 'unclear' end as retest
    from ticket_pentest_finding
), reckoned as (
    select *, fixed_at is not null and retest <> 'failed' as fixed,
           coalesce(fixed_at < reported_at or fixed_at > today or retested_at > today or retested_at < fixed_at
                    or reported_at > today, reported_at is null or false) as impossible,
           date_sub('day', reported_at, case when fixed_at is not null and retest <> 'failed' then fixed_at else today end) as days,
           date_sub('day', reported_at, today) as age
    from told
)
select scope_id, row_key,
       case when grade in ('low', 'informational', 'info', 'none')              then 'NOT_APPLICABLE'
            when limit_days is null or impossible or days is null               then 'NOT_EVALUATED'
            when days > limit_days                                              then 'FAIL'
            when retest = 'unclear'                                             then 'NOT_EVALUATED'
            when grade in ('critical', 'high') and fixed and retest = 'none' and age > limit_days then 'FAIL'
            when days between 0 and limit_days                                  then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('finding ', coalesce(finding_id, 'without an id'), ' of ', coalesce(test_id, 'an unknown test'), ', ',
              coalesce(severity, 'severity not stated'),
              case when grade in ('low', 'informational', 'info', 'none') then ': no deadline for this severity'
                   when impossible then ': its dates are missing or cannot be'
                   when limit_days is null then ': no deadline is known for this severity'
                   else concat(case when fixed then concat(': fixed after ', days, ' days')
                                    when retest = 'failed' then concat(': found open again by the retest, open for ', days, ' days')
                                    else concat(': open for ', days, ' days') end,
                               ', limit ', limit_days, ' days',
                               case when not fixed then ''
                                    when retest = 'passed' then ', retest passed'
                                    when retest = 'unclear' then concat(', retest says ', coalesce(retest_result, 'nothing'))
                                    when grade in ('critical', 'high') then ', closed without a retest'
                                    else ', no retest' end,
                               case when ticket_key is null then '' else concat('; ticket ', ticket_key) end,
                               case when exception_id is null then '' else concat('; exception ', exception_id, ', see the acceptances') end)
                   end) as reason,
       case when grade in ('critical', 'high') and fixed and retest = 'none' and not impossible and age <= limit_days
            then 'fixed in time; the retest is outstanding' end as observation
from reckoned
