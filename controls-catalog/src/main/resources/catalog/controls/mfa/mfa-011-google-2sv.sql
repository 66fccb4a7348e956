-- Whole days since the user was made; a new user has some days to set 2-step verification up, none without its enforcement.
with aged as (
    select *, date_sub('day', created_at, as_of) as age_days from google_user
)
select scope_id, row_key,
       case when suspended or archived                                                       then 'NOT_APPLICABLE'
            when is_enforced_in_2sv = false                                                  then 'FAIL'
            when is_enrolled_in_2sv = false and age_days > $grace_days                       then 'FAIL'
            when suspended = false and archived = false and is_enforced_in_2sv
                 and (is_enrolled_in_2sv or (is_enrolled_in_2sv = false and age_days between 0 and $grace_days)) then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(primary_email, 'a user without an address'), ': ',
              case when suspended then 'suspended' when archived then 'archived'
                   else concat('2-step verification ',
                               case when is_enrolled_in_2sv then 'set up' when is_enrolled_in_2sv = false then 'not set up' else 'not stated whether set up' end, ', ',
                               case when is_enforced_in_2sv then 'enforced' when is_enforced_in_2sv = false then 'not enforced' else 'not stated whether enforced' end,
                               case when is_enrolled_in_2sv then ''
                                    else concat(', account ', case when age_days is null then 'of unknown age' else concat(age_days, ' days old') end,
                                                ', limit ', $grace_days, ' days') end,
                               case when suspended is null or archived is null then ', whether suspended or archived is not stated' else '' end) end) as reason,
       case when is_enforced_in_2sv and is_enrolled_in_2sv = false and age_days between 0 and $grace_days and suspended = false and archived = false
            then 'a new account within its days to set up' end as observation
from aged
