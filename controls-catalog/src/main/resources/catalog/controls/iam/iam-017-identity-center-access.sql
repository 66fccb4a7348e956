-- One finding for each user: who it is, by the mapping, else by e-mail address, else by register; and access without a group.
with name as (
    select scope_id, row_key, account_id, lower(user_name) as name from aws_sso_user where user_name is not null
    union
    select scope_id, row_key, account_id, lower(user_id) from aws_sso_user where user_id is not null
    union
    select scope_id, row_key, account_id, lower(primary_email) from aws_sso_user where primary_email is not null
), claim as (
    select name.scope_id, name.row_key, 1 as stage, mapping.worker_id as worker_id, 'the identity mapping' as said_by
    from name
    join identity_mapping as mapping
      on lower(mapping.subject) = name.name
     and lower(mapping.system) = 'aws-identity-center' and (mapping.account is null or mapping.account = name.account_id)
    union
    select name.scope_id, name.row_key, 2, person.worker_id, 'the e-mail address'
    from name
    join hr_person as person on lower(person.work_email) = name.name
    where contains(name.name, '@')
), decisive as (
    select scope_id, row_key, min(stage) as stage from claim group by scope_id, row_key
), matched as (
    select claim.scope_id, claim.row_key, min(claim.said_by) as said_by,
           count(distinct lower(coalesce(claim.worker_id, '?'))) as candidates, min(lower(claim.worker_id)) as worker_id
    from claim
    join decisive on decisive.scope_id = claim.scope_id and decisive.row_key = claim.row_key and decisive.stage = claim.stage
    group by claim.scope_id, claim.row_key
), worker as (
    select person.scope_id, person.row_key,
           bool_or(state = 'works') as works, bool_or(state = 'unclear') as unclear, count(*) as entries
    from (select matched.scope_id, matched.row_key,
                 case when roster.termination_effective_at is not null and roster.termination_effective_at > account.as_of then 'works'
                      when roster.termination_effective_at is not null then 'ended'
                      when roster.termination_date is not null then 'unclear'
                      when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','),
                                         trim(lower(roster.employment_status))) then 'works'
                      when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','),
                                         trim(lower(roster.employment_status))) then 'ended'
                      else 'unclear' end as state
          from matched
          join aws_sso_user as account on account.scope_id = matched.scope_id and account.row_key = matched.row_key
          join hr_person as roster on lower(roster.worker_id) = matched.worker_id
          where matched.candidates = 1) as person
    group by person.scope_id, person.row_key
), registered as (
    select name.scope_id, name.row_key, bool_or(entry.expires_at is null or entry.expires_at >= account.as_of) as valid,
           min(entry.kind) as kind, min(entry.owner) as owner
    from name
    join aws_sso_user as account on account.scope_id = name.scope_id and account.row_key = name.row_key
    join (select 'service' as kind, system, account, lower(subject) as subject, coalesce(owner, owner_worker_id) as owner, expires_at
          from register_service_account
          union all
          select 'break-glass', system, account, lower(subject), owner, expires_at from register_break_glass) as entry
      on entry.subject = name.name
     and lower(entry.system) = 'aws-identity-center' and (entry.account is null or entry.account = name.account_id)
    group by name.scope_id, name.row_key
), access as (
    select scope_id, identity_store_id, user_id, count(*) as grants, count_if(assignment_via = 'direct') as direct,
           count_if(assignment_via is null or assignment_via not in ('direct', 'group')) as unclear_via,
           string_agg(distinct concat(permission_set, ' in ', target_account_id), ', ' order by concat(permission_set, ' in ', target_account_id))
               filter (where assignment_via = 'direct') as direct_to
    from aws_sso_account_access
    where user_id is not null
    group by scope_id, identity_store_id, user_id
), access_read as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'aws_sso_account_access'
    group by scope_id
), read_state as (
    select coalesce(count_if(table_name = 'hr_person'), 0) > 0
               and coalesce(bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')), false) as whole,
           count_if(table_name = 'register_service_account') as registers
    from tickmark_population
    where table_name in ('hr_person', 'identity_mapping', 'register_service_account', 'register_break_glass')
), judged as (
    select person.*, coalesce(candidates, 0) as candidates, matched.worker_id, said_by,
           coalesce(works, false) as works, coalesce(worker.unclear, false) as unclear, coalesce(entries, 0) as entries,
           coalesce(valid, false) as valid, kind, owner,
           coalesce(grants, 0) as grants, coalesce(direct, 0) as direct, coalesce(unclear_via, 0) as unclear_via, direct_to,
           coalesce(access_read.whole, false) as access_whole, read_state.whole as people_whole, registers
    from aws_sso_user as person
    left join matched on matched.scope_id = person.scope_id and matched.row_key = person.row_key
    left join worker on worker.scope_id = person.scope_id and worker.row_key = person.row_key
    left join registered on registered.scope_id = person.scope_id and registered.row_key = person.row_key
    left join access on access.scope_id = person.scope_id and access.identity_store_id = person.identity_store_id
                    and access.user_id = person.user_id
    left join access_read on access_read.scope_id = person.scope_id
    cross join read_state
), sorted as (
    select *,
           case when user_status = 'DISABLED'              then 'off'
                when candidates > 1                        then 'ambiguous'
                when works                                 then 'worker'
                when entries > 0 and unclear               then 'worker unclear'
                when entries > 0                           then 'former worker'
                when valid                                 then 'registered'
                when not people_whole                      then 'unread'
                when registers = 0                         then 'no register'
                else 'nobody' end as owner_kind
    from judged
)
select scope_id, row_key,
       case when owner_kind = 'off'                                                    then 'NOT_APPLICABLE'
            when owner_kind in ('former worker', 'nobody')                             then 'FAIL'
            when direct > 0 and not $allow_direct_assignment                           then 'FAIL'
            when not $allow_direct_assignment and (not access_whole or unclear_via > 0) then 'NOT_EVALUATED'
            when owner_kind in ('worker', 'registered')                                then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(user_name, user_id, 'a user without a name'), ': ',
              case owner_kind
                   when 'off' then 'switched off'
                   when 'ambiguous' then concat('more than one worker by ', said_by)
                   when 'worker' then concat('worker ', worker_id, ' by ', said_by)
                   when 'worker unclear' then concat('worker ', worker_id, ' by ', said_by,
                                                     ', of whom the roster does not say clearly whether they work')
                   when 'former worker' then concat('former worker ', worker_id, ' by ', said_by)
                   when 'registered' then concat(kind, ' account in the register, owner ', coalesce(owner, 'not stated'))
                   when 'unread' then 'no worker found, but the roster, the mapping or the registers were not read whole'
                   when 'no register' then 'no worker found, and no register declared (register_service_account)'
                   else 'no worker in the roster and in no register of service or break-glass accounts' end,
              case when owner_kind = 'off' then ''
                   else concat('; ', grants, ' grants of access',
                               case when not access_whole then ' seen, but access was not read whole' else '' end,
                               case when unclear_via > 0 then concat(', ', unclear_via, ' of which do not say how they came') else '' end,
                               case when direct > 0 then concat(', given to the user itself: ', direct_to) else '' end) end) as reason,
       case when owner_kind not in ('off') and user_status is null then 'whether the user is switched on is not stated'
            when direct > 0 and $allow_direct_assignment then 'access given to the user itself, as the policy allows' end as observation
from sorted
