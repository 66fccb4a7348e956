-- Password rules matter where an IAM user has a console password; no such user: not applicable.
with console as (
    select scope_id, count_if(password_enabled) as users, count_if(password_enabled is null) as unknown
    from aws_iam_credential_report
    group by scope_id
), report_read as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'aws_iam_credential_report'
    group by scope_id
), account as (
    select summary.scope_id, summary.row_key, policy_exists, minimum_password_length as length,
           case when policy_exists then coalesce(password_reuse_prevention, 0) end as reuse,   -- empty: not prevented
           max_password_age, expire_passwords,
           coalesce(console.users, 0) as users,
           coalesce(whole, false) and coalesce(console.unknown, 0) = 0 as users_known
    from aws_iam_account_summary as summary
    left join aws_iam_password_policy as policy on policy.scope_id = summary.scope_id
    left join console on console.scope_id = summary.scope_id
    left join report_read on report_read.scope_id = summary.scope_id
), judged as (
    select *,
           coalesce(policy_exists = false or length < $min_password_length or reuse < $reuse_prevention, false) as weak,
           policy_exists and length >= $min_password_length and reuse >= $reuse_prevention as strong
    from account
)
select scope_id, row_key,
       case when users_known and users = 0     then 'NOT_APPLICABLE'
            when weak and users > 0            then 'FAIL'
            when strong                        then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(case when policy_exists is null then 'the password policy was not read'
                   when not policy_exists then 'no password policy is set, so that the default of AWS applies'
                   else concat('password length ', coalesce(cast(length as varchar), 'unknown'), ', at least ',
                               $min_password_length, ' asked; former passwords refused ', reuse, ', at least ',
                               $reuse_prevention, ' asked') end,
              '; IAM users with a console password: ', users,
              case when users_known then '' else ' or more, since not every state is known' end) as reason,
       case when expire_passwords then concat('passwords expire after ', coalesce(cast(max_password_age as varchar),
                                              'an unknown number of'), ' days; expiry is not judged') end as observation
from judged
