-- One finding for each principal of each trust statement.
with register_state as (
    select count(*) as declared, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'register_trusted_account'
), own_account as (
    select distinct member_account_id as id from aws_organization_account
    union
    select management_account_id from aws_organization
), own_organization as (
    select scope_id, min(organization_id) as id from aws_organization group by scope_id
), entry as (
    select trust.scope_id, trust.row_key,
           bool_or(register.expires_at is null or register.expires_at >= trust.as_of) as valid,
           bool_or(coalesce(register.own_organization, false)
                   and (register.expires_at is null or register.expires_at >= trust.as_of)) as own,
           bool_and(coalesce(register.external_id_required, true))
               filter (where register.expires_at is null or register.expires_at >= trust.as_of) as asks_external_id,
           max(register.expires_at) as last_end, min(register.vendor) as vendor
    from aws_iam_role_trust as trust
    join register_trusted_account as register
      on register.trusted_account_id = trust.trusted_account_id
     and (register.role_name is null or lower(register.role_name) = lower(trust.role_name))
    group by trust.scope_id, trust.row_key
), subject as (
    select scope_id, row_key, unnest(from_json(subject_conditions,
               '[{"operator":"VARCHAR","key":"VARCHAR","values":["VARCHAR"]}]')) as condition
    from aws_iam_role_trust
    where subject_conditions is not null
), subject_value as (
    -- only these operators fail where the token has no subject
    select scope_id, row_key, unnest(condition.values) as value
    from subject
    where regexp_full_match(lower(condition.operator), '(foranyvalue:)?string(equals|equalsignorecase|like)')
), subject_bound as (
    select scope_id, row_key,
           bool_or(regexp_matches(value, '^\*+$') or regexp_matches(value, '^[a-z]+:[*?]')) as anyone,
           bool_or(contains(value, '*') or contains(value, '?')) as wild,
           string_agg(distinct value, ', ' order by value) as subjects
    from subject_value
    group by scope_id, row_key
), named as (
    select trust.*, own_account.id is not null as in_organization, own_organization.id as organization_id,
           entry.valid, coalesce(entry.own, false) as registered_own, coalesce(asks_external_id, true) as asks_external_id,
           last_end, vendor, declared, register_state.whole as register_whole,
           subjects, coalesce(anyone, false) as any_subject, coalesce(wild, false) as wild_subject
    from aws_iam_role_trust as trust
    left join own_account on own_account.id = trust.trusted_account_id
    left join own_organization on own_organization.scope_id = trust.scope_id
    left join entry on entry.scope_id = trust.scope_id and entry.row_key = trust.row_key
    left join subject_bound on subject_bound.scope_id = trust.scope_id and subject_bound.row_key = trust.row_key
    cross join register_state
), sorted as (
    select *,
           -- the only limit on "anyone" that this test can read: one organization, the own one, by an operator that binds
           coalesce(regexp_matches(lower(conditions), concat(
               '"(foranyvalue:)?string(equals|equalsignorecase|like)":\{[^{}]*"aws:principalorgid":("',
               lower(organization_id), '"|\["', lower(organization_id), '"\])[,}]')), false) as bound_to_own,
           case when effect = 'Deny'                                                            then 'denied'
                when effect is null or effect <> 'Allow'                                        then 'unclear'
                when service_linked                                                             then 'service_linked'
                when principal_element = 'NotPrincipal'                                         then 'all_but'
                when principal_element is null or principal_element <> 'Principal'              then 'unclear'
                when principal_any                                                              then 'anyone'
                when principal_type = 'Service'                                                 then 'service'
                when principal_type = 'AWS' and external_account = false                        then 'own_account'
                when principal_type = 'AWS' and external_account                                then 'other_account'
                when principal_type = 'AWS' and regexp_full_match(principal, '(AIDA|AROA)[A-Z0-9]+') then 'deleted'
                when principal_type = 'Federated' and federated_kind = 'saml' and external_account = false then 'saml'
                when principal_type = 'Federated' and federated_kind = 'oidc' and external_account = false then 'oidc'
                when principal_type = 'Federated' and federated_kind = 'web'                    then 'web'
                else 'unclear' end as kind
    from named
), judged as (
    select *,
           case kind
                when 'denied' then 'NOT_APPLICABLE'
                when 'service_linked' then 'NOT_APPLICABLE'
                when 'service' then 'NOT_APPLICABLE'
                when 'own_account' then 'PASS'
                when 'deleted' then 'PASS'
                when 'saml' then 'PASS'
                when 'all_but' then 'FAIL'
                when 'anyone' then
                    case when bound_to_own then 'PASS'
                         when has_org_condition or has_source_condition then 'NOT_EVALUATED'
                         when not has_org_condition and not has_source_condition then 'FAIL'
                         else 'NOT_EVALUATED' end
                when 'other_account' then
                    case when in_organization or registered_own then 'PASS'
                         when valid and has_external_id_condition then 'PASS'
                         when valid and not asks_external_id then 'PASS'
                         when valid and has_external_id_condition = false then 'FAIL'
                         when valid then 'NOT_EVALUATED'
                         when declared = 0 then 'NOT_EVALUATED'
                         when valid = false then 'FAIL'
                         when declared = register_whole then 'FAIL'
                         else 'NOT_EVALUATED' end
                when 'oidc' then
                    case when any_subject then 'FAIL'
                         when subjects is not null then 'PASS'
                         when has_subject_condition then 'FAIL'
                         when has_subject_condition = false then 'FAIL'
                         else 'NOT_EVALUATED' end
                when 'web' then
                    case when any_subject then 'FAIL'
                         when subjects is not null or audience_conditions is not null then 'PASS'
                         when has_subject_condition = false then 'FAIL'
                         else 'NOT_EVALUATED' end
                else 'NOT_EVALUATED' end as outcome
    from sorted
)
select scope_id, row_key, outcome,
       concat('role ', coalesce(role_name, 'without a name'), ' trusts ',
              coalesce(principal_type, principal_element, 'nobody'), ' ', coalesce(principal, 'not stated'), ': ',
              case kind
                   when 'denied' then 'the statement denies'
                   when 'service_linked' then 'the role was made by AWS for a service'
                   when 'service' then 'a service of AWS, no other account'
                   when 'own_account' then 'the role''s own account'
                   when 'deleted' then 'a principal that was deleted and that nobody can be again'
                   when 'saml' then 'a SAML provider of this account, see IAM-019'
                   when 'all_but' then 'everyone but those who are named (NotPrincipal)'
                   when 'anyone' then
                       case when bound_to_own then concat('anyone of the own organization ', organization_id)
                            when outcome = 'FAIL' then 'anyone, and no condition limits it to an organization or account'
                            else 'anyone under conditions on organization or account that this test cannot compare with the own ones'
                            end
                   when 'other_account' then
                       concat('account ', trusted_account_id,
                              case when in_organization then ' of the own organization'
                                   when registered_own then ' of the own organization by the register'
                                   when valid then concat(', in the register as ', coalesce(vendor, 'an unnamed vendor'),
                                       case when has_external_id_condition then ', with a condition on sts:ExternalId'
                                            when not asks_external_id then ', without sts:ExternalId, which the register does not ask'
                                            when has_external_id_condition = false then ', without a condition on sts:ExternalId'
                                            else ', whether sts:ExternalId is asked is unknown' end)
                                   when declared = 0 then ', no register declared (register_trusted_account)'
                                   when valid = false then concat(', its approval in the register ended ',
                                                                  strftime(last_end, '%Y-%m-%dT%H:%M:%SZ'))
                                   when declared = register_whole
                                   then ' stands neither in the register nor among the organization''s accounts that were read'
                                   else ', not among the entries of the register that could be read' end)
                   when 'oidc' then
                       case when any_subject then concat('any subject of the provider (', subjects, ')')
                            when subjects is not null then concat('the subjects ', subjects)
                            else 'no condition binds the subject of the token' end
                   when 'web' then
                       case when any_subject then concat('any subject of the provider (', subjects, ')')
                            when subjects is not null then concat('the subjects ', subjects)
                            when audience_conditions is not null then 'bound to an audience'
                            else 'no condition binds subject or audience of the token' end
                   else 'this test cannot read the statement' end) as reason,
       case when kind = 'deleted' then 'the trust names a deleted principal; remove it'
            when kind in ('oidc', 'web') and wild_subject and outcome = 'PASS' then 'the subject holds a wildcard'
            when kind = 'other_account' and outcome = 'PASS' and valid and not asks_external_id
                 and not coalesce(has_external_id_condition, false) and not in_organization and not registered_own
            then 'another organization''s account without sts:ExternalId, as the register allows' end as observation
from judged
