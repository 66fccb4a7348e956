-- Two active keys are in order only while the newer one is young: the time in which a workload moves over.
with key_count as (
    select scope_id, user_arn,
           count_if(status = 'Active') as active,
           count_if(status is null or status not in ('Active', 'Inactive')) as unclear,
           min(case when status = 'Active' then date_sub('day', created_at, as_of) end) as newest_age_days,
           count_if(status = 'Active' and created_at is null) as undated
    from aws_iam_access_key
    group by scope_id, user_arn
), keys_read as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'aws_iam_access_key'
    group by scope_id
), counted as (
    select person.scope_id, person.row_key, person.user_name, coalesce(active, 0) as active, coalesce(unclear, 0) as unclear,
           coalesce(undated, 0) as undated, newest_age_days, coalesce(whole, false) as whole
    from aws_iam_user as person
    left join key_count on key_count.scope_id = person.scope_id and key_count.user_arn = person.arn
    left join keys_read on keys_read.scope_id = person.scope_id
), judged as (
    select *,
           active > 1 and undated = 0 and newest_age_days between 0 and $rotation_overlap_days as rotating
    from counted
)
select scope_id, row_key,
       case when active > 1 and undated = 0 and newest_age_days > $rotation_overlap_days then 'FAIL'
            when rotating and unclear = 0 and whole                                      then 'PASS'
            when active > 1 or unclear > 0 or not whole                                  then 'NOT_EVALUATED'
            when active = 1                                                              then 'PASS'
            when active = 0                                                              then 'NOT_APPLICABLE'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(user_name, 'an unknown user'), ' has ', active, ' active access ',
              case when active = 1 then 'key' else 'keys' end,
              case when unclear > 0 then concat(' and ', unclear, ' of an unknown state') else '' end,
              case when active > 1 then concat(', the newest made ',
                       case when undated > 0 then 'at an unknown time' else concat(newest_age_days, ' days before') end,
                       ', limit ', $rotation_overlap_days, ' days') else '' end,
              case when whole then '' else '; the access keys of this account were not read whole' end) as reason,
       case when rotating then 'two active keys while one is being replaced' end as observation
from judged
