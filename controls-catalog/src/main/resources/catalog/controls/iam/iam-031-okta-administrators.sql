-- One finding for each role that somebody holds; the number of super administrators counts each holder once.
with holder_count as (
    select scope_id, count(distinct user_id) as super_admins,
           count_if(role_type is null or user_id is null) as unclear
    from okta_admin_role
    where (role_type = 'SUPER_ADMIN' or role_type is null) and coalesce(status, '') <> 'DEPROVISIONED'
    group by scope_id
), name as (
    select scope_id, row_key, account_id, as_of, lower(login) as name from okta_admin_role where login is not null
    union
    select scope_id, row_key, account_id, as_of, lower(user_id) from okta_admin_role where user_id is not null
), approval as (
    select name.scope_id, name.row_key, bool_or(expires_at is null or expires_at >= name.as_of) as valid,
           max(expires_at) as last_end, min(owner) as owner
    from name
    join register_administrator as register
      on lower(register.principal) = name.name
     and lower(register.system) = 'okta' and (register.account is null or register.account = name.account_id)
    group by name.scope_id, name.row_key
), people as (
    select name.scope_id, name.row_key, count(distinct lower(mapping.worker_id)) as workers
    from name
    join identity_mapping as mapping
      on lower(mapping.subject) = name.name
     and lower(mapping.system) = 'okta' and (mapping.account is null or mapping.account = name.account_id)
    group by name.scope_id, name.row_key
), register_state as (
    select count(*) as declared, coalesce(count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')), 0) as register_whole
    from tickmark_population
    where table_name = 'register_administrator'
), judged as (
    select held.*, coalesce(super_admins, 0) as super_admins, coalesce(unclear, 0) as unclear,
           valid, last_end, owner, coalesce(workers, 0) as workers, declared, register_whole,
           coalesce(role_type = 'SUPER_ADMIN' and super_admins > $max_super_admins, false) as too_many
    from okta_admin_role as held
    left join holder_count on holder_count.scope_id = held.scope_id
    left join approval on approval.scope_id = held.scope_id and approval.row_key = held.row_key
    left join people on people.scope_id = held.scope_id and people.row_key = held.row_key
    cross join register_state
)
select scope_id, row_key,
       case when status = 'DEPROVISIONED' or workers > 1 or too_many                           then 'FAIL'
            when valid = false                                                                then 'FAIL'
            when valid is null and declared > 0 and declared = register_whole                 then 'FAIL'
            when role_type is null or (role_type = 'SUPER_ADMIN' and unclear > 0)              then 'NOT_EVALUATED'
            when valid and (status is not null or principal_type = 'CLIENT')                  then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(login, user_id, 'a principal without a name'), ' holds ', coalesce(role_label, role_type, 'an unknown role'),
              case when via_group is null then '' else concat(' through group ', via_group) end,
              ', status ', coalesce(status, case when principal_type = 'CLIENT' then 'not kept for a client' else 'unknown' end),
              case when workers > 1 then concat(', shared by ', workers, ' workers of the identity mapping') else '' end,
              case when role_type = 'SUPER_ADMIN'
                   then concat(', one of ', super_admins, ' super administrators',
                               case when unclear > 0 then ' or more' else '' end, ', limit ', $max_super_admins) else '' end,
              case when valid then concat('; in the register of administrators, owner ', coalesce(owner, 'not stated'))
                   when declared = 0 then '; no register declared (register_administrator)'
                   when valid = false then concat('; its approval in the register ended ',
                                                  strftime(last_end, '%Y-%m-%dT%H:%M:%SZ'))
                   when declared = register_whole then '; not in the register of administrators'
                   else '; not among the entries of the register that could be read' end) as reason,
       case when status in ('SUSPENDED', 'LOCKED_OUT')
            then concat('the holder cannot sign in now (', status, ') and would have the role again at once')
            when via_group is not null then 'held through a group: whoever may add members gives the role' end as observation
from judged
