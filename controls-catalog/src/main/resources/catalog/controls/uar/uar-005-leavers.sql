-- Each worker of the roster: whether the work has ended, and which accounts matched to them are still enabled.
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
), latest as (
    select max(as_of) as as_of from account
), worker as (
    select person.scope_id, person.row_key, person.worker_id, person.employment_status as status,
           person.termination_effective_at as ended_at,
           case when termination_effective_at is not null
                     then case when termination_effective_at > coalesce(latest.as_of, person.as_of) then 'works'
                               else 'ended' end
                when termination_date is not null then 'unclear'
                when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','), trim(lower(employment_status))) then 'works'
                when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','), trim(lower(employment_status))) then 'ended undated'
                else 'unclear' end as state
    from hr_person as person
    cross join latest
), account_of as (
    select candidate.worker_id, account.user_name, account.account_id, account.enabled, account.as_of,
           account.last_used_at, matched.candidates, matched.said
    from (select distinct scope_id, row_key, worker_id from candidate where worker_id is not null) as candidate
    join matched on matched.scope_id = candidate.scope_id and matched.row_key = candidate.row_key
    join account on account.scope_id = candidate.scope_id and account.row_key = candidate.row_key
), held as (
    select worker.scope_id, worker.row_key,
           count(account_of.user_name) as accounts,
           -- count_if of nothing but unknowns is unknown, and a worker without accounts has none
           coalesce(count_if(candidates > 1 and coalesce(enabled, true)), 0) as ambiguous,
           coalesce(count_if(candidates = 1 and enabled is null), 0) as unknown,
           coalesce(count_if(candidates = 1 and enabled), 0) as enabled,
           coalesce(count_if(candidates = 1 and enabled
                             and date_sub('second', ended_at, account_of.as_of) > $max_hours * 3600), 0) as late,
           coalesce(count_if(candidates = 1 and last_used_at > ended_at), 0) as used_after,
           string_agg(case when candidates = 1 and enabled then
               concat(account_of.user_name, ' in ', account_id, ' (by ', said, ')',
                      case when ended_at is null then ''
                           else concat(' open ', greatest(date_sub('hour', ended_at, account_of.as_of), 0), ' hours after') end,
                      case when last_used_at > ended_at
                           then concat(', last used ', strftime(last_used_at, '%Y-%m-%dT%H:%M:%SZ')) else '' end)
               end, '; ' order by account_of.user_name, account_id) as open_accounts
    from worker
    left join account_of on account_of.worker_id = worker.worker_id
    group by worker.scope_id, worker.row_key
), read_state as (
    select count_if(table_name = 'aws_iam_credential_report') > 0
               and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name in ('aws_iam_credential_report', 'aws_iam_user_tag', 'identity_mapping')
), judged as (
    select worker.*, held.accounts, held.ambiguous, held.unknown, held.enabled, held.late, held.used_after,
           held.open_accounts, coalesce(read_state.whole, false) as whole
    from worker
    join held on held.scope_id = worker.scope_id and held.row_key = worker.row_key
    cross join read_state
)
select scope_id, row_key,
       case when state = 'works'                                                    then 'NOT_APPLICABLE'
            when state = 'ended' and late > 0                                       then 'FAIL'
            when state in ('ended', 'ended undated')
                 and (ambiguous > 0 or unknown > 0 or not whole)                    then 'NOT_EVALUATED'
            when state = 'ended' and late = 0                                       then 'PASS'
            when state = 'ended undated' and enabled = 0                            then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('worker ', worker_id, ', status ', coalesce(status, 'not stated'),
              case when ended_at is null then '' else concat(', end of work ', strftime(ended_at, '%Y-%m-%dT%H:%M:%SZ')) end,
              ': ',
              case when state = 'works' then 'the work has not ended'
                   when state = 'unclear' then 'the roster does not say clearly whether and when the work ended'
                   else concat(case when enabled > 0 then concat('still enabled: ', open_accounts)
                                    when accounts = 0 then 'no account is matched to this worker'
                                    else 'no account matched to this worker is enabled' end,
                               case when ambiguous > 0 then concat('; ', ambiguous, ' accounts with more than one candidate')
                                    else '' end,
                               case when unknown > 0 then concat('; ', unknown, ' accounts of an unknown state') else '' end,
                               case when whole then '' else '; accounts, tags or mapping were not read whole' end,
                               case when state = 'ended undated' then '; the roster does not say when the work ended'
                                    else concat('; limit ', $max_hours, ' hours') end) end) as reason,
       case when state = 'ended' and used_after > 0 then 'an account was used after the end of the work'
            when state = 'ended' and enabled > 0 and late = 0 then 'still enabled within the limit' end as observation
from judged
