-- The first signature says whether the agreement came before the data, the newest one in force which clauses bind now.
with agreement as (
    select lower(trim(vendor_id)) as vendor_key, scope_id, row_key, signed_date, breach_notice_days, safeguards_clause,
           subcontractor_clause, incident_report_clause, coalesce(trim(signatories), '') <> '' as signatories_stated,
           coalesce(ended_date < cast(as_of as date), false) as ended
    from vendor_agreement
    where signed_date <= cast(as_of as date)
      and list_contains(string_split(replace(lower($baa_kinds), ', ', ','), ','), trim(lower(kind)))
), first_signed as (
    select vendor_key, min(signed_date) as signed_date from agreement group by vendor_key
), in_force as (
    select *, row_number() over (partition by vendor_key order by signed_date desc, scope_id, row_key) as place
    from agreement
    where not ended
), read_state as (
    select count(*) > 0 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'vendor_agreement'
), judged as (
    select vendor.scope_id, vendor.row_key, vendor.vendor_id, vendor.name, vendor.phi, vendor.first_phi_transfer_date as transfer_date,
           vendor.contract_end_date, coalesce(vendor.contract_end_date < cast(vendor.as_of as date), false) as ended,
           in_force.vendor_key is not null as bound, first_signed.signed_date as first_date,
           in_force.signed_date, in_force.breach_notice_days, in_force.safeguards_clause, in_force.subcontractor_clause,
           in_force.incident_report_clause, coalesce(in_force.signatories_stated, false) as signatories_stated,
           coalesce(vendor.first_phi_transfer_date < first_signed.signed_date, false) as too_late,
           coalesce(read_state.whole, false) as whole,
           concat_ws(', ', case when in_force.safeguards_clause = false then 'safeguards' end,
                           case when in_force.subcontractor_clause = false then 'subcontractors' end,
                           case when in_force.incident_report_clause = false then 'reports of incidents' end) as lacking,
           concat_ws(', ', case when in_force.safeguards_clause is null then 'the clause on safeguards' end,
                           case when in_force.subcontractor_clause is null then 'the clause on subcontractors' end,
                           case when in_force.incident_report_clause is null then 'the clause on reports of incidents' end,
                           case when in_force.breach_notice_days is null then 'days to tell of a breach' end,
                           case when not coalesce(in_force.signatories_stated, false) then 'signatories' end,
                           case when vendor.first_phi_transfer_date is null then 'day of the first transfer' end) as missing
    from vendor_profile as vendor
    left join in_force on in_force.vendor_key = lower(trim(vendor.vendor_id)) and in_force.place = 1
    left join first_signed on first_signed.vendor_key = lower(trim(vendor.vendor_id))
    cross join read_state
)
select scope_id, row_key,
       case when ended or phi = false                                                  then 'NOT_APPLICABLE'
            when phi is null or not whole                                              then 'NOT_EVALUATED'
            when not bound or too_late or lacking <> ''                                then 'FAIL'
            when breach_notice_days > $max_breach_notice_days                          then 'FAIL'
            when missing <> ''                                                         then 'NOT_EVALUATED'
            when bound and breach_notice_days between 0 and $max_breach_notice_days
                 and safeguards_clause and subcontractor_clause and incident_report_clause then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('vendor ', coalesce(name, vendor_id, 'without a name'), ': ',
              case when ended then concat('the contract ended on ', cast(contract_end_date as varchar))
                   when phi = false then 'gets no PHI'
                   when phi is null then 'whether it gets PHI is not stated'
                   else concat('gets PHI since ', coalesce(cast(transfer_date as varchar), 'an unknown day'), '; ',
                               case when bound then concat('agreement in force, first signed ', cast(first_date as varchar),
                                                           case when first_date <> signed_date
                                                                then concat(', last ', cast(signed_date as varchar)) else '' end,
                                                           '; breach notice within ',
                                                           coalesce(cast(breach_notice_days as varchar), 'an unknown number of'), ' days, limit ',
                                                           $max_breach_notice_days)
                                    when first_date is not null then concat('no agreement in force, the one of ', cast(first_date as varchar), ' ended')
                                    else 'no signed agreement' end,
                               case when too_late then '; signed after the first transfer' else '' end,
                               case when bound and lacking <> '' then concat('; without a clause on ', lacking) else '' end,
                               case when bound and missing <> '' then concat('; not stated: ', missing) else '' end,
                               case when whole then '' else '; agreements were not read whole' end) end) as reason,
       cast(null as varchar) as observation
from judged
