-- What each user who can sign in could be asked for. A factor of a type on no list is named and counts for nothing.
with factor as (
    select scope_id, user_id, lower(factor_type) as kind,
           list_contains(string_split(replace(lower($ignored_types), ' ', ''), ','), lower(factor_type)) as ignored,
           list_contains(string_split(replace(lower($telephone_types), ' ', ''), ','), lower(factor_type)) as telephone,
           list_contains(string_split(replace(lower($resistant_types), ' ', ''), ','), lower(factor_type)) as resistant,
           list_contains(string_split(replace(lower($other_types), ' ', ''), ','), lower(factor_type)) as other
    from okta_user_factor
    where status = 'ACTIVE'
), counted as (
    select scope_id, user_id,
           count_if(not ignored and (telephone or resistant or other)) as counting,
           count_if(not ignored and (resistant or other)) as beyond_telephone,
           count_if(not ignored and resistant) as resistant,
           count_if(not ignored and not telephone and not resistant and not other) as unknown,
           string_agg(distinct kind, ', ' order by kind) as kinds
    from factor
    where kind is not null
    group by scope_id, user_id
), factors_read as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'okta_user_factor'
    group by scope_id
), judged as (
    select person.*, coalesce(counting, 0) as counting, coalesce(beyond_telephone, 0) as beyond_telephone,
           coalesce(resistant, 0) as resistant, coalesce(unknown, 0) as unknown, kinds, coalesce(whole, false) as whole,
           case when json_array_length(admin_roles) > 0 then true when json_array_length(admin_roles) = 0 then false end as administers
    from okta_user as person
    left join counted on counted.scope_id = person.scope_id and counted.user_id = person.user_id
    left join factors_read on factors_read.scope_id = person.scope_id
)
select scope_id, row_key,
       case when status in ('STAGED', 'PROVISIONED', 'SUSPENDED', 'DEPROVISIONED')                   then 'NOT_APPLICABLE'
            when coalesce(status, '') not in ('ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT') then 'NOT_EVALUATED'
            when counting = 0 and unknown = 0 and whole                                              then 'FAIL'
            when administers and resistant = 0 and unknown = 0 and whole                             then 'FAIL'
            when resistant > 0                                                                       then 'PASS'
            when counting > 0 and administers = false                                                then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(login, 'a user without a login'), ', status ', coalesce(status, 'unknown'),
              case when administers then ', administrator' when administers is null then ', administrator roles not known' else '' end,
              case when status in ('STAGED', 'PROVISIONED', 'SUSPENDED', 'DEPROVISIONED') then ', cannot sign in'
                   else concat(': active factors ', coalesce(kinds, 'none'),
                               case when not whole then ' among those that could be read' else '' end,
                               case when unknown > 0 then ', of which a type is not known here' else '' end,
                               '; needed is ', case when administers then 'one that resists phishing' else concat('one other than ', $ignored_types) end) end) as reason,
       case when status in ('ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT') and counting > 0 and beyond_telephone = 0 and unknown = 0 and whole
            then 'only by text message or telephone' end as observation
from judged
