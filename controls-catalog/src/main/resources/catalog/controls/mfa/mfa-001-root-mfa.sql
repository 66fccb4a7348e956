-- Facts of the account summary; the report's root row says where root sign-in does not exist at all.
with root as (
    select summary.scope_id, summary.row_key,
           summary.account_mfa_enabled as mfa, summary.account_password_present as password,
           summary.account_access_keys_present as keys, summary.account_signing_certificates_present as certificates,
           root.password_enabled_note as report_password_note, root.mfa_active as report_mfa
    from aws_iam_account_summary as summary
    left join aws_iam_root as root on root.scope_id = summary.scope_id
)
select scope_id, row_key,
       case when mfa = 1                                                           then 'PASS'
            when mfa = 0 and password = 0 and keys = 0 and certificates = 0        then 'NOT_APPLICABLE'
            when mfa = 0 and report_password_note = 'not_supported'
                 and keys = 0 and certificates = 0                                 then 'NOT_EVALUATED'
            when mfa = 0 and (password > 0 or keys > 0 or certificates > 0)        then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('root second factor: ', coalesce(cast(mfa as varchar), 'unknown'),
              ', password: ', coalesce(cast(password as varchar), 'unknown'),
              ', access keys: ', coalesce(cast(keys as varchar), 'unknown'),
              ', signing certificates: ', coalesce(cast(certificates as varchar), 'unknown'),
              ' (account summary)',
              case when mfa = 0 and password = 0 and keys = 0 and certificates = 0
                   then '; root has no credentials that a factor could protect'
                   when mfa = 0 and report_password_note = 'not_supported' and keys = 0 and certificates = 0
                   then '; the report does not support root sign-in here (not_supported)'
                   else '' end) as reason,
       case when mfa = 1 and report_mfa = false then 'the credential report, up to four hours older, shows no factor yet'
            when mfa = 1 and (keys > 0 or certificates > 0)
            then 'a program that signs with a root key needs no factor, see IAM-003' end as observation
from root
