-- One row an account: IAM's own count of users, the users it lists, the users of the credential report, and its age.
with listed as (
    select scope_id, count(*) as users from aws_iam_user group by scope_id
), reported as (
    select scope_id, count(*) as users from aws_iam_credential_report group by scope_id
), account as (
    select summary.scope_id, summary.row_key, summary.users as counted,
           coalesce(listed.users, 0) as listed, coalesce(reported.users, 0) as reported,
           root.as_of as generated_at,                     -- the root row stands in every report, so it dates the report
           date_sub('second', root.as_of, summary.as_of) as age_seconds
    from aws_iam_account_summary as summary
    left join aws_iam_root as root on root.scope_id = summary.scope_id
    left join listed on listed.scope_id = summary.scope_id
    left join reported on reported.scope_id = summary.scope_id
)
select scope_id, row_key,
       case when age_seconds > $max_report_age_hours * 3600             then 'FAIL'
            when counted <> listed or counted <> reported               then 'NOT_EVALUATED'
            when counted = listed and counted = reported
                 and age_seconds <= $max_report_age_hours * 3600        then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('users: ', coalesce(cast(counted as varchar), 'unknown'), ' by the account summary, ', listed,
              ' listed, ', reported, ' in the credential report',
              case when counted <> listed or counted <> reported then ' (the counts differ)' else '' end,
              '; report of ', coalesce(strftime(generated_at, '%Y-%m-%dT%H:%M:%SZ'), 'an unknown time'), ', ',
              case when age_seconds is null then 'age unknown'
                   when age_seconds <= 0 then 'made during this collection'
                   else concat(age_seconds // 60, ' minutes old') end,
              ', limit ', $max_report_age_hours, ' hours') as reason
from account
