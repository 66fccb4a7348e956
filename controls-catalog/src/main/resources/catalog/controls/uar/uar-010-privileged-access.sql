-- Each frozen right that is privileged: kept for which reason, and used when. A right never used is unused since it was granted.
with register_read as (
    select count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) = count(*) as whole
    from tickmark_population
    where table_name = 'register_administrator'
), decision_read as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'review_decision'
    group by scope_id
), decided as (
    select scope_id, entitlement_key,
           count(distinct lower(trim(decision))) as decisions, min(lower(trim(decision))) as decision,
           min(case when trim(decision_reason) <> '' then decision_reason end) as written,
           min(coalesce(decided_at, received_at)) as decided_at, min(reviewer_id) as reviewer_id
    from review_decision
    where lower(trim(decision)) in ('keep', 'revoke', 'modify')
    group by scope_id, entitlement_key
), registered as (
    select entitlement.scope_id, entitlement.row_key, min(entry.approved_at) as approved_at
    from review_entitlement as entitlement
    join register_administrator as entry
      on lower(entry.system) = lower(entitlement.system) and lower(entry.principal) = lower(entitlement.subject)
    where (entry.account is null or entry.account = entitlement.account)
      and trim(entry.reason) <> '' and entry.approved_at <= entitlement.as_of
      and (entry.expires_at is null or entry.expires_at >= entitlement.as_of)
    group by entitlement.scope_id, entitlement.row_key
), judged as (
    select entitlement.*, decisions, decision, written, decided_at, reviewer_id, registered.approved_at as approved_at,
           population.closed_at, coalesce(decision_read.whole, false) as decisions_whole,
           coalesce(register_read.whole, true) as register_whole,
           case when last_used_at is not null then date_sub('day', last_used_at, entitlement.as_of)
                when last_used_at_note = 'never' then date_sub('day', coalesce(granted_at, created_at), entitlement.as_of) end as unused
    from review_entitlement as entitlement
    left join decided on decided.scope_id = entitlement.scope_id and decided.entitlement_key = entitlement.row_key
    left join registered on registered.scope_id = entitlement.scope_id and registered.row_key = entitlement.row_key
    left join review_population as population
           on population.scope_id = entitlement.scope_id and population.row_key = entitlement.population_key
    left join decision_read on decision_read.scope_id = entitlement.scope_id
    cross join register_read
), sorted as (
    select *,
           case when privileged = false                                             then 'ordinary'
                when decisions > 1                                                  then 'contradictory'
                when decision in ('revoke', 'modify') and decided_at is not null    then 'taken away'
                when decision = 'keep' and written is not null and decided_at is not null and reviewer_id is not null then 'reason'
                when privileged is null                                             then 'class unknown'
                when decision is null and decisions_whole and closed_at is not null then 'undecided'
                when decision is null                                               then 'open'
                when written is not null                                            then 'undated'
                when approved_at is not null and unused < $unused_days              then 'registered'
                when approved_at is not null and unused >= $unused_days             then 'unused'
                when approved_at is not null                                        then 'use unknown'
                when register_whole and decision = 'keep'                           then 'no reason'
                else 'register unread' end as state
    from judged
)
select scope_id, row_key,
       case when state in ('reason', 'registered', 'taken away')              then 'PASS'
            when state in ('no reason', 'unused', 'undecided', 'undated', 'contradictory') then 'FAIL'
            when state = 'ordinary'                                           then 'NOT_APPLICABLE'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(entitlement, 'an unnamed right'), ' of ', coalesce(subject, 'an unknown account'), ' in ',
              coalesce(system, 'an unknown system'), ': ',
              case state
                   when 'ordinary' then 'not privileged'
                   when 'contradictory' then 'came back with more than one decision'
                   when 'taken away' then concat(decision, ' decided ', strftime(decided_at, '%Y-%m-%d'), ', see UAR-009')
                   when 'reason' then concat('kept by ', reviewer_id, ', ', strftime(decided_at, '%Y-%m-%d'), ', with a reason')
                   when 'class unknown' then 'whether it is privileged is not known, and no reviewer gave a reason'
                   when 'undecided' then 'no decision, and the review is closed'
                   when 'open' then case when decisions_whole then 'no decision yet' else 'no decision among the returned rows that could be read' end
                   when 'undated' then 'kept with a reason, without the time or the reviewer'
                   when 'registered' then concat('kept, in the register of administrators since ', strftime(approved_at, '%Y-%m-%d'))
                   when 'unused' then concat('kept without the reviewer''s reason, in the register of administrators since ', strftime(approved_at, '%Y-%m-%d'))
                   when 'use unknown' then 'kept without the reviewer''s reason, in the register of administrators'
                   when 'no reason' then 'kept without a reason'
                   else 'kept without the reviewer''s reason, and the register of administrators was not read whole' end,
              case when state = 'ordinary' then ''
                   else concat('; unused for ', case when unused is null then 'an unknown time' else concat(unused, ' days') end,
                               ', limit ', $unused_days, ' days') end) as reason,
       case when state = 'reason' and unused >= $unused_days then 'kept although it was not used'
            end as observation
from sorted
