-- Each role with full rights that IAM users can take on, statement by statement. Conditions are read in small letters without
-- blanks; one that names the key in a way not known here is neither a demand nor none.
with full_grant as (
    select distinct scope_id, policy_key, owner_id
    from aws_iam_policy_statement
    where effect = 'Allow' and action_any and resource_any
), holder as (
    select attachment.scope_id, attachment.principal_id
    from aws_iam_policy_attachment as attachment
    join full_grant on full_grant.scope_id = attachment.scope_id and full_grant.policy_key = attachment.policy_key
    union
    select scope_id, principal_id
    from aws_iam_policy_attachment
    where regexp_matches(policy_arn, ':iam::aws:policy/AdministratorAccess$')
    union
    select scope_id, owner_id from full_grant where owner_id is not null
), trust as (
    select *, regexp_replace(lower(conditions), '\s', '', 'g') as words from aws_iam_role_trust
), opened as (
    select scope_id, role_id, effect, principal, has_mfa_condition,
           principal_any or regexp_matches(principal, '^[0-9]{12}$') or regexp_matches(principal, ':iam::[0-9]{12}:(root$|user/)')
               or principal_element = 'NotPrincipal' as users,
           regexp_matches(words, '"bool":\{[^{}]*"aws:multifactorauthpresent":\[?"?true')
               or regexp_matches(words, '"numericlessthan(equals)?":\{[^{}]*"aws:multifactorauthage"')
               or regexp_matches(words, '"null":\{[^{}]*"aws:multifactorauthage":\[?"?false') as demand,
           regexp_matches(words, '"(bool|numericlessthan(equals)?)ifexists":\{[^{}]*"aws:multifactorauth(present|age)"') as if_exists,
           effect = 'Deny' and principal_any and regexp_matches(words, '^\{"boolifexists":\{"aws:multifactorauthpresent":\[?"?false"?\]?\}\}$')
               and regexp_matches(lower(actions), '"(\*|sts:\*|sts:assumerole)"') as shut
    from trust
), per_role as (
    select scope_id, role_id,
           coalesce(bool_or(shut), false) as shut,
           coalesce(count_if(effect = 'Allow' and users), 0) as ways,
           coalesce(count_if(effect = 'Allow' and users and demand), 0) as demanding,
           coalesce(count_if(effect = 'Allow' and users and not coalesce(demand, false) and has_mfa_condition and not coalesce(if_exists, false)), 0) as unclear,
           coalesce(count_if(effect is null or users is null), 0) as unread,
           string_agg(distinct case when effect = 'Allow' and users and not coalesce(demand, false) then coalesce(principal, 'everybody else') end, ', '
                      order by case when effect = 'Allow' and users and not coalesce(demand, false) then coalesce(principal, 'everybody else') end) as open_to
    from opened
    group by scope_id, role_id
), tables_read as (
    select scope_id,
           coalesce(bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) filter (where table_name = 'aws_iam_role_trust'), false) as trust_whole,
           coalesce(bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) filter (where table_name <> 'aws_iam_role_trust')
                    and count_if(table_name <> 'aws_iam_role_trust') = 2, false) as grants_whole
    from tickmark_population
    where table_name in ('aws_iam_role_trust', 'aws_iam_policy_attachment', 'aws_iam_policy_statement')
    group by scope_id
), judged as (
    select role.*, holder.principal_id is not null as full_rights, coalesce(shut, false) as shut, coalesce(ways, 0) as ways,
           coalesce(demanding, 0) as demanding, coalesce(unclear, 0) as unclear, coalesce(unread, 0) as unread, open_to,
           per_role.role_id is not null as trusted,
           coalesce(trust_whole, false) as trust_whole, coalesce(grants_whole, false) as grants_whole
    from aws_iam_role as role
    left join holder on holder.scope_id = role.scope_id and holder.principal_id = role.role_id
    left join per_role on per_role.scope_id = role.scope_id and per_role.role_id = role.role_id
    left join tables_read on tables_read.scope_id = role.scope_id
), sorted as (
    select *,
           case when service_linked                                                     then 'service'
                when not full_rights and grants_whole                                   then 'no full rights'
                when not full_rights                                                    then 'grants unread'
                when not trust_whole or unread > 0 or trust_policy_note is not null     then 'trust unread'
                when ways = 0                                                           then 'no users'
                when shut or demanding = ways                                           then 'demanded'
                when unclear > 0                                                        then 'unclear'
                when demanding < ways                                                   then 'open' end as state
    from judged
)
select scope_id, row_key,
       case when state in ('service', 'no full rights', 'no users')    then 'NOT_APPLICABLE'
            when state = 'demanded'                                    then 'PASS'
            when state = 'open' and $missing_is_deviation              then 'FAIL'
            when state = 'open' and not $missing_is_deviation          then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('role ', coalesce(role_name, 'without a name'),
              case state
                   when 'service' then ' is of a service of AWS'
                   when 'no full rights' then ' has no full rights'
                   when 'grants unread' then ' shows no full rights, but grants were not read whole'
                   when 'trust unread' then ' has full rights, and its trust policy was not read whole'
                   when 'no users' then ' has full rights, and its trust policy lets no IAM user in'
                   when 'demanded' then ' has full rights, and its trust policy demands a second factor of IAM users'
                   when 'unclear' then ' has full rights, and its trust policy names a second factor in a condition whose meaning is not known here'
                   else concat(' has full rights, and its trust policy demands no second factor of ', open_to) end) as reason,
       case when state = 'open' and not $missing_is_deviation
            then 'full rights can be taken on with an access key alone; the policy in force does not call this a deviation' end as observation
from sorted
