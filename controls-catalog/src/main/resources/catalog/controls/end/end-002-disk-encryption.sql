-- An unknown state is given time from the day of enrolment, and fails afterwards.
with aged as (
    select *, date_sub('day', enrolled_at, as_of) as enrolled_days from mdm_disk_encryption
)
select scope_id, row_key,
       case when encrypted = false                                              then 'FAIL'
            when encrypted                                                      then 'PASS'
            when encrypted is null and enrolled_days > $grace_days              then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('device ', coalesce(device_id, 'without an id'), ', ', coalesce(platform, 'platform unknown'), ': ',
              case when encrypted then concat('disks are encrypted', coalesce(concat(' with ', encryption_method), ''))
                   when encrypted = false then 'disks are not encrypted'
                   else concat('the system does not know whether disks are encrypted',
                               coalesce(concat(' (', encrypted_note, ')'), ''), ', enrolled ',
                               case when enrolled_days is null then 'on an unknown day'
                                    else concat(enrolled_days, ' days ago') end, ', limit ', $grace_days, ' days') end) as reason,
       case when encrypted and recovery_key_escrowed = false then 'no recovery key is kept in the system'
            when encrypted and recovery_key_escrowed is null then 'whether a recovery key is kept is unknown' end as observation
from aged
