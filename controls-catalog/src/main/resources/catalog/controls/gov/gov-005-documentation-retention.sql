-- The years count from the later of creation and last effect; for what is still in effect, from the day of the listing.
with counted as (
    select *,
           case when in_effect then cast(as_of as date)
                when in_effect = false then greatest(created_date, last_in_effect_date) end as counts_from
    from register_retention
), judged as (
    select *, cast(counts_from + to_years($retention_years) as date) as needed_until,
           cast(created_date + to_days(cast(deletes_after_days as integer)) as date) as deleted_on,
           coalesce(trim(lower(deletes_after_note)), '') = 'never' and deletes_after_days is null as never_deleted
    from counted
)
select scope_id, row_key,
       case when hipaa = false                                                         then 'NOT_APPLICABLE'
            when hipaa is null or counts_from is null or (in_effect = false and last_in_effect_date is null) then 'NOT_EVALUATED'
            when retain_until_date < needed_until or deleted_on < needed_until         then 'FAIL'
            when (retain_until_date >= needed_until or (in_effect and retain_until_date is null))
                 and (never_deleted or deleted_on >= needed_until)                     then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('records ', coalesce(record_class, 'of no class'), ' in ', coalesce(location, 'an unknown place'), ': ',
              case when hipaa = false then 'not asked for by HIPAA'
                   else concat(case when hipaa is null then 'whether HIPAA asks for them is not stated; ' else '' end,
                               case when in_effect then 'in effect' when in_effect = false
                                    then concat('last in effect ', coalesce(cast(last_in_effect_date as varchar), 'on an unknown day'))
                                    else 'not stated whether in effect' end,
                               ', needed until ', coalesce(cast(needed_until as varchar), 'an unknown day'), ' (', $retention_years, ' years)',
                               ', kept until ', coalesce(cast(retain_until_date as varchar), 'no stated day'), ', ',
                               case when never_deleted then 'deleted by no rule'
                                    when deleted_on is not null then concat('deleted by rule on ', cast(deleted_on as varchar))
                                    else 'deletion rule unknown' end) end) as reason,
       case when hipaa and coalesce(object_lock_days, 0) = 0 then 'no lock keeps them from being deleted by hand' end as observation
from judged
