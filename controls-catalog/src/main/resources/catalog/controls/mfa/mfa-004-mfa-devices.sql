-- A one-time code of an administrator is worth saying and no deviation; a refused kind is one.
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
), administrator as (
    select person.scope_id, person.arn
    from aws_iam_user as person
    join holder on holder.scope_id = person.scope_id and holder.principal_id = person.user_id
    union
    select membership.scope_id, membership.user_arn
    from aws_iam_group_membership as membership
    join aws_iam_group as team
      on team.scope_id = membership.scope_id and lower(team.group_name) = lower(membership.group_name)
    join holder on holder.scope_id = team.scope_id and holder.principal_id = team.group_id
), strong as (
    select scope_id, user_arn, bool_or(device_class = 'phishing_resistant') as resistant
    from aws_iam_mfa_device
    where user_arn is not null
    group by scope_id, user_arn
), device as (
    select device.scope_id, device.row_key, device.kind, device.device_class, device.assigned, device.user_type,
           device.user_name, administrator.arn is not null as administers, coalesce(resistant, false) as resistant
    from aws_iam_mfa_device as device
    left join administrator on administrator.scope_id = device.scope_id and administrator.arn = device.user_arn
    left join strong on strong.scope_id = device.scope_id and strong.user_arn = device.user_arn
), judged as (
    select *,
           list_contains(string_split(replace(lower($refused_kinds), ' ', ''), ','), kind) as refused
    from device
)
select scope_id, row_key,
       case when assigned = false                                                then 'NOT_APPLICABLE'
            when assigned and refused                                            then 'FAIL'
            when assigned and kind in ('fido', 'virtual', 'hardware', 'sms')     then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(case when assigned = false then 'assigned to nobody'
                   when user_type = 'root' then 'of root'
                   else concat('of ', coalesce(user_name, 'an unknown owner')) end,
              ', kind ', coalesce(kind, 'unknown'), ', class ', coalesce(device_class, 'unknown'),
              ', refused are ', $refused_kinds) as reason,
       case when assigned = false then 'a device that is assigned to nobody; remove it'
            when administers and not resistant
            then 'the user administers the account and has no phishing-resistant device' end as observation
from judged
