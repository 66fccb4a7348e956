-- A vendor with PHI counts as critical whatever its tier.
with vendor as (
    select *,
           coalesce(contract_end_date < cast(as_of as date), false) as ended,
           coalesce(phi, false)
               or coalesce(list_contains(string_split(replace(lower($critical_tiers), ', ', ','), ','), trim(lower(tier))), false) as critical,
           coalesce(trim(owner), '') <> '' as owned,
           concat_ws(', ', case when coalesce(trim(tier), '') = '' then 'tier' end,
                           case when coalesce(trim(data_types), '') = '' then 'kinds of data' end,
                           case when phi is null then 'whether it has PHI' end) as missing
    from vendor_profile
)
select scope_id, row_key,
       case when ended                                                                 then 'NOT_APPLICABLE'
            when critical and not owned                                                then 'FAIL'
            when missing <> ''                                                         then 'NOT_EVALUATED'
            when critical and owned                                                    then 'PASS'
            when not critical                                                          then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('vendor ', coalesce(name, vendor_id, 'without a name'), ', tier ', coalesce(nullif(trim(tier), ''), 'not stated'), ': ',
              case when ended then concat('the contract ended on ', cast(contract_end_date as varchar))
                   else concat(case when owned then 'has an owner' else 'has no owner' end,
                               case when phi then ', gets PHI' when phi = false then ', gets no PHI' else '' end,
                               case when missing <> '' then concat('; not stated: ', missing) else '' end) end) as reason,
       case when not ended and phi
                 and not coalesce(list_contains(string_split(replace(lower($critical_tiers), ', ', ','), ','), trim(lower(tier))), false)
            then 'gets PHI and is not in a critical tier'
            when not ended and not critical and not owned then 'no owner' end as observation
from vendor
