-- Each worker who left within the time that the provider's log reaches back: when the account was disabled for good, and what
-- the record of the leaver says of accounts outside single sign-on. Business days are Monday to Friday: whole weeks since a
-- Monday give five each, the rest gives at most five.
with worker as (
    select person.*, lower(trim(worker_id)) as worker_key, lower(trim(work_email)) as login_key,
           case when hire_date > cast(as_of as date) then 'works'
                when termination_effective_at is not null
                     then case when termination_effective_at > as_of then 'works'
                               when date_sub('second', termination_effective_at, as_of) > $lookback_days * 86400 then 'long ago'
                               else 'ended' end
                when termination_date is not null then 'unclear'
                when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','), trim(lower(employment_status)))
                     then 'works'
                when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','), trim(lower(employment_status)))
                     then 'ended undated'
                else 'unclear' end as state
    from hr_person as person
), event as (                                         -- the worker id of an event decides, else its login
    select worker.scope_id, worker.row_key, event.occurred_at, event.change
    from worker join idp_lifecycle_event as event on lower(trim(event.worker_id)) = worker.worker_key
    where worker.state = 'ended' and event.occurred_at is not null
    union all
    select worker.scope_id, worker.row_key, event.occurred_at, event.change
    from worker join idp_lifecycle_event as event on lower(trim(event.login)) = worker.login_key
    where worker.state = 'ended' and event.occurred_at is not null and coalesce(trim(event.worker_id), '') = ''
), opened as (
    select scope_id, row_key, max(occurred_at) as last_enabled_at,
           count_if(change is null or change not in ('enabled', 'disabled', 'deleted')) as unclear
    from (select scope_id, row_key, change, case when change = 'enabled' then occurred_at end as occurred_at from event)
    group by scope_id, row_key
), closed as (                                        -- the first closing after which the account was not opened again
    select event.scope_id, event.row_key, min(event.occurred_at) as disabled_at
    from event
    join opened on opened.scope_id = event.scope_id and opened.row_key = event.row_key
    where event.change in ('disabled', 'deleted')
      and event.occurred_at > coalesce(opened.last_enabled_at, timestamp '1970-01-01')
    group by event.scope_id, event.row_key
), offboarding as (
    select lower(trim(worker_id)) as worker_key, count(*) as records, min(lower(trim(termination_type))) as termination_type,
           bool_or(privileged) as privileged, bool_or(idp_account) as idp_account,
           max(non_sso_accounts) as non_sso_accounts, max(non_sso_removed_date) as non_sso_removed_date
    from hr_offboarding
    where trim(worker_id) <> ''
    group by lower(trim(worker_id))
), read_state as (
    select coalesce(count_if(table_name = 'idp_lifecycle_event') > 0
                    and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) filter (where table_name = 'idp_lifecycle_event'),
                    false) as log_whole
    from tickmark_population
    where table_name in ('idp_lifecycle_event', 'hr_offboarding')
), joined as (
    select worker.*, closed.disabled_at, opened.last_enabled_at, coalesce(opened.unclear, 0) as unclear_events, coalesce(offboarding.records, 0) as records,
           offboarding.termination_type, offboarding.privileged, offboarding.idp_account, offboarding.non_sso_accounts,
           offboarding.non_sso_removed_date, log_whole,
           case when offboarding.termination_type = 'involuntary' or offboarding.privileged then $involuntary_max_hours
                when offboarding.termination_type in ('voluntary', 'end of contract') and offboarding.privileged = false then $max_hours
                end as limit_hours,
           coalesce(termination_date, cast(termination_effective_at as date)) as last_day,
           coalesce(non_sso_removed_date, cast(as_of as date)) as removed_or_now
    from worker
    left join opened on opened.scope_id = worker.scope_id and opened.row_key = worker.row_key
    left join closed on closed.scope_id = worker.scope_id and closed.row_key = worker.row_key
    left join offboarding on offboarding.worker_key = worker.worker_key
    cross join read_state
), timed as (
    select *,
           date_sub('second', termination_effective_at, coalesce(disabled_at, as_of)) as seconds,
           date_diff('day', date '1970-01-05', last_day) + 1 as from_day,
           date_diff('day', date '1970-01-05', removed_or_now) + 1 as to_day
    from joined
), counted as (
    select *,
           (to_day // 7) * 5 + least(to_day % 7, 5) - (from_day // 7) * 5 - least(from_day % 7, 5) as business_days
    from timed
), judged as (
    select *,
           case when idp_account = false                                                     then 'none'
                when not log_whole or unclear_events > 0                                     then 'unknown'
                when seconds > coalesce(limit_hours, $max_hours) * 3600                      then 'late'
                when disabled_at is null                                                     then 'not due'
                when seconds <= coalesce(limit_hours, $involuntary_max_hours) * 3600         then 'in time'
                else 'unknown' end as idp,
           case when records = 0 or non_sso_accounts is null                                 then 'unknown'
                when non_sso_accounts = 0                                                    then 'none'
                when business_days > $non_sso_business_days                                  then 'late'
                when non_sso_removed_date is null                                            then 'not due'
                when business_days <= $non_sso_business_days                                 then 'in time'
                else 'unknown' end as other
    from counted
)
select scope_id, row_key,
       case when state in ('works', 'long ago')                                              then 'NOT_APPLICABLE'
            when state in ('unclear', 'ended undated')                                       then 'NOT_EVALUATED'
            when idp = 'late' or other = 'late'                                              then 'FAIL'
            when idp in ('in time', 'none') and other in ('in time', 'none') and records = 1 then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('worker ', coalesce(worker_id, 'without an id'),
              case when termination_effective_at is null then ''
                   else concat(', end of work ', strftime(termination_effective_at, '%Y-%m-%dT%H:%M:%SZ')) end, ': ',
              case state when 'works' then 'the work has not ended'
                         when 'long ago' then concat('ended more than ', $lookback_days, ' days ago, an earlier run tested it')
                         when 'unclear' then 'the roster does not say clearly whether and when the work ended'
                         when 'ended undated' then 'the roster does not say when the work ended'
                         else concat(case idp when 'none' then 'no account of the identity provider'
                                              else concat(case when disabled_at is not null and seconds < 0 then 'account disabled before the end of work'
                                                               when disabled_at is not null
                                                               then concat('account disabled ', strftime(disabled_at, '%Y-%m-%dT%H:%M:%SZ'), ', ',
                                                                           round(seconds / 3600.0, 1), ' hours after')
                                                               when last_enabled_at is not null
                                                               then concat('account enabled again ', strftime(last_enabled_at, '%Y-%m-%dT%H:%M:%SZ'),
                                                                           ' and not disabled since')
                                                               when log_whole then concat('no event of disabling within ', round(seconds / 3600.0, 1), ' hours')
                                                               else 'no event of disabling was found' end,
                                                          case when log_whole then '' else ', the events were not read whole' end,
                                                          ', limit ', coalesce(cast(limit_hours as varchar),
                                                                               concat($involuntary_max_hours, ' or ', $max_hours)), ' hours') end,
                                     case when limit_hours is null and idp <> 'none' then ' (kind of leaver not stated)' else '' end,
                                     case when unclear_events > 0 then concat('; ', unclear_events, ' events of an unknown kind') else '' end,
                                     case when records = 0 then '; no record of the leaver'
                                          when records > 1 then concat('; ', records, ' records of the leaver')
                                          when non_sso_accounts is null then '; accounts outside single sign-on are not stated'
                                          when non_sso_accounts = 0 then '; no account outside single sign-on'
                                          else concat('; ', non_sso_accounts, ' accounts outside single sign-on, ',
                                                      case when non_sso_removed_date is null then 'not yet removed after '
                                                           else 'removed after ' end,
                                                      business_days, ' business days, limit ', $non_sso_business_days) end) end) as reason,
       case when state = 'ended' and idp_account = false then 'the record states that there was no account of the identity provider' end as observation
from judged
