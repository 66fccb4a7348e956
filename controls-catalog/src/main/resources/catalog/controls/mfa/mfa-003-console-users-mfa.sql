-- Root is a table of its own; a user without a console password is not called protected, but has nothing to protect.
select scope_id, row_key,
       case when password_enabled = false                         then 'NOT_APPLICABLE'
            when password_enabled = true and mfa_active = true    then 'PASS'
            when password_enabled = true and mfa_active = false   then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(user_name, 'an unknown user'), ': ',
              case when password_enabled = false then 'no console password'
                   else concat('console password ', coalesce(cast(password_enabled as varchar), password_enabled_note, 'not stated'),
                               ', second factor ', coalesce(cast(mfa_active as varchar), mfa_active_note, 'not stated'),
                               ', last sign-in ', coalesce(strftime(password_last_used, '%Y-%m-%d'),
                                                           password_last_used_note, 'not stated')) end) as reason
from aws_iam_credential_report
