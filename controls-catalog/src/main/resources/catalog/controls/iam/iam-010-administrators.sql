-- One finding for each user and role: what it is granted by attachment, group or inline policy, and whether that is approved.
with statement_meaning as (
    select scope_id, policy_key, owner_id, policy_name, has_condition,
           case when effect = 'Allow' and action_any and resource_any                          then 'everything'
                when effect = 'Allow' and action_any and uses_not_resource                     then 'nearly'
                when effect = 'Allow' and uses_not_action and (resource_any or uses_not_resource)
                     and not regexp_matches(lower(not_actions), '"(iam:|\*)')                  then 'nearly'
                when effect = 'Allow' and uses_not_action and (resource_any or uses_not_resource) then 'but_iam'
                when effect = 'Allow' and iam_action_any and (resource_any or uses_not_resource) then 'iam'
                end as meaning
    from aws_iam_policy_statement
), carried as (                                     -- policies that users, groups and roles carry themselves
    select scope_id, principal_id as holder_id, policy_key, policy_arn, policy_name, false as inline
    from aws_iam_policy_attachment
    union
    select scope_id, owner_id, policy_key, null, policy_name, true
    from aws_iam_policy_statement
    where owner_id is not null
), reaches as (                                     -- and those that reach a user through a group
    select principal.scope_id, principal.principal_id, carried.policy_key, policy_arn, policy_name, inline,
           cast(null as varchar) as group_name, cast(null as varchar) as group_arn
    from aws_iam_principal as principal
    join carried on carried.scope_id = principal.scope_id and carried.holder_id = principal.principal_id
    union
    select membership.scope_id, membership.user_id, carried.policy_key, policy_arn, policy_name, inline,
           team.group_name, team.arn
    from aws_iam_group_membership as membership
    join aws_iam_group as team
      on team.scope_id = membership.scope_id and lower(team.group_name) = lower(membership.group_name)
    join carried on carried.scope_id = team.scope_id and carried.holder_id = team.group_id
), granted as (
    select reaches.*, has_condition,
           case when regexp_matches(policy_arn, ':iam::aws:policy/AdministratorAccess$') then 'everything'
                else meaning end as meaning
    from reaches
    left join statement_meaning
           on statement_meaning.scope_id = reaches.scope_id and statement_meaning.policy_key = reaches.policy_key
), register_state as (
    select count(*) as declared, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'register_administrator'
), approval as (
    select distinct lower(principal) as principal, lower(principal_type) as principal_type, account, expires_at, owner
    from register_administrator
    where lower(system) = 'aws'
), path as (
    select granted.scope_id, granted.principal_id, granted.meaning, coalesce(granted.has_condition, false) as conditional,
           concat(case when inline then 'inline policy ' else 'policy ' end, policy_name,
                  case when group_name is null then '' else concat(' of group ', group_name) end,
                  case when coalesce(granted.has_condition, false) then ' under a condition' else '' end) as words,
           group_name is not null and exists (
               select 1 from approval
               where (approval.account is null or approval.account = principal.account_id)
                 and (approval.principal = lower(group_arn)
                      or (approval.principal = lower(group_name) and approval.principal_type = 'group'))
                 and (approval.expires_at is null or approval.expires_at >= principal.as_of)) as by_group
    from granted
    join aws_iam_principal as principal
      on principal.scope_id = granted.scope_id and principal.principal_id = granted.principal_id
    where granted.meaning is not null
), summed as (
    select scope_id, principal_id,
           bool_or(meaning in ('everything', 'nearly'))
               or (bool_or(meaning = 'but_iam') and bool_or(meaning = 'iam')) as administers,
           bool_or(meaning = 'iam') as all_of_iam,
           coalesce(bool_and(conditional) filter (where meaning in ('everything', 'nearly')), false) as only_conditional,
           bool_and(by_group) as all_by_group,
           string_agg(distinct words, ', ' order by words) as paths
    from path
    group by scope_id, principal_id
), entry as (
    select principal.scope_id, principal.row_key,
           bool_or(expires_at is null or expires_at >= principal.as_of) as valid,
           max(expires_at) as last_end, min(owner) as owner
    from aws_iam_principal as principal
    join approval
      on (approval.account is null or approval.account = principal.account_id)
     and (approval.principal = lower(principal.principal_arn)
          or (approval.principal = lower(principal.principal_name)
              and coalesce(approval.principal_type, principal.principal_type) = principal.principal_type))
    group by principal.scope_id, principal.row_key
), grants_read as (
    select scope_id,
           count(distinct table_name) = 4 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name in ('aws_iam_policy_attachment', 'aws_iam_policy_statement', 'aws_iam_group',
                         'aws_iam_group_membership')
    group by scope_id
), judged as (
    select principal.*, coalesce(administers, false) as administers, coalesce(all_of_iam, false) as all_of_iam,
           coalesce(only_conditional, false) as only_conditional, coalesce(all_by_group, false) as all_by_group, paths,
           valid, last_end, owner, coalesce(grants_read.whole, false) as grants_whole,
           declared, register_state.whole as register_whole
    from aws_iam_principal as principal
    left join summed on summed.scope_id = principal.scope_id and summed.principal_id = principal.principal_id
    left join entry on entry.scope_id = principal.scope_id and entry.row_key = principal.row_key
    left join grants_read on grants_read.scope_id = principal.scope_id
    cross join register_state
)
select scope_id, row_key,
       case when not administers and grants_whole                             then 'NOT_APPLICABLE'
            when administers and (valid or all_by_group)                      then 'PASS'
            when administers and declared = 0                                 then 'NOT_EVALUATED'
            when administers and valid = false                                then 'FAIL'
            when administers and declared = register_whole                    then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(principal_type, 'principal'), ' ', coalesce(principal_name, 'without a name'),
              case when administers then concat(' can administer the account by ', paths)
                   when grants_whole then ' has no grant of full administration'
                   else ' shows no grant of full administration, but its grants were not read whole' end,
              case when not administers then ''
                   when valid then concat('; in the register of administrators, owner ', coalesce(owner, 'not stated'))
                   when all_by_group then '; its group is in the register of administrators'
                   when declared = 0 then '; no register declared (register_administrator)'
                   when valid = false then concat('; its approval in the register ended ',
                                                  strftime(last_end, '%Y-%m-%dT%H:%M:%SZ'))
                   when declared = register_whole then '; not in the register of administrators'
                   else '; not among the entries of the register that could be read' end) as reason,
       case when administers and only_conditional then 'administers only under a condition, which is not judged'
            when administers and not coalesce(valid, false) and all_by_group
            then 'approved as a member of its group; who belongs there is not approved one by one'
            when administers and permissions_boundary_arn is not null
            then concat('bounded by ', permissions_boundary_arn, ', which is not reckoned')
            when all_of_iam and not administers then 'allows all of IAM, with which further rights can be taken'
            end as observation
from judged
