-- The summary counts what exists now; the report, up to four hours older, names the two keys and certificates.
with root as (
    select summary.scope_id, summary.row_key,
           summary.account_access_keys_present as keys, summary.account_signing_certificates_present as certificates,
           root.row_key is not null as reported,
           coalesce(cast(access_key_1_active as varchar), access_key_1_active_note) as key_1,
           coalesce(cast(access_key_2_active as varchar), access_key_2_active_note) as key_2,
           coalesce(cast(cert_1_active as varchar), cert_1_active_note) as certificate_1,
           coalesce(cast(cert_2_active as varchar), cert_2_active_note) as certificate_2
    from aws_iam_account_summary as summary
    left join aws_iam_root as root on root.scope_id = summary.scope_id
)
select scope_id, row_key,
       case when keys > 0 or certificates > 0
                 or 'true' in (key_1, key_2, certificate_1, certificate_2)  then 'FAIL'
            when keys = 0 and certificates = 0
                 and key_1 in ('false', 'not_supported', 'N/A')
                 and key_2 in ('false', 'not_supported', 'N/A')             then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('the account summary counts ', coalesce(cast(keys as varchar), 'an unknown number of'),
              ' root access keys and ', coalesce(cast(certificates as varchar), 'an unknown number of'),
              ' root signing certificates; ',
              case when reported
                   then concat('the credential report says access key 1 active: ', coalesce(key_1, 'not stated'),
                               ', access key 2 active: ', coalesce(key_2, 'not stated'),
                               ', certificate 1 active: ', coalesce(certificate_1, 'not stated'),
                               ', certificate 2 active: ', coalesce(certificate_2, 'not stated'))
                   else 'the credential report has no root row' end) as reason
from root
