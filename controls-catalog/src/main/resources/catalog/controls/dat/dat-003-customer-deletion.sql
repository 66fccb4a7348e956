-- Each customer whose contract ended or who asked: whether the data was deleted by the due day, and who made sure.
with dated as (
    select *, cast(as_of as date) as today, coalesce(contract_end, requested_at) as base,
           trim(coalesce(verified_by, '')) <> '' as verified
    from ticket_customer_deletion
), reckoned as (                                  -- days beyond the due day; negative where it is still to come
    select *,
           case when deletion_due is not null then date_sub('day', deletion_due, coalesce(completed_at, today))
                else date_sub('day', base, coalesce(completed_at, today)) - $default_days end as over,
           completed_at > today as ahead
    from dated
)
select scope_id, row_key,
       case when over is null or ahead                                      then 'NOT_EVALUATED'
            when over > 0                                                   then 'FAIL'
            when completed_at is null and over <= 0                         then 'NOT_APPLICABLE'
            when completed_at is not null and not verified                  then 'FAIL'
            when completed_at is not null and over <= 0 and verified        then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('customer ', coalesce(customer_ref, 'without a reference'), ', ',
              case when deletion_due is not null then concat('due ', strftime(deletion_due, '%Y-%m-%d'), ' by contract')
                   when contract_end is not null then concat('contract ended ', strftime(contract_end, '%Y-%m-%d'), ', limit ', $default_days, ' days')
                   when requested_at is not null then concat('asked on ', strftime(requested_at, '%Y-%m-%d'), ', limit ', $default_days, ' days')
                   else 'no day from which the limit runs' end,
              ': ',
              case when completed_at is null then 'not deleted' else concat('deleted ', strftime(completed_at, '%Y-%m-%d')) end,
              case when over is null then ''
                   when ahead then ', which lies after the day of the export'
                   when over > 0 then concat(', ', over, ' days late')
                   when completed_at is null then concat(', ', -over, ' days left')
                   else ' in time' end,
              case when completed_at is null then ''
                   when verified then concat(', verified by ', verified_by)
                   else ', with no record of who verified it' end) as reason,
       case when over is null or coalesce(ahead, false) or completed_at is null then null
            when verified and lower(trim(verified_by)) = lower(trim(performed_by)) then 'verified by the one who deleted'
            when backup_expiry_at > today then concat('backups hold the data until ', strftime(backup_expiry_at, '%Y-%m-%d'))
            when confirmed_to_customer_at is null then 'no confirmation to the customer is recorded' end as observation
from reckoned
