with aged as (
    select *, date_sub('second', last_recovery_point_at, as_of) as age_seconds,
           list_contains(string_split($phi_classes, ','), lower(data_classification)) as holds_phi,
           list_contains(string_split($exempt_criticality, ','), lower(criticality)) as exempt
    from aws_data_store
), judged as (
    select *,
           case when protected_by is not null then protected_by <> 'none' end as covered,
           case when last_recovery_point_note = 'never' then false
                when age_seconds > $rpo_hours * 3600 then false
                when age_seconds between -3600 and $rpo_hours * 3600 then true end as recent,
           case when retention_note = 'never_expires' then true
                when holds_phi then retention_days >= $phi_min_retention_days
                when holds_phi = false then retention_days >= $min_retention_days
                when retention_days < least($min_retention_days, $phi_min_retention_days) then false
                when retention_days >= greatest($min_retention_days, $phi_min_retention_days) then true end as kept
    from aged
)
select scope_id, row_key,
       case when exempt                                                      then 'NOT_APPLICABLE'
            when covered = false or recent = false or kept = false           then 'FAIL'
            when covered and recent and kept                                 then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(type, 'store'), ' ', coalesce(resource_arn, row_key), ', class ', coalesce(data_classification, 'not stated'), ': ',
              case when exempt then concat('criticality ', criticality, ', needs no backup')
                   when covered = false then 'no backup covers it'
                   else concat(case when covered then concat('covered by ', protected_by) else 'what covers it could not be read' end,
                        ', newest recovery point ',
                        case when last_recovery_point_note = 'never' then 'never made'
                             when age_seconds is null then 'unknown'
                             when age_seconds < -3600 then 'after the reading'
                             else concat(greatest(age_seconds, 0) // 3600, ' hours before the reading') end,
                        ', limit ', $rpo_hours, ' hours, kept ',
                        case when retention_note = 'never_expires' then 'without end'
                             when retention_days is null then 'for an unknown time'
                             else concat(retention_days, ' days') end,
                        ', limit ', case when holds_phi then concat($phi_min_retention_days, ' days')
                                         when holds_phi = false then concat($min_retention_days, ' days')
                                         else concat($min_retention_days, ' or, for ePHI, ', $phi_min_retention_days, ' days') end) end) as reason
from judged
