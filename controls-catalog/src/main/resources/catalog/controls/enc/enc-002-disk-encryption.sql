select scope_id, row_key,
       case when kind = 'snapshot' and owner_account_id <> account_id   then 'NOT_APPLICABLE'
            when kind = 'default' and default_encryption                then 'PASS'
            when kind = 'default' and default_encryption = false        then 'FAIL'
            when kind = 'volume' and encrypted                          then 'PASS'
            when kind = 'snapshot' and encrypted
                 and owner_account_id = account_id                      then 'PASS'
            when kind = 'volume' and encrypted = false                  then 'FAIL'
            when kind = 'snapshot' and encrypted = false
                 and owner_account_id = account_id                      then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       case when kind = 'default'
            then concat('encryption by default in ', region, ' is ',
                        case when default_encryption then 'on' when default_encryption = false then 'off' else 'unknown' end)
            else concat(coalesce(kind, 'item of unknown kind'), ' ', coalesce(resource_id, row_key), ' in ', region,
                        case when kind = 'snapshot' and owner_account_id <> account_id
                             then concat(', owned by account ', owner_account_id)
                             when kind = 'snapshot' and owner_account_id is null then ', owner unknown' end,
                        case when encrypted then ', encrypted' when encrypted = false then ', not encrypted'
                             else ', encryption unknown' end,
                        case when attached_instance is not null then concat(', attached to ', attached_instance) end)
            end as reason
from aws_ebs_storage
