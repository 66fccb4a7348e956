-- Each application with the enabled rules of its policy (a count of nothing but unknowns is unknown, hence the zeros). Every policy has a catch-all rule: one without any rule was not read.
with rule as (
    select scope_id, policy_id, min(policy_name) as policy_name, max(policy_status) as policy_status,
           coalesce(count_if(rule_status = 'ACTIVE' and access = 'ALLOW' and factor_mode = '1FA'), 0) as single,
           coalesce(count_if(rule_status is null or (rule_status = 'ACTIVE' and (coalesce(access, '') not in ('ALLOW', 'DENY')
                    or (access = 'ALLOW' and coalesce(factor_mode, '') not in ('1FA', '2FA'))))), 0) as unclear,
           coalesce(count_if(rule_status = 'ACTIVE'), 0) as active,
           string_agg(distinct case when rule_status = 'ACTIVE' and access = 'ALLOW' and factor_mode = '1FA' then rule_name end, ', '
                      order by case when rule_status = 'ACTIVE' and access = 'ALLOW' and factor_mode = '1FA' then rule_name end) as single_names
    from okta_app_policy_rule
    group by scope_id, policy_id
), rules_read as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'okta_app_policy_rule'
    group by scope_id
), left_out as (
    select distinct lower(account) as account, lower(name) as name, reason
    from register_system
    where lower(system) = 'okta' and in_scope = false
), judged as (
    select app.*, policy_name, policy_status, single, unclear, active, single_names, coalesce(whole, false) as whole,
           out_by_id.account is not null as left_out
    from okta_app as app
    left join rule on rule.scope_id = app.scope_id and rule.policy_id = app.policy_id
    left join rules_read on rules_read.scope_id = app.scope_id
    left join (select distinct account from left_out where account is not null) as out_by_id
           on out_by_id.account = lower(app.app_id)
)
select scope_id, row_key,
       case when status = 'INACTIVE' or left_out                                      then 'NOT_APPLICABLE'
            when coalesce(status, '') <> 'ACTIVE'                                     then 'NOT_EVALUATED'
            when single > 0 and coalesce(policy_status, 'ACTIVE') = 'ACTIVE'          then 'FAIL'
            when single = 0 and unclear = 0 and active > 0 and policy_status = 'ACTIVE' and whole then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('application ', coalesce(label, app_id, 'without a name'), ': ',
              case when status = 'INACTIVE' then 'not active'
                   when left_out then 'out of scope by the register of systems'
                   when coalesce(status, '') <> 'ACTIVE' then concat('status ', coalesce(status, 'unknown'))
                   when policy_id is null then 'no sign-in policy is known to be mapped to it'
                   when active is null then concat('no rule of its policy ', policy_id, ' was read')
                   else concat('policy ', coalesce(policy_name, policy_id), ' has ', active, ' enabled rules',
                               case when single > 0 then concat(', of which ', single_names, ' grants access with one factor')
                                    when unclear > 0 then concat(', of which ', unclear, ' do not tell how many factors they demand')
                                    when not whole then ' among those that could be read'
                                    when policy_status = 'ACTIVE' then ', none of which grants access with one factor'
                                    else concat(', and status ', coalesce(policy_status, 'unknown')) end) end) as reason
from judged
