-- One finding for each tenant. A policy counts only if it is on, for everybody and everything, and narrowed by nothing; a user
-- is uncovered only if every policy that counts leaves the user out.
with policy as (
    select scope_id, policy_id, display_name, state,
           state = 'enabled' as is_on,
           contains(include_users, '"All"') and contains(include_apps, '"All"')
               and coalesce(exclude_apps, '[]') = '[]' and coalesce(include_user_actions, '[]') = '[]'
               and narrowed_by = '[]' as for_all,
           (contains(coalesce(grant_controls, '[]'), '"mfa"')
               or (authentication_strength is not null and authentication_strength_mfa))
               and (grant_operator = 'AND'
                    or json_array_length(coalesce(grant_controls, '[]'))
                       + case when authentication_strength is null then 0 else 1 end = 1) as demands,
           contains(coalesce(grant_controls, '[]'), '"block"') as blocks,
           contains(client_app_types, '"all"')
               or (contains(client_app_types, '"browser"') and contains(client_app_types, '"mobileAppsAndDesktopClients"')) as modern_clients,
           contains(client_app_types, '"all"')
               or (contains(client_app_types, '"exchangeActiveSync"') and contains(client_app_types, '"other"')) as old_clients
    from entra_access_policy
), demand as (
    select scope_id, 'second factor' as kind, policy_id, display_name from policy
    where is_on and for_all and demands and modern_clients
    union all
    select scope_id, 'old protocols', policy_id, display_name from policy
    where is_on and for_all and (demands or blocks) and old_clients
), demanded as (
    select scope_id, kind, count(*) as policies,
           string_agg(coalesce(display_name, policy_id), ', ' order by coalesce(display_name, policy_id), policy_id) as names
    from demand
    group by scope_id, kind
), left_out as (
    select demand.scope_id, demand.kind, exclusion.user_id,
           min(exclusion.user_principal_name) as name, bool_or(coalesce(exclusion.account_enabled, true)) as can_sign_in,
           count(distinct demand.policy_id) as policies
    from demand
    join entra_policy_exclusion as exclusion
      on exclusion.scope_id = demand.scope_id and exclusion.policy_id = demand.policy_id
    group by demand.scope_id, demand.kind, exclusion.user_id
), break_glass as (
    select distinct lower(subject) as subject, account, expires_at
    from register_break_glass
    where lower(system) = 'entra'
), uncovered as (
    select left_out.scope_id, left_out.user_id, min(coalesce(left_out.name, left_out.user_id)) as name,
           bool_or(entry.subject is not null) as approved
    from left_out
    join demanded on demanded.scope_id = left_out.scope_id and demanded.kind = left_out.kind
                 and demanded.policies = left_out.policies
    join entra_security_defaults as tenant on tenant.scope_id = left_out.scope_id
    left join break_glass as entry
           on entry.subject = lower(left_out.name)
          and (entry.account is null or lower(entry.account) = lower(tenant.tenant_id))
          and (entry.expires_at is null or entry.expires_at >= tenant.as_of)
    where left_out.can_sign_in and left_out.user_id is not null
    group by left_out.scope_id, left_out.user_id
), counted as (
    select scope_id, count_if(not approved) as strangers, count_if(approved) as approved,
           string_agg(case when not approved and place <= 5 then name end, ', '
                      order by case when not approved and place <= 5 then name end) as first_names
    from (select *, row_number() over (partition by scope_id, approved order by name, user_id) as place from uncovered)
    group by scope_id
), unexpanded as (
    select left_out.scope_id, count(*) as kinds
    from left_out
    join demanded on demanded.scope_id = left_out.scope_id and demanded.kind = left_out.kind
                 and demanded.policies = left_out.policies
    where left_out.user_id is null
    group by left_out.scope_id
), reporting as (
    select scope_id, count_if(state = 'enabledForReportingButNotEnforced' and for_all and demands) as reporting,
           count_if(is_on and demands) as partial,
           count_if((is_on and for_all and demands and modern_clients) is null) as unclear_second,
           count_if((is_on and for_all and (demands or blocks) and old_clients) is null) as unclear_old
    from policy
    group by scope_id
), tables_read as (
    select scope_id,
           coalesce(bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) filter (where table_name = 'entra_access_policy'), false) as policies_whole,
           coalesce(bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) filter (where table_name = 'entra_policy_exclusion'), false) as exclusions_whole
    from tickmark_population
    where table_name in ('entra_access_policy', 'entra_policy_exclusion')
    group by scope_id
), register_read as (
    select count(*) as declared, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'register_break_glass'
), judged as (
    select tenant.*, second.names as second_names, old.names as old_names,
           coalesce(strangers, 0) as strangers, coalesce(approved, 0) as approved, first_names,
           coalesce(unexpanded.kinds, 0) as unexpanded, coalesce(reporting, 0) as reporting, coalesce(partial, 0) as partial,
           coalesce(unclear_second, 0) as unclear_second, coalesce(unclear_old, 0) as unclear_old,
           coalesce(policies_whole, false) as policies_whole, coalesce(exclusions_whole, false) as exclusions_whole,
           declared, register_read.whole as register_whole
    from entra_security_defaults as tenant
    left join demanded as second on second.scope_id = tenant.scope_id and second.kind = 'second factor'
    left join demanded as old on old.scope_id = tenant.scope_id and old.kind = 'old protocols'
    left join counted on counted.scope_id = tenant.scope_id
    left join unexpanded on unexpanded.scope_id = tenant.scope_id
    left join reporting on reporting.scope_id = tenant.scope_id
    left join tables_read on tables_read.scope_id = tenant.scope_id
    cross join register_read
)
select scope_id, row_key,
       case when is_enabled                                                                    then 'PASS'
            when is_enabled is null                                                            then 'NOT_EVALUATED'
            when second_names is null and unclear_second = 0 and policies_whole                then 'FAIL'
            when old_names is null and unclear_old = 0 and policies_whole                      then 'FAIL'
            when second_names is null or old_names is null                                     then 'NOT_EVALUATED'
            when strangers > 0 and policies_whole and declared > 0 and declared = register_whole then 'FAIL'
            when strangers = 0 and unexpanded = 0 and exclusions_whole                         then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('tenant ', coalesce(tenant_id, 'without an id'), ': ',
              case when is_enabled then 'security defaults are on'
                   when is_enabled is null then 'whether security defaults are on is not stated'
                   else concat('security defaults are off; ',
                               case when second_names is null
                                    then concat('no enabled policy demands a second factor of all users for all applications',
                                                case when policies_whole then '' else ' among those that could be read' end,
                                                ' (', reporting, ' do in report-only mode, ', partial, ' enabled ones demand it of a part)')
                                    else concat('a second factor is demanded of all users for all applications by ', second_names) end,
                               case when old_names is null then '; sign-in by old protocols is not blocked for everybody'
                                    else concat('; old protocols are shut out by ', old_names) end,
                               case when (second_names is null and unclear_second > 0) or (old_names is null and unclear_old > 0)
                                    then '; a policy does not tell whether it is on, for everybody, or what it demands'
                                    when second_names is null or old_names is null then ''
                                    else concat('; left out are ', approved, ' registered break-glass accounts and ', strangers, ' others',
                                                case when strangers > 0 then concat(' (', first_names, case when strangers > 5 then ', …' else '' end, ')') else '' end,
                                                case when unexpanded > 0 then '; a group or role among the exclusions could not be expanded' else '' end,
                                                case when not exclusions_whole then '; the exclusions were not read whole' else '' end,
                                                case when strangers > 0 and declared = 0 then '; no register declared (register_break_glass)'
                                                     when strangers > 0 and declared <> register_whole then '; the register of break-glass accounts was not read whole' else '' end,
                                                case when strangers > 0 and not policies_whole then '; further policies were not read' else '' end) end) end) as reason,
       case when is_enabled then 'security defaults ask people for a second factor when Entra sees a need, not at each sign-in' end as observation
from judged
