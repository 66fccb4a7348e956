-- Whole days between the creation of the key and the instant of the listing; date_diff would count midnights.
with aged as (
    select *, date_sub('day', created_at, as_of) as age_days from aws_iam_access_key
)
select scope_id, row_key,
       case when status = 'Inactive'                              then 'NOT_APPLICABLE'
            when status = 'Active' and age_days > $max_age_days   then 'FAIL'
            when status = 'Active' and age_days between 0 and $max_age_days then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('key of ', coalesce(user_name, 'an unknown user'), ', status ', coalesce(status, 'unknown'), ', age ',
              case when age_days is null then 'unknown' else concat(age_days, ' days') end, ', limit ', $max_age_days, ' days') as reason
from aged
