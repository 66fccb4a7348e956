-- Each bypass of a branch rule and each change of a protection: whether a ticket and another person's look explain it.
with register_state as (
    select count(*) as declared, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'register_rule_bypass'
), explained as (
    select event.scope_id, event.row_key, count(*) as entries,
           coalesce(count_if(trim(entry.ticket_key) <> '' and trim(entry.reviewed_by) <> ''
                    and entry.reviewed_at between event.event_time and event.as_of
                    and lower(trim(entry.reviewed_by)) <> lower(event.actor)), 0) as good,
           bool_or(coalesce(trim(entry.ticket_key), '') <> '') as ticket,
           bool_or(coalesce(trim(entry.reviewed_by), '') <> '') as looked,
           bool_and(lower(trim(entry.reviewed_by)) = lower(event.actor)) as by_actor,
           min(entry.ticket_key) as ticket_key, min(entry.reviewed_by) as reviewed_by
    from github_rule_event as event
    join register_rule_bypass as entry on entry.event_id = event.event_id
    group by event.scope_id, event.row_key
), judged as (
    select event.*, coalesce(entries, 0) as entries, coalesce(good, 0) as good, coalesce(ticket, false) as ticket,
           coalesce(looked, false) as looked, coalesce(by_actor, false) as by_actor, ticket_key, reviewed_by,
           declared, register_state.whole as register_whole,
           case when event.source = 'rule_suite' and event.result in ('pass', 'fail') then 'held'
                when event.source = 'rule_suite' and event.result = 'bypass' then 'bypass'
                when event.source in ('audit_log', 'ruleset_history') then 'change'
                else 'unclear' end as kind
    from github_rule_event as event
    left join explained on explained.scope_id = event.scope_id and explained.row_key = event.row_key
    cross join register_state
)
select scope_id, row_key,
       case when kind = 'held'                                                              then 'NOT_APPLICABLE'
            when kind = 'unclear' or declared = 0                                           then 'NOT_EVALUATED'
            when good > 0                                                                   then 'PASS'
            when actor is null and entries > 0                                              then 'NOT_EVALUATED'
            when event_time is null and entries > 0                                         then 'NOT_EVALUATED'
            when declared = register_whole and good = 0                                     then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat(case when kind = 'held' then 'push against rules' when kind = 'bypass' then 'bypass of branch rules'
                   when kind = 'change' then concat('change of a protection (', coalesce(event, 'unknown action'), ')')
                   else 'event of an unknown result' end,
              ' on ', coalesce(ref, 'no branch'), ' of ', coalesce(repo, 'the organization'), ' by ',
              coalesce(actor, 'an account that is not known'), ' at ',
              coalesce(strftime(event_time, '%Y-%m-%dT%H:%M:%SZ'), 'an unknown time'), ': ',
              case when kind = 'held' then concat('the rules answered ', result)
                   when kind = 'unclear' then concat('the source says ', coalesce(result, 'nothing'), ' of its result')
                   when declared = 0 then 'no register declared (register_rule_bypass)'
                   when good > 0 then concat('ticket ', ticket_key, ', looked at by ', reviewed_by)
                   when entries = 0 and declared <> register_whole then 'not among the entries of the register that could be read'
                   when entries = 0 then 'no ticket and no review in the register'
                   when not ticket then 'the register names no ticket'
                   when not looked then concat('ticket ', ticket_key, ', but nobody looked at it afterwards')
                   when actor is null or event_time is null then 'in the register, but who did it or when is not known'
                   when by_actor then concat('ticket ', ticket_key, ', looked at only by the one who did it')
                   else concat('ticket ', coalesce(ticket_key, 'not stated'),
                               ', but no single entry has a ticket and a later look by another person') end) as reason
from judged
