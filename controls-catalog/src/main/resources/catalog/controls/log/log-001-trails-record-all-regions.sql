-- One finding for each account. Regions show the same trail again (shadow trails), so its views are put together by ARN.
with viewed as (
    select *, date_sub('second', latest_delivery_time, as_of) as lag_seconds,
           case when include_management_events = false or read_write_type <> 'All' or exclude_sources is not null then false
                when include_management_events and read_write_type = 'All' then true end as all_events
    from aws_cloudtrail_trail
), trail as (
    select account_id, trail_arn, min(trail_name) as name, bool_or(is_multi_region) as multi_region,
           bool_or(is_logging) as logging, bool_and(all_events) as all_events, min(exclude_sources) as excluded,
           min(read_write_type) as read_write_type, bool_or(include_management_events) as management_events,
           min(latest_delivery_error) as error, min(lag_seconds) as lag_seconds
    from viewed
    group by account_id, trail_arn
), checked as (
    select *,
           case when error is not null then false
                when lag_seconds > $max_delivery_lag_hours * 3600 then false
                when lag_seconds between -3600 and $max_delivery_lag_hours * 3600 then true end as delivers
    from trail
), judged as (
    select *, multi_region and logging and all_events and delivers as covers,
           concat(coalesce(name, trail_arn, 'a trail without a name'), ': ',
                  case when multi_region then 'all regions' when multi_region = false then 'one region only'
                       else 'regions unknown' end, ', ',
                  case when logging then 'logging' when logging = false then 'not logging' else 'status unknown' end, ', ',
                  case when all_events then 'all management events'
                       when management_events = false then 'no management events'
                       when excluded is not null then concat('management events without those of ', excluded)
                       when read_write_type <> 'All' then concat('management events ', read_write_type)
                       else 'events unknown' end, ', ',
                  case when error is not null then concat('last delivery failed: ', error)
                       when lag_seconds is null then 'last delivery unknown'
                       when lag_seconds < 0 then 'last delivery 0 hours before the reading'
                       else concat('last delivery ', lag_seconds // 3600, ' hours before the reading') end) as words
    from checked
), covered as (
    select account_id, count_if(covers) as good, count_if(covers is null) as unclear,
           string_agg(words, '; ' order by words) filter (where covers) as good_words,
           string_agg(words, '; ' order by words) as all_words,
           string_agg(words, '; ' order by words) filter (where not covers and multi_region) as bad_words
    from judged
    group by account_id
), listed as (
    -- a trail for all regions shows in each of them: one region that was read whole is enough to say that there is none
    select account_id, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'aws_cloudtrail_trail'
    group by account_id
)
select account.scope_id, account.row_key,
       case when covered.good > 0    then 'PASS'
            when covered.unclear > 0 then 'NOT_EVALUATED'
            when listed.whole > 0    then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('account ', account.account_id, ': ',
              case when covered.good > 0 then covered.good_words
                   when covered.all_words is not null then concat('no trail is known to cover it; ', covered.all_words)
                   when listed.whole > 0 then 'no trail at all'
                   else 'no region''s trails could be listed whole' end,
              ', limit ', $max_delivery_lag_hours, ' hours') as reason,
       case when covered.good > 0 and covered.bad_words is not null
            then concat('another trail for all regions does not work: ', covered.bad_words) end as observation
from aws_account as account
left join covered on covered.account_id = account.account_id
left join listed on listed.account_id = account.account_id
