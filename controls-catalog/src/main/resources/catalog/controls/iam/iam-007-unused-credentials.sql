-- Each user's password and two keys. One that was never used is not passed: it counts from its last change.
with credential as (
    select scope_id, row_key, as_of, user_name, 'password' as name,
           password_enabled as enabled, password_enabled_note as enabled_note,
           password_last_used as used_at, password_last_used_note as used_note, password_last_changed as changed_at
    from aws_iam_credential_report
    union all
    select scope_id, row_key, as_of, user_name, 'access key 1',
           access_key_1_active, access_key_1_active_note,
           access_key_1_last_used_date, access_key_1_last_used_date_note, access_key_1_last_rotated
    from aws_iam_credential_report
    union all
    select scope_id, row_key, as_of, user_name, 'access key 2',
           access_key_2_active, access_key_2_active_note,
           access_key_2_last_used_date, access_key_2_last_used_date_note, access_key_2_last_rotated
    from aws_iam_credential_report
), measured as (
    select *,
           used_at is null and coalesce(used_note in ('no_information', 'N/A'), false) as never_used,
           case when used_at is not null then date_sub('day', used_at, as_of)
                when used_note in ('no_information', 'N/A') then date_sub('day', changed_at, as_of)
                end as unused_days
    from credential
), judged as (
    select *,
           case when enabled = false                                          then 'off'
                when enabled = true and unused_days > $max_unused_days        then 'over'
                when enabled = true and unused_days between 0 and $max_unused_days then 'within'
                else 'unknown' end as state,
           case when enabled = false then concat(name, ' off')
                when enabled is null then concat(name, ' with the state ', coalesce(enabled_note, 'not stated'))
                when unused_days is null
                    then concat(name, ' with the last use ', coalesce(used_note, 'not stated'),
                                ' and an unknown last change')
                when never_used then concat(name, ' never used or not since AWS keeps records (', used_note,
                                            '), last changed ', unused_days, ' days before')
                else concat(name, ' last used ', unused_days, ' days before') end as words
    from measured
)
select scope_id, row_key,
       case when bool_or(state = 'over')                                  then 'FAIL'
            when bool_or(state = 'unknown')                               then 'NOT_EVALUATED'
            when bool_or(state = 'within')                                then 'PASS'
            when bool_and(state = 'off')                                  then 'NOT_APPLICABLE'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(user_name, 'an unknown user'), ': ',
              case when bool_and(state = 'off') then 'neither a console password nor an active access key'
                   else concat(string_agg(words, '; ' order by name desc), '; limit ', $max_unused_days, ' days')
                   end) as reason
from judged
group by scope_id, row_key, user_name
