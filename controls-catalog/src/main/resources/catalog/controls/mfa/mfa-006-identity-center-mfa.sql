-- Each instance as a person captured its page; the words of the columns are those of the table's definition.
with aged as (
    select *, case when captured_at <= as_of then date_sub('day', captured_at, as_of) end as age_days from aws_sso_mfa_setting
)
select scope_id, row_key,
       case when identity_source = 'external'                                                          then 'NOT_APPLICABLE'
            when coalesce(identity_source, '') not in ('identity_center', 'active_directory')          then 'NOT_EVALUATED'
            when mfa_mode in ('context_aware', 'disabled')                                             then 'FAIL'
            when unregistered_mode in ('allow_sign_in', 'one_time_password_by_email')                  then 'FAIL'
            when mfa_mode = 'always' and unregistered_mode in ('require_registration', 'block_sign_in')
                 and age_days between 0 and $max_capture_age_days and captured_by is not null          then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('instance ', coalesce(instance_arn, 'without an ARN'), ', identity source ', coalesce(identity_source, 'not stated'),
              case when identity_source = 'external' then ', whose own policy decides'
                   else concat(': second factor ', coalesce(mfa_mode, 'not stated'), ', users without a device ',
                               coalesce(unregistered_mode, 'not stated'), ', captured ',
                               case when captured_by is null then 'by nobody named' else concat('by ', captured_by) end, ' ',
                               case when age_days is null then 'at an unknown time' else concat(age_days, ' days before') end,
                               ', limit ', $max_capture_age_days, ' days') end) as reason
from aged
