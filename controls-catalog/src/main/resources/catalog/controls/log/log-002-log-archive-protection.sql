select scope_id, row_key,
       case when trail_account_id <> account_id or home_region <> region        then 'NOT_APPLICABLE'
            when trail_account_id is null or home_region is null                then 'NOT_EVALUATED'
            when log_file_validation_enabled = false or public                  then 'FAIL'
            when log_file_validation_enabled and public = false                 then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('trail ', coalesce(trail_arn, row_key), ': ',
              case when trail_account_id <> account_id
                   then concat('set by account ', trail_account_id, ', which owns it')
                   when home_region <> region then concat('a shadow of the trail in its home region ', home_region)
                   else concat('log file validation ',
                               case when log_file_validation_enabled then 'on' when log_file_validation_enabled = false then 'off'
                                    else 'unknown' end,
                               ', bucket ', coalesce(s3_bucket, 'not stated'),
                               case when public then ' is public' when public = false then ' is not public'
                                    else ', whether it is public could not be read' end) end) as reason,
       case when trail_account_id = account_id and home_region = region
            then nullif(concat_ws('; ',
                case when bucket_account_id = trail_account_id then 'the bucket is in the account of the trail' end,
                case when object_lock_mode = 'none' then 'the bucket has no object lock' end,
                case when versioning in ('Suspended', 'Off') then concat('versioning is ', lower(versioning)) end,
                case when json_array_length(principals_with_delete) > 0
                     then concat('the bucket policy lets ', json_array_length(principals_with_delete),
                                 ' principals delete') end), '') end as observation
from aws_cloudtrail_archive
