-- Each IAM user: who it is, by the first of mapping, tag and e-mail user name that says anything, else what it is registered as.
with account as (
    select scope_id, account_id, row_key, as_of, user_name, arn,
           password_enabled or access_key_1_active or access_key_2_active or cert_1_active or cert_2_active as enabled,
           greatest(password_last_used, access_key_1_last_used_date, access_key_2_last_used_date) as last_used_at
    from aws_iam_credential_report
), claim as (                                        -- what is said of who an account is, and by what
    select account.scope_id, account.row_key, 1 as stage, 'identity mapping' as said_by, mapping.worker_id as said
    from account
    join identity_mapping as mapping
      on lower(mapping.system) = 'aws'
     and (mapping.account is null or mapping.account = account.account_id)
     and lower(mapping.subject) in (lower(account.user_name), lower(account.arn))
    union
    select account.scope_id, account.row_key, 2, concat('tag ', tag.tag_key), trim(tag.tag_value)
    from account
    join aws_iam_user_tag as tag on tag.scope_id = account.scope_id and tag.arn = account.arn
    where trim(tag.tag_value) <> ''
      and list_contains(string_split(replace(lower($tag_keys), ' ', ''), ','), lower(tag.tag_key))
    union
    select scope_id, row_key, 3, 'user name', user_name from account where contains(user_name, '@')
), decisive as (                                     -- the first that says anything decides, and no later one
    select scope_id, row_key, min(stage) as stage from claim group by scope_id, row_key
), candidate as (
    select distinct claim.scope_id, claim.row_key, claim.said_by, claim.said, person.worker_id
    from claim
    join decisive
      on decisive.scope_id = claim.scope_id and decisive.row_key = claim.row_key and decisive.stage = claim.stage
    left join hr_person as person
           on (claim.stage <= 2 and lower(person.worker_id) = lower(claim.said))
           or (claim.stage >= 2 and lower(person.work_email) = lower(claim.said))
), matched as (
    select scope_id, row_key,
           count(distinct coalesce(worker_id, concat('?', said))) as candidates,
           min(worker_id) as worker_id,
           string_agg(distinct concat(said_by, ' ', said), ', ' order by concat(said_by, ' ', said)) as said
    from candidate
    group by scope_id, row_key
), worker as (
    select account.scope_id, account.row_key, matched.worker_id,
           bool_or(case when termination_effective_at is not null then termination_effective_at > account.as_of
                        when termination_date is not null then null
                        when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','), trim(lower(employment_status))) then true
                        when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','), trim(lower(employment_status))) then false end) as works,
           bool_and(case when termination_effective_at is not null then termination_effective_at <= account.as_of
                         when termination_date is not null then null
                         when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','), trim(lower(employment_status))) then false
                         when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','), trim(lower(employment_status))) then true end) as ended,
           count_if(termination_effective_at is null
                    and (termination_date is not null
                         or not coalesce(list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','), trim(lower(employment_status)))
                              or list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','), trim(lower(employment_status))), false))) as unclear,
           min(employment_status) as status
    from account
    join matched on matched.scope_id = account.scope_id and matched.row_key = account.row_key and matched.candidates = 1
    join hr_person as person on person.worker_id = matched.worker_id
    group by account.scope_id, account.row_key, matched.worker_id
), registered as (
    select account.scope_id, account.row_key,
           bool_or(expires_at is null or expires_at >= account.as_of) as valid,
           min(entry.kind) as kind, min(entry.owner) as owner, max(expires_at) as last_end
    from account
    join (select 'service' as kind, system, account, subject, coalesce(owner, owner_worker_id) as owner, expires_at
          from register_service_account
          union all
          select 'break-glass', system, account, subject, owner, expires_at from register_break_glass) as entry
      on lower(entry.system) = 'aws'
     and (entry.account is null or entry.account = account.account_id)
     and lower(entry.subject) in (lower(account.user_name), lower(account.arn))
    group by account.scope_id, account.row_key
), read_state as (
    select count_if(table_name = 'register_service_account') as registers,
           count_if(table_name = 'hr_person') > 0
               and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name in ('hr_person', 'aws_iam_user_tag', 'identity_mapping', 'register_service_account',
                         'register_break_glass')
), judged as (
    select account.*, coalesce(candidates, 0) as candidates, matched.worker_id, said, works, ended,
           coalesce(unclear, 0) as unclear, status, valid, registered.kind, owner, last_end, registers,
           read_state.whole as whole
    from account
    left join matched on matched.scope_id = account.scope_id and matched.row_key = account.row_key
    left join worker on worker.scope_id = account.scope_id and worker.row_key = account.row_key
    left join registered on registered.scope_id = account.scope_id and registered.row_key = account.row_key
    cross join read_state
), sorted as (
    select *,
           case when enabled = false                                     then 'off'
                when enabled is null                                     then 'state unknown'
                when candidates > 1                                      then 'ambiguous'
                when worker_id is not null and works                     then 'worker'
                when worker_id is not null and unclear > 0               then 'worker unclear'
                when worker_id is not null and ended                     then 'former worker'
                when worker_id is not null                               then 'worker unclear'
                when valid                                               then 'registered'
                when not whole                                           then 'unread'
                when registers = 0                                       then 'no register'
                when whole and registers > 0                             then 'nobody'
                else 'unread' end as owner_kind
    from judged
)
select scope_id, row_key,
       case owner_kind
            when 'worker'        then 'PASS'
            when 'registered'    then 'PASS'
            when 'nobody'        then 'FAIL'
            when 'off'           then 'NOT_APPLICABLE'
            when 'former worker' then 'NOT_APPLICABLE'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(user_name, 'an unknown user'), ': ',
              case owner_kind
                   when 'off' then 'no enabled password, key or certificate'
                   when 'state unknown' then 'whether a password, key or certificate is enabled is not stated'
                   when 'ambiguous' then concat('more than one candidate by ', said)
                   when 'worker' then concat('worker ', worker_id, ', matched by ', said)
                   when 'worker unclear' then concat('worker ', worker_id, ', matched by ', said,
                                                     ', of whom the roster does not say clearly whether they work (status ',
                                                     coalesce(status, 'not stated'), ')')
                   when 'former worker' then concat('former worker ', worker_id, ', matched by ', said, ', see UAR-005')
                   when 'registered' then concat(kind, ' account in the register, owner ', coalesce(owner, 'not stated'))
                   else concat(case when said is null then 'nothing says whose it is'
                                    else concat('no worker in the roster for ', said) end,
                               case when valid = false then concat('; its entry in the register ended ',
                                                                   strftime(last_end, '%Y-%m-%dT%H:%M:%SZ')) else '' end,
                               case owner_kind
                                    when 'unread' then '; roster, tags, mapping or registers were not read whole'
                                    when 'no register' then '; no register declared (register_service_account)'
                                    else '; in no register of service or break-glass accounts' end) end) as reason,
       case when owner_kind = 'registered' and said is not null then concat('it also says ', said, ', who is in no roster')
            end as observation
from sorted
