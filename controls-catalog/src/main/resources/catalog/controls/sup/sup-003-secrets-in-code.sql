-- Each repository: whether secrets are looked for and held back, and its open alerts. No secret stands in any column.
with aged as (
    select *, date_sub('second', created_at, as_of) as age_seconds from github_secret_alert
), alert as (
    select scope_id, repo, alert_number, secret_type, state, validity, publicly_leaked, age_seconds // 3600 as age_hours,
           coalesce(state = 'open' and validity = 'active' and age_seconds > $max_hours * 3600, false) as live,
           -- an open one that may still work, or whose age is not known, is no clean sheet
           case when state = 'resolved' then false
                when state = 'open' and validity = 'inactive' then false
                when state = 'open' and age_seconds between 0 and $max_hours * 3600 then false
                when state = 'open' and validity = 'active' and age_seconds > $max_hours * 3600 then false
                else true end as unclear,
           coalesce(state = 'resolved' and validity = 'active', false) as closed_live
    from aged
), summed as (
    select scope_id, repo, count_if(state = 'open') as open, count_if(live) as live, count_if(unclear) as unclear,
           count_if(closed_live) as closed_live,
           string_agg(case when live then concat(alert_number, ' (', coalesce(secret_type, 'unknown kind'), ', ', age_hours, ' hours',
                                                 case when publicly_leaked then ', found in public' else '' end, ')') end,
                      ', ' order by alert_number) as live_list
    from alert
    group by scope_id, repo
), read_state as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'github_secret_alert'
    group by scope_id
), entry as (
    select repository.scope_id, repository.row_key,
           bool_and(coalesce(not register.production, false)
                    and (register.expires_at is null or register.expires_at >= repository.as_of)) as excluded
    from github_repository as repository
    join register_repository as register on lower(register.repo) = lower(repository.repo)
    group by repository.scope_id, repository.row_key
), judged as (
    select repository.*, coalesce(open, 0) as open, coalesce(live, 0) as live, coalesce(unclear, 0) as unclear,
           coalesce(closed_live, 0) as closed_live, live_list, coalesce(read_state.whole, false) as whole,
           coalesce(excluded, false) as excluded
    from github_repository as repository
    left join summed on summed.scope_id = repository.scope_id and summed.repo = repository.repo
    left join entry on entry.scope_id = repository.scope_id and entry.row_key = repository.row_key
    left join read_state on read_state.scope_id = repository.scope_id
)
select scope_id, row_key,
       case when live > 0 and not excluded                                             then 'FAIL'
            when excluded or archived                                                  then 'NOT_APPLICABLE'
            when secret_scanning = 'disabled' or push_protection = 'disabled'          then 'FAIL'
            when secret_scanning = 'enabled' and push_protection = 'enabled'
                 and whole and unclear = 0                                             then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('repository ', coalesce(repo, 'without a name'),
              case when excluded then ': the register says that nothing in production is built from it'
                   when archived and live = 0 then ': it is archived and no working secret is open'
                   else concat(': secret scanning ', coalesce(secret_scanning, 'not known'), ', push protection ',
                               coalesce(push_protection, 'not known'), ', ', open, ' alerts open, ', live,
                               ' of them working and older than the limit of ', $max_hours, ' hours',
                               case when live > 0 then concat(': ', live_list) else '' end,
                               case when unclear > 0
                                    then concat('; ', unclear, ' of which it is not known whether they still work, or their age or state') else '' end,
                               case when whole then '' else '; the alerts were not read whole' end) end) as reason,
       case when not excluded and closed_live > 0
            then concat(closed_live, ' alerts were resolved although the secret still works') end as observation
from judged
