-- Each frozen right and what came back for it. A run of decisions is seen from the time of the one that many before it.
with timed as (
    select scope_id, row_key, population_key, entitlement_key, lower(trim(decision)) as decision, decision_reason, reviewer_id,
           decided_at, received_at,
           date_sub('second', lag(decided_at, $bulk_decisions) over (
               partition by scope_id, reviewer_id order by decided_at, row_key), decided_at) as seconds_for_many
    from review_decision
), run as (
    select scope_id, reviewer_id, min(seconds_for_many) as fastest from timed group by scope_id, reviewer_id
), approving as (
    select timed.scope_id, timed.reviewer_id, count(*) as privileged, count_if(timed.decision = 'keep') as kept
    from timed
    join review_entitlement as entitlement
      on entitlement.scope_id = timed.scope_id and entitlement.row_key = timed.entitlement_key
    where entitlement.privileged
    group by timed.scope_id, timed.reviewer_id
), per_right as (
    select timed.scope_id, timed.entitlement_key,
           count(distinct case when decision in ('keep', 'revoke', 'modify') then decision end) as decisions,
           min(case when decision in ('keep', 'revoke', 'modify') then decision end) as decision,
           count_if(decision in ('keep', 'revoke', 'modify') and timed.reviewer_id is not null
                    and coalesce(decided_at, received_at) is not null) as whole_ones,
           min(case when decision in ('keep', 'revoke', 'modify') then timed.reviewer_id end) as reviewer_id,
           min(case when decision in ('keep', 'revoke', 'modify') then decided_at end) as decided_at,
           max(case when decision in ('keep', 'revoke', 'modify') then decided_at end) as last_decided_at,
           min(case when decision in ('keep', 'revoke', 'modify') then received_at end) as received_at,
           bool_or(fastest < $bulk_seconds) as in_bulk,
           bool_or(privileged > $bulk_privileged and kept = privileged) as all_kept
    from timed
    left join run on run.scope_id = timed.scope_id and run.reviewer_id = timed.reviewer_id
    left join approving on approving.scope_id = timed.scope_id and approving.reviewer_id = timed.reviewer_id
    group by timed.scope_id, timed.entitlement_key
), decisions_read as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'review_decision'
    group by scope_id
), judged as (
    select entitlement.scope_id, entitlement.row_key, entitlement.subject, entitlement.entitlement, entitlement.system,
           coalesce(decisions, 0) as decisions, decision, coalesce(whole_ones, 0) as whole_ones, reviewer_id, decided_at, last_decided_at, received_at,
           in_bulk, all_kept, coalesce(whole, false) as whole, population.opened_at, population.closed_at,
           decided_at < population.opened_at or last_decided_at > population.closed_at as outside
    from review_entitlement as entitlement
    left join per_right on per_right.scope_id = entitlement.scope_id and per_right.entitlement_key = entitlement.row_key
    left join review_population as population
           on population.scope_id = entitlement.scope_id and population.row_key = entitlement.population_key
    left join decisions_read on decisions_read.scope_id = entitlement.scope_id
)
select scope_id, row_key,
       case when decisions > 1                                                          then 'FAIL'
            when outside                                                                then 'FAIL'
            when decisions = 0 and closed_at is not null and whole                      then 'FAIL'
            when decisions = 1 and whole_ones = 0                                       then 'FAIL'
            when decisions = 1 and whole_ones > 0 and opened_at is not null and whole   then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(entitlement, 'an unnamed right'), ' of ', coalesce(subject, 'an unknown account'), ' in ',
              coalesce(system, 'an unknown system'), ': ',
              case when decisions > 1 then 'came back with more than one decision'
                   when decisions = 0 and not whole then 'no decision among the returned rows that could be read'
                   when decisions = 0 and closed_at is null then 'no decision yet, the review is not closed'
                   when decisions = 0 then 'no decision, and the review is closed'
                   else concat(decision, ' by ', coalesce(reviewer_id, 'nobody named'), ', ',
                               case when decided_at is not null then concat('decided ', strftime(decided_at, '%Y-%m-%dT%H:%M:%SZ'))
                                    when received_at is not null then concat('received ', strftime(received_at, '%Y-%m-%dT%H:%M:%SZ'))
                                    else 'without a time' end,
                               case when outside then concat(', outside of the review, which was open from ', coalesce(strftime(opened_at, '%Y-%m-%dT%H:%M:%SZ'), 'an unknown time'), ' to ',
                                                             coalesce(strftime(closed_at, '%Y-%m-%dT%H:%M:%SZ'), 'now'))
                                    when opened_at is null then ', when the review was opened is not known'
                                    when not whole then ', the returned rows were not read whole' else '' end) end) as reason,
       case when in_bulk then concat('the reviewer decided more than ', $bulk_decisions, ' rows in less than ', $bulk_seconds, ' seconds')
            when all_kept then concat('the reviewer kept all privileged rights, more than ', $bulk_privileged)
            when decisions = 1 and decided_at is null and received_at is not null
            then 'the file has no time of the decision; the time of receipt stands in' end as observation
from judged
