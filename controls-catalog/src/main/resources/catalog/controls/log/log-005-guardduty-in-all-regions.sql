-- One finding for each region that the account can see. Off in a region and "could not be asked" are different.
with detector as (
    select account_id, region, count(*) as all_of_them, count_if(status = 'ENABLED') as enabled,
           count_if(status = 'DISABLED') as disabled,
           string_agg(concat(detector_id, ' ', coalesce(status, 'of unknown status')), ', ' order by detector_id, status) as words
    from aws_guardduty_detector
    group by account_id, region
), asked as (
    select account_id, region, bool_or(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'aws_guardduty_detector'
    group by account_id, region
), seen as (
    select region.scope_id, region.row_key, region.region_name, region.opt_status,
           coalesce(all_of_them, 0) as all_of_them, coalesce(enabled, 0) as enabled, coalesce(disabled, 0) as disabled,
           words, coalesce(whole, false) as whole
    from aws_account_region as region
    left join detector on detector.account_id = region.account_id and detector.region = region.region_name
    left join asked on asked.account_id = region.account_id and asked.region = region.region_name
)
select scope_id, row_key,
       case when opt_status = 'DISABLED'                                       then 'NOT_APPLICABLE'
            when opt_status is null
                 or opt_status not in ('ENABLED', 'ENABLED_BY_DEFAULT')        then 'NOT_EVALUATED'
            when enabled > 0                                                   then 'PASS'
            when all_of_them > 0 and disabled = all_of_them                    then 'FAIL'
            when all_of_them = 0 and whole                                     then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('region ', coalesce(region_name, row_key), ', ',
              case when opt_status = 'DISABLED' then 'not enabled in the account'
                   when opt_status is null then 'opt status unknown'
                   when opt_status not in ('ENABLED', 'ENABLED_BY_DEFAULT') then concat('opt status ', opt_status)
                   when all_of_them > 0 then concat('enabled in the account, GuardDuty detector ', words)
                   when whole then 'enabled in the account, no GuardDuty detector'
                   else 'enabled in the account, its GuardDuty detectors could not be listed' end) as reason
from seen
