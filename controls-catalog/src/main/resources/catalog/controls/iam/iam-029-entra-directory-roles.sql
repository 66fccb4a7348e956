-- One finding for each assignment. Permanent means active, assigned (not activated) and stated to have no end.
with read as (
    select *,
           role_template_id = '62e90394-69f5-4237-9190-012177145e10' as global_admin,   -- the same id in every tenant
           list_contains(string_split(replace(lower($privileged_roles), ', ', ','), ','), lower(role_name)) as named,
           case when assignment_kind = 'eligible'                                                      then false
                when assignment_kind = 'active' and assignment_type = 'Activated'                      then false
                when assignment_kind = 'active' and assignment_type = 'Assigned' and end_at is not null then false
                when assignment_kind = 'active' and assignment_type = 'Assigned'
                     and end_at_note = 'no_expiration'                                                 then true
                end as permanent
    from entra_role_assignment
), global_count as (
    select scope_id, count(distinct case when global_admin and permanent then principal_id end) as global_admins,
           count_if((global_admin is null or global_admin)
                    and (permanent is null or (permanent and (global_admin is null or principal_id is null)))) as unclear
    from read
    group by scope_id
), name as (
    select scope_id, row_key, account_id, as_of, lower(principal_upn) as name from read where principal_upn is not null
    union
    select scope_id, row_key, account_id, as_of, lower(principal_id) from read where principal_id is not null
), emergency as (
    select name.scope_id, name.row_key, bool_or(expires_at is null or expires_at >= name.as_of) as valid
    from name
    join register_break_glass as register
      on lower(register.subject) = name.name
     and lower(register.system) = 'entra' and (register.account is null or register.account = name.account_id)
    group by name.scope_id, name.row_key
), approval as (
    select name.scope_id, name.row_key, bool_or(expires_at is null or expires_at >= name.as_of) as valid
    from name
    join register_administrator as register
      on lower(register.principal) = name.name
     and lower(register.system) = 'entra' and (register.account is null or register.account = name.account_id)
    group by name.scope_id, name.row_key
), register_state as (
    select count_if(table_name = 'register_break_glass') as glass_declared,
           count_if(table_name = 'register_break_glass' and verdict in ('COMPLETE', 'EMPTY_PROVEN')) as glass_whole,
           count_if(table_name = 'register_administrator') as admin_declared,
           count_if(table_name = 'register_administrator' and verdict in ('COMPLETE', 'EMPTY_PROVEN')) as admin_whole
    from tickmark_population
), judged as (
    select read.*, coalesce(named or global_admin, global_admin, named) as privileged, global_admins, unclear,
           coalesce(emergency.valid, false) as is_emergency, coalesce(approval.valid, false) as is_approved,
           coalesce(principal_type = 'servicePrincipal', false) as is_program,
           coalesce(glass_declared, 0) > 0 and glass_declared = glass_whole as glass_known,
           coalesce(admin_declared, 0) > 0 and admin_declared = admin_whole as admin_known,
           case when global_admin and permanent and global_admins > $max_global_admins          then 'too many'
                when global_admin and global_admins + unclear < $min_global_admins              then 'too few' end as number,
           coalesce(global_admin and unclear > 0, false) as number_unclear
    from read
    left join global_count on global_count.scope_id = read.scope_id
    left join emergency on emergency.scope_id = read.scope_id and emergency.row_key = read.row_key
    left join approval on approval.scope_id = read.scope_id and approval.row_key = read.row_key
    cross join register_state
)
select scope_id, row_key,
       case when number is not null                                                           then 'FAIL'
            when privileged = false                                                           then 'NOT_APPLICABLE'
            when privileged is null or permanent is null                                      then 'NOT_EVALUATED'
            when permanent and $require_pim and is_program and not is_approved and admin_known then 'FAIL'
            when permanent and $require_pim and not is_program and not is_emergency
                 and principal_type is not null and glass_known                               then 'FAIL'
            when permanent and $require_pim and not is_emergency
                 and not (is_program and is_approved)                                         then 'NOT_EVALUATED'
            when number_unclear                                                               then 'NOT_EVALUATED'
            when privileged and (permanent = false or is_emergency or not $require_pim
                                 or (is_program and is_approved))                             then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(principal_upn, principal_id, 'a principal without a name'), ': ',
              coalesce(role_name, role_template_id, 'an unknown role'),
              case when via_group is null then '' else concat(' through group ', via_group) end,
              case when privileged = false and number is null then ', not among the privileged roles of this test'
                   else concat(
                       case when permanent then ', permanently active'
                            when assignment_kind = 'eligible' then ', eligible'
                            when assignment_kind = 'active' and assignment_type = 'Activated' then ', activated for a time'
                            when permanent = false then concat(', active until ', strftime(end_at, '%Y-%m-%dT%H:%M:%SZ'))
                            else ', whether permanent is not stated' end,
                       case when not coalesce(permanent, false) or not $require_pim then ''
                            when is_emergency then ', in the register of break-glass accounts'
                            when is_program and is_approved then ', a program in the register of administrators'
                            when is_program and admin_known then ', a program that is not in the register of administrators'
                            when is_program then ', a program, and no register of administrators was declared and read whole'
                            when glass_known then ', not in the register of break-glass accounts'
                            else ', and no register of break-glass accounts was declared and read whole' end,
                       case when global_admin then concat('; permanently active Global Administrators: ', global_admins,
                                 case when unclear > 0 then ' or more' else '' end,
                                 ', limits ', $min_global_admins, ' to ', $max_global_admins) else '' end) end) as reason,
       case when privileged and principal_user_type = 'Guest' then 'held by a guest of the tenant'
            when privileged and principal_enabled = false then 'the principal is switched off' end as observation
from judged
