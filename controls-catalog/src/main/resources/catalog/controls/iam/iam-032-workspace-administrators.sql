-- One finding for each role that somebody holds; super administrators are counted once each and only while not suspended.
with user_state as (
    select scope_id, user_id, bool_or(is_admin) as super, bool_or(is_admin is null) as unclear
    from google_admin_role
    where coalesce(suspended, false) = false
    group by scope_id, user_id
), holder_count as (
    select scope_id, count_if(super) as super_admins, count_if(unclear and not coalesce(super, false)) as unclear
    from user_state
    group by scope_id
), name as (
    select scope_id, row_key, account_id, as_of, lower(primary_email) as name from google_admin_role where primary_email is not null
    union
    select scope_id, row_key, account_id, as_of, lower(user_id) from google_admin_role where user_id is not null
), approval as (
    select name.scope_id, name.row_key, bool_or(expires_at is null or expires_at >= name.as_of) as valid,
           max(expires_at) as last_end, min(owner) as owner
    from name
    join register_administrator as register
      on lower(register.principal) = name.name
     and lower(register.system) = 'google' and (register.account is null or register.account = name.account_id)
    group by name.scope_id, name.row_key
), register_state as (
    select count(*) as declared, coalesce(count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')), 0) as register_whole
    from tickmark_population
    where table_name = 'register_administrator'
), judged as (
    select held.*, coalesce(super_admins, 0) as super_admins, coalesce(unclear, 0) as unclear,
           valid, last_end, owner, declared, register_whole,
           coalesce(is_admin and (super_admins > $max_super_admins
                                  or super_admins + coalesce(unclear, 0) < $min_super_admins), false) as out_of_limits
    from google_admin_role as held
    left join holder_count on holder_count.scope_id = held.scope_id
    left join approval on approval.scope_id = held.scope_id and approval.row_key = held.row_key
    cross join register_state
)
select scope_id, row_key,
       case when suspended                                                                    then 'NOT_APPLICABLE'
            when out_of_limits or is_enrolled_in_2sv = false                                  then 'FAIL'
            when valid = false                                                                then 'FAIL'
            when valid is null and declared > 0 and declared = register_whole                 then 'FAIL'
            when is_admin is null or (is_admin and unclear > 0)                               then 'NOT_EVALUATED'
            when valid and is_enrolled_in_2sv and suspended = false                           then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(primary_email, user_id, 'a user without a name'), ' holds ',
              coalesce(role_name, case when is_admin then 'all rights' else 'an unknown role' end),
              case when via_group is null then '' else concat(' through group ', via_group) end,
              case when suspended then ', suspended and unable to sign in'
                   else concat(
                       case when suspended is null then ', whether suspended unknown' else '' end,
                       case when is_enrolled_in_2sv then ', enrolled in 2-Step Verification'
                            when is_enrolled_in_2sv = false then ', not enrolled in 2-Step Verification'
                            else ', enrollment in 2-Step Verification unknown' end,
                       case when is_admin is null then ', whether super administrator unknown'
                            when is_admin then concat(', one of ', super_admins, ' super administrators',
                                 case when unclear > 0 then ' or more' else '' end,
                                 ', limits ', $min_super_admins, ' to ', $max_super_admins) else '' end,
                       case when valid then concat('; in the register of administrators, owner ', coalesce(owner, 'not stated'))
                            when declared = 0 then '; no register declared (register_administrator)'
                            when valid = false then concat('; its approval in the register ended ',
                                                           strftime(last_end, '%Y-%m-%dT%H:%M:%SZ'))
                            when declared = register_whole then '; not in the register of administrators'
                            else '; not among the entries of the register that could be read' end) end) as reason,
       case when suspended = false and last_login_at_note = 'never' then 'has never logged in' end as observation
from judged
