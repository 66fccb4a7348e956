-- Each repository: whether alerts are on, and its alerts that are open too long or were dismissed without a word.
with aged as (
    select *, date_sub('day', created_at, as_of) as age_days,
           case lower(severity) when 'critical' then $critical_days when 'high' then $high_days
                                when 'medium' then $medium_days end as limit_days
    from github_dependabot_alert
), alert as (
    select scope_id, repo, alert_number, state, severity, age_days, limit_days,
           state = 'open' and coalesce(age_days > limit_days, false) as late,
           state = 'dismissed' and trim(coalesce(dismissed_comment, '')) = '' as silent,
           state is null or state not in ('open', 'fixed', 'dismissed', 'auto_dismissed')
               or (state = 'open' and (severity is null or lower(severity) not in ('critical', 'high', 'medium', 'low')
                                       or (lower(severity) <> 'low' and coalesce(age_days < 0, true)))) as unclear
    from aged
), summed as (
    select scope_id, repo, count_if(state = 'open') as open, count_if(late) as late, count_if(silent) as silent,
           count_if(unclear) as unclear, count_if(state = 'auto_dismissed') as by_rule,
           string_agg(case when late then concat(alert_number, ' (', lower(severity), ', ', age_days, ' days, limit ', limit_days, ')') end,
                      ', ' order by alert_number) as late_list,
           string_agg(case when silent then cast(alert_number as varchar) end, ', ' order by alert_number) as silent_list
    from alert
    group by scope_id, repo
), read_state as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'github_dependabot_alert'
    group by scope_id
), entry as (
    select repository.scope_id, repository.row_key,
           bool_and(coalesce(not register.production, false)
                    and (register.expires_at is null or register.expires_at >= repository.as_of)) as excluded
    from github_repository as repository
    join register_repository as register on lower(register.repo) = lower(repository.repo)
    group by repository.scope_id, repository.row_key
), judged as (
    select repository.*, coalesce(open, 0) as open, coalesce(late, 0) as late, coalesce(silent, 0) as silent,
           coalesce(unclear, 0) as unclear, coalesce(by_rule, 0) as by_rule, late_list, silent_list,
           coalesce(read_state.whole, false) as whole, coalesce(excluded, false) as excluded
    from github_repository as repository
    left join summed on summed.scope_id = repository.scope_id and summed.repo = repository.repo
    left join entry on entry.scope_id = repository.scope_id and entry.row_key = repository.row_key
    left join read_state on read_state.scope_id = repository.scope_id
)
select scope_id, row_key,
       case when excluded or archived                                            then 'NOT_APPLICABLE'
            when vulnerability_alerts = false or late > 0 or silent > 0          then 'FAIL'
            when vulnerability_alerts and whole and unclear = 0                  then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('repository ', coalesce(repo, 'without a name'),
              case when excluded then ': the register says that nothing in production is built from it'
                   when archived then ': it is archived'
                   else concat(': alerts ', case when vulnerability_alerts then 'on' when vulnerability_alerts = false then 'off'
                                                 else 'on or off is not known' end,
                               ', ', open, ' open, ', late, ' of them beyond the limit',
                               case when late > 0 then concat(': ', late_list) else '' end,
                               case when silent > 0 then concat('; dismissed without a comment: ', silent_list) else '' end,
                               case when unclear > 0 then concat('; ', unclear, ' of an unknown state, severity or age') else '' end,
                               case when whole then '' else '; the alerts were not read whole' end,
                               '; limits ', $critical_days, ', ', $high_days, ' and ', $medium_days,
                               ' days for critical, high and medium') end) as reason,
       case when not excluded and not coalesce(archived, false) and by_rule > 0
            then concat(by_rule, ' alerts dismissed by a rule of the repository, with no person behind each') end as observation
from judged
