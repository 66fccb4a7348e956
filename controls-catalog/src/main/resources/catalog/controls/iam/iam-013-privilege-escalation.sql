-- One finding for each user and role: which known ways to more rights its grants open, wide or narrowed, and who approved it.
with way as (                                       -- each way with the actions that it needs, all of them
    select * from (values
        ('edit a policy', 'iam:createpolicyversion'), ('switch a policy to another version', 'iam:setdefaultpolicyversion'),
        ('attach a policy to a user', 'iam:attachuserpolicy'), ('attach a policy to a group', 'iam:attachgrouppolicy'),
        ('attach a policy to a role', 'iam:attachrolepolicy'), ('write a policy of a user', 'iam:putuserpolicy'),
        ('write a policy of a group', 'iam:putgrouppolicy'), ('write a policy of a role', 'iam:putrolepolicy'),
        ('join a group', 'iam:addusertogroup'), ('make a key for another user', 'iam:createaccesskey'),
        ('make a password for another user', 'iam:createloginprofile'),
        ('change the password of another user', 'iam:updateloginprofile'),
        ('edit the trust of a role and take it on', 'iam:updateassumerolepolicy'),
        ('edit the trust of a role and take it on', 'sts:assumerole'),
        ('change the code of a function', 'lambda:updatefunctioncode'),
        ('pass a role to an instance', 'iam:passrole'), ('pass a role to an instance', 'ec2:runinstances'),
        ('pass a role to a function', 'iam:passrole'), ('pass a role to a function', 'lambda:createfunction'),
        ('pass a role to a stack', 'iam:passrole'), ('pass a role to a stack', 'cloudformation:createstack'),
        ('pass a role to a container task', 'iam:passrole'), ('pass a role to a container task', 'ecs:runtask'),
        ('pass a role to a build', 'iam:passrole'), ('pass a role to a build', 'codebuild:createproject')
    ) as listed(name, needed)
), needed_action as (
    select distinct needed from way
), allowing as (                                    -- statements that allow, with how wide they are
    select scope_id, policy_key, owner_id, actions, not_actions, uses_not_action,
           coalesce((resource_any or uses_not_resource) and not has_condition, false) as wide
    from aws_iam_policy_statement
    where effect = 'Allow'
), pattern as (
    select scope_id, policy_key, wide, false as excepted, lower(unnest(from_json(actions, '["VARCHAR"]'))) as pattern
    from allowing
    where actions is not null
), exception_list as (
    select scope_id, policy_key, wide, list_transform(from_json(not_actions, '["VARCHAR"]'), item -> lower(item)) as patterns
    from allowing
    where uses_not_action and not_actions is not null
), pattern_text as (                                -- one matching for each different text, not for each statement
    select distinct pattern from pattern
), pattern_grants as (
    select pattern_text.pattern, needed_action.needed
    from pattern_text
    cross join needed_action
    where needed_action.needed like replace(replace(replace(pattern_text.pattern, '_', '\_'), '*', '%'), '?', '_') escape '\'
), policy_action as (
    select pattern.scope_id, pattern.policy_key, pattern_grants.needed, bool_or(pattern.wide) as wide
    from pattern
    join pattern_grants on pattern_grants.pattern = pattern.pattern
    group by pattern.scope_id, pattern.policy_key, pattern_grants.needed
    union all
    select exception_list.scope_id, exception_list.policy_key, needed_action.needed, bool_or(exception_list.wide)
    from exception_list
    cross join needed_action
    where not list_bool_or(list_transform(patterns, item ->
              needed_action.needed like replace(replace(replace(item, '_', '\_'), '*', '%'), '?', '_') escape '\'))
    group by exception_list.scope_id, exception_list.policy_key, needed_action.needed
), carried as (                                     -- policies that users, groups and roles carry themselves
    select scope_id, principal_id as holder_id, policy_key from aws_iam_policy_attachment
    union
    select scope_id, owner_id, policy_key from aws_iam_policy_statement where owner_id is not null
), reaches as (                                     -- and those that reach a user through a group
    select carried.scope_id, carried.holder_id as principal_id, carried.policy_key from carried
    union
    select membership.scope_id, membership.user_id, carried.policy_key
    from aws_iam_group_membership as membership
    join aws_iam_group as team
      on team.scope_id = membership.scope_id and lower(team.group_name) = lower(membership.group_name)
    join carried on carried.scope_id = team.scope_id and carried.holder_id = team.group_id
), held as (
    select reaches.scope_id, reaches.principal_id, policy_action.needed, bool_or(policy_action.wide) as wide
    from reaches
    join policy_action on policy_action.scope_id = reaches.scope_id and policy_action.policy_key = reaches.policy_key
    group by reaches.scope_id, reaches.principal_id, policy_action.needed
), way_size as (
    select name, count(*) as actions from way group by name
), open_way as (
    select held.scope_id, held.principal_id, way.name, bool_and(held.wide) as wide, count(*) = min(way_size.actions) as whole
    from held
    join way on way.needed = held.needed
    join way_size on way_size.name = way.name
    group by held.scope_id, held.principal_id, way.name
), summed as (
    select scope_id, principal_id, count_if(wide) as wide_ways, count_if(not wide) as narrow_ways,
           string_agg(name, ', ' order by name) filter (where wide) as wide_names,
           string_agg(name, ', ' order by name) filter (where not wide) as narrow_names
    from open_way
    where whole
    group by scope_id, principal_id
), unclear_policy as (                              -- statements that this test cannot read
    select reaches.scope_id, reaches.principal_id, count(*) as statements
    from reaches
    join aws_iam_policy_statement as statement
      on statement.scope_id = reaches.scope_id and statement.policy_key = reaches.policy_key
    where statement.effect is null or statement.effect not in ('Allow', 'Deny')
       or (statement.effect = 'Allow'
           and ((statement.actions is null and not coalesce(statement.uses_not_action and statement.not_actions is not null, false))
                or statement.has_condition is null
                or (statement.resource_any is null and not coalesce(statement.uses_not_resource, false))))
    group by reaches.scope_id, reaches.principal_id
), register_state as (
    select count(*) as declared, coalesce(count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')), 0) as register_whole
    from tickmark_population
    where table_name = 'register_administrator'
), name as (
    select scope_id, row_key, account_id, as_of, principal_type, lower(principal_arn) as name, true as full_name
    from aws_iam_principal where principal_arn is not null
    union
    select scope_id, row_key, account_id, as_of, principal_type, lower(principal_name), false
    from aws_iam_principal where principal_name is not null
), approval as (
    select name.scope_id, name.row_key, bool_or(expires_at is null or expires_at >= name.as_of) as valid,
           max(expires_at) as last_end, min(owner) as owner
    from name
    join register_administrator as register
      on lower(register.principal) = name.name and lower(register.system) = 'aws'
     and (register.account is null or register.account = name.account_id)
     and (name.full_name or coalesce(lower(register.principal_type), name.principal_type) = name.principal_type)
    group by name.scope_id, name.row_key
), grants_read as (
    select scope_id,
           count(distinct table_name) = 4 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name in ('aws_iam_policy_attachment', 'aws_iam_policy_statement', 'aws_iam_group',
                         'aws_iam_group_membership')
    group by scope_id
), judged as (
    select principal.*, coalesce(wide_ways, 0) as wide_ways, coalesce(narrow_ways, 0) as narrow_ways, wide_names, narrow_names,
           coalesce(statements, 0) as unclear, valid, last_end, owner, coalesce(grants_read.whole, false) as grants_whole,
           declared, register_whole,
           coalesce(contains(principal_arn, ':role/aws-service-role/'), false) as service_linked
    from aws_iam_principal as principal
    left join summed on summed.scope_id = principal.scope_id and summed.principal_id = principal.principal_id
    left join unclear_policy
           on unclear_policy.scope_id = principal.scope_id and unclear_policy.principal_id = principal.principal_id
    left join approval on approval.scope_id = principal.scope_id and approval.row_key = principal.row_key
    left join grants_read on grants_read.scope_id = principal.scope_id
    cross join register_state
)
select scope_id, row_key,
       case when service_linked                                                                then 'NOT_APPLICABLE'
            when wide_ways > 0 and valid                                                       then 'PASS'
            when wide_ways > 0 and permissions_boundary_arn is not null                        then 'NOT_EVALUATED'
            when wide_ways > 0 and valid = false                                               then 'FAIL'
            when wide_ways > 0 and declared > 0 and declared = register_whole                  then 'FAIL'
            when wide_ways > 0 or not grants_whole or unclear > 0                              then 'NOT_EVALUATED'
            when wide_ways = 0 and unclear = 0 and grants_whole                                then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(principal_type, 'principal'), ' ', coalesce(principal_name, 'without a name'), ': ',
              case when service_linked then 'made by AWS for a service, whose policies nobody can edit'
                   else concat(
                       case when wide_ways > 0 then concat('open ways to more rights: ', wide_names)
                            else 'no known way to more rights is open on every resource' end,
                       case when unclear > 0 then concat('; ', unclear, ' statements cannot be read by this test') else '' end,
                       case when grants_whole then '' else '; its grants were not read whole' end,
                       case when wide_ways = 0 then ''
                            when valid then concat('; in the register of administrators, owner ', coalesce(owner, 'not stated'))
                            when permissions_boundary_arn is not null
                                then concat('; bounded by ', permissions_boundary_arn, ', which is not judged')
                            when declared = 0 then '; no register declared (register_administrator)'
                            when valid = false then concat('; its approval in the register ended ',
                                                           strftime(last_end, '%Y-%m-%dT%H:%M:%SZ'))
                            when declared = register_whole then '; not in the register of administrators'
                            else '; not among the entries of the register that could be read' end) end) as reason,
       case when not service_linked and narrow_ways > 0
            then concat('narrowed to named resources or by a condition, which is not judged: ', narrow_names) end as observation
from judged
