-- For each critical vendor the report that covers the latest day; a report of the future covers nothing yet.
with vendor as (
    select *,
           coalesce(contract_end_date < cast(as_of as date), false) as ended,
           case when phi then true
                when list_contains(string_split(replace(lower($critical_tiers), ', ', ','), ','), trim(lower(tier))) then true
                when phi = false and trim(tier) <> '' then false end as critical
    from vendor_profile
), latest as (
    select *, row_number() over (partition by lower(trim(vendor_id)) order by period_end_date desc, reviewed_date desc nulls last,
                                 scope_id, row_key) as place
    from vendor_review
    where period_end_date <= cast(as_of as date)
), read_state as (
    select count(*) > 0 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'vendor_review'
), judged as (
    select vendor.scope_id, vendor.row_key, vendor.vendor_id, vendor.name, vendor.tier, vendor.ended, vendor.critical,
           vendor.contract_end_date, latest.review_id is not null or latest.row_key is not null as found,
           latest.report_type, latest.period_end_date, latest.opinion, latest.exceptions, latest.exceptions_assessed, latest.cuecs,
           latest.cuecs_mapped, latest.gap_letter_until_date,
           date_diff('day', latest.period_end_date, cast(vendor.as_of as date)) as age_days,
           coalesce(latest.gap_letter_until_date >= cast(vendor.as_of as date), false) as bridged,
           coalesce(trim(latest.reviewed_by), '') <> '' and latest.reviewed_date is not null as was_read,
           list_contains(string_split(replace(lower($clean_opinions), ', ', ','), ','), trim(lower(latest.opinion))) as clean,
           coalesce(read_state.whole, false) as whole
    from vendor
    left join latest on lower(trim(latest.vendor_id)) = lower(trim(vendor.vendor_id)) and latest.place = 1
    cross join read_state
)
select scope_id, row_key,
       case when ended or critical = false                                             then 'NOT_APPLICABLE'
            when critical is null or not whole                                         then 'NOT_EVALUATED'
            when not found                                                             then 'FAIL'
            when age_days > $max_report_age_days and not bridged                       then 'FAIL'
            when not was_read                                                          then 'FAIL'
            when exceptions_assessed = false and (clean = false or exceptions > 0)     then 'FAIL'
            when cuecs_mapped = false and (cuecs is null or cuecs > 0)                 then 'FAIL'
            when was_read and (age_days between 0 and $max_report_age_days or bridged)
                 and (exceptions_assessed or (clean and exceptions = 0))
                 and (cuecs_mapped or cuecs = 0)                                       then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('vendor ', coalesce(name, vendor_id, 'without a name'), ', tier ', coalesce(nullif(trim(tier), ''), 'not stated'), ': ',
              case when ended then concat('the contract ended on ', cast(contract_end_date as varchar))
                   when critical = false then 'not critical'
                   when critical is null then 'whether it is critical is not stated'
                   when not found then case when whole then 'no report was reviewed' else 'no review was found, and reviews were not read whole' end
                   else concat(coalesce(report_type, 'report'), ' until ', cast(period_end_date as varchar), ', ', age_days, ' days ago, limit ',
                               $max_report_age_days, ' days',
                               case when gap_letter_until_date is not null
                                    then concat(', bridge letter until ', cast(gap_letter_until_date as varchar)) else '' end,
                               '; ', case when was_read then 'read by a named person' else 'not known to be read' end,
                               '; opinion ', coalesce(nullif(trim(opinion), ''), 'not stated'), ', exceptions ',
                               coalesce(cast(exceptions as varchar), 'not stated'),
                               case when exceptions_assessed then ', assessed' when exceptions_assessed = false then ', not assessed' else '' end,
                               '; user controls ', case when cuecs = 0 then 'none' when cuecs_mapped then 'mapped'
                                                        when cuecs_mapped = false then 'not mapped' else 'not stated' end,
                               case when whole then '' else '; reviews were not read whole' end) end) as reason,
       case when critical and not ended and found and age_days > $max_report_age_days and bridged
            then 'the report is past its age and rests on the vendor''s bridge letter' end as observation
from judged
