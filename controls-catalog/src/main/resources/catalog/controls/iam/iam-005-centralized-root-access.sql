-- One finding for each account, by its credentials and never by the feature: switching it on deletes nothing.
with feature_state as (
    select count_if(table_name = 'aws_organization_feature' and verdict in ('COMPLETE', 'EMPTY_PROVEN')) as features_read
    from tickmark_population
), feature as (
    select count_if(feature = 'RootCredentialsManagement') as managed from aws_organization_feature
), place as (
    select scope_id, bool_or(management_account_id = account_id) as manages from aws_organization group by scope_id
), root as (
    select summary.scope_id, summary.row_key,
           account_password_present as password, account_mfa_enabled as factor,
           account_access_keys_present as keys, account_signing_certificates_present as certificates,
           manages, managed > 0 as managed, features_read > 0 as features_read
    from aws_iam_account_summary as summary
    left join place on place.scope_id = summary.scope_id
    cross join feature
    cross join feature_state
), judged as (
    select *,
           case when keys > 0 or certificates > 0 or (password = 1 and factor = 0)               then 'EXPOSED'
                when keys = 0 and certificates = 0 and password = 0                              then 'NO_CREDENTIALS'
                when keys = 0 and certificates = 0 and password = 1 and factor = 1               then 'PROTECTED'
                end as root_state
    from root
)
select scope_id, row_key,
       case root_state when 'EXPOSED' then 'FAIL'
                       when 'NO_CREDENTIALS' then 'PASS'
                       when 'PROTECTED' then 'PASS'
                       else 'NOT_EVALUATED' end as outcome,
       concat('root user ', coalesce(root_state, 'in an unknown state'), ' by the account summary: password ',
              case password when 0 then 'absent' when 1 then 'present' else 'not stated' end, ', second factor ',
              case factor when 0 then 'absent' when 1 then 'present' else 'not stated' end, ', access keys ',
              coalesce(cast(keys as varchar), 'not stated'), ', signing certificates ',
              coalesce(cast(certificates as varchar), 'not stated')) as reason,
       case when root_state = 'PROTECTED' and managed and not coalesce(manages, false)
            then 'the organization manages root credentials centrally, and this account still has a root password'
            when root_state = 'PROTECTED' and not features_read
            then 'whether the organization manages root credentials centrally was not read' end as observation
from judged
