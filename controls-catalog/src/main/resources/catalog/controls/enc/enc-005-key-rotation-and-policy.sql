-- Only enabled symmetric keys that KMS made can rotate by themselves.
with trusted as (
    select trusted_account_id as id, max(coalesce(expires_at, timestamp '9999-12-31')) as until
    from register_trusted_account
    group by trusted_account_id
), organization as (
    select distinct member_account_id as id from aws_organization_account
), registers as (
    select count_if(table_name = 'register_trusted_account') as declared,
           count_if(table_name = 'register_trusted_account' and verdict not in ('COMPLETE', 'EMPTY_PROVEN')) as short
    from tickmark_population
), outside as (
    select scope_id, row_key, as_of, account_id, unnest(from_json(external_accounts, '["VARCHAR"]')) as id
    from aws_kms_key
    where external_accounts is not null
), compared as (
    select outside.scope_id, outside.row_key,
           count_if(outside.id = '*') as anyone,
           count_if(outside.id <> '*' and outside.id <> outside.account_id and organization.id is null
                    and coalesce(trusted.until < outside.as_of, true)) as unknown_ones,
           string_agg(distinct outside.id, ', ' order by outside.id)
               filter (where outside.id <> '*' and outside.id <> outside.account_id and organization.id is null
                       and coalesce(trusted.until < outside.as_of, true)) as unknown_words
    from outside
    left join trusted on trusted.id = outside.id
    left join organization on organization.id = outside.id
    group by outside.scope_id, outside.row_key
), judged as (
    select key.*, compared.anyone, compared.unknown_words, registers.declared, registers.short,
           key_manager = 'CUSTOMER' and key_spec = 'SYMMETRIC_DEFAULT' and origin = 'AWS_KMS' and key_state = 'Enabled' as counts,
           case when policy_allows_external = false then true
                when compared.anyone > 0 then false
                when compared.unknown_ones = 0 then true
                when compared.unknown_ones > 0 and registers.declared > 0 and registers.short = 0 then false end as known_only,
           case when rotation_enabled = false then false
                when rotation_enabled and rotation_period_days > $max_rotation_days then false
                when rotation_enabled and rotation_period_days between 1 and $max_rotation_days then true end as rotates
    from aws_kms_key as key
    left join compared on compared.scope_id = key.scope_id and compared.row_key = key.row_key
    cross join registers
)
select scope_id, row_key,
       case when counts = false                    then 'NOT_APPLICABLE'
            when counts is null                    then 'NOT_EVALUATED'
            when rotates = false or not known_only then 'FAIL'
            when rotates and known_only            then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('key ', coalesce(alias, key_id, row_key), ': ',
              case when key_manager = 'AWS' then 'managed by AWS'
                   when counts = false then concat(coalesce(key_spec, 'kind unknown'), ', origin ', coalesce(origin, 'unknown'),
                                                   ', state ', coalesce(key_state, 'unknown'), ', does not rotate by itself')
                   when counts is null then 'its manager, kind, origin or state could not be read'
                   else concat(
                       case when rotation_enabled = false then 'does not rotate'
                            when rotation_enabled then concat('rotates every ', coalesce(cast(rotation_period_days as varchar), 'unknown number of'), ' days')
                            when rotation_note = 'access_denied' then 'its key policy or an identity policy refused to tell whether it rotates'
                            else 'rotation unknown' end,
                       ', limit ', $max_rotation_days, ' days; ',
                       case when anyone > 0 then 'its policy or a grant serves anyone'
                            when known_only then 'only known accounts may use it'
                            when known_only = false then concat('accounts that are not known may use it: ', unknown_words)
                            when unknown_words is not null and declared = 0
                            then concat('no register declared (register_trusted_account) for accounts ', unknown_words)
                            when unknown_words is not null
                            then concat('accounts ', unknown_words, ' are not among the entries of the register that could be read')
                            else 'its policy could not be read' end) end) as reason,
       case when key_state = 'PendingDeletion'
            then concat('waits for deletion', case when deletion_date is not null
                        then concat(' on ', strftime(deletion_date, '%Y-%m-%d')) end) end as observation
from judged
