-- Each returned row with a decision: who decided, and whose access it was. The worker ids above the reviewer are a JSON list.
with entitlement_read as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'review_entitlement'
    group by scope_id
), decided as (
    select decision.scope_id, decision.row_key, decision.system, decision.reviewer_id, decision.reviewer_managers,
           decision.reviewer_provisions, decision.delegated_from, decision.assigned_reviewer_id,
           coalesce(decision.subject, entitlement.subject) as subject,
           coalesce(decision.entitlement, entitlement.entitlement) as entitlement,
           lower(trim(decision.decision)) in ('keep', 'revoke', 'modify') as decides,
           entitlement.row_key is not null as known, entitlement.subject_kind, entitlement.mapped_worker_id,
           coalesce(whole, false) as whole
    from review_decision as decision
    left join review_entitlement as entitlement
           on entitlement.scope_id = decision.scope_id and entitlement.row_key = decision.entitlement_key
    left join entitlement_read on entitlement_read.scope_id = decision.scope_id
), sorted as (
    select *,
           case when decides is null or not decides                                     then 'no decision'
                when lower(reviewer_id) = lower(mapped_worker_id)                       then 'own'
                when contains(lower(reviewer_managers), concat('"', lower(mapped_worker_id), '"')) then 'superior'
                when reviewer_id is null                                                then 'no reviewer'
                when not known and whole                                                then 'stranger'
                when not known                                                          then 'unread'
                when mapped_worker_id is null and subject_kind = 'service'              then 'service'
                when mapped_worker_id is null                                           then 'nobody'
                when reviewer_managers is null                                          then 'no line'
                when lower(reviewer_id) <> lower(mapped_worker_id)
                     and not contains(lower(reviewer_managers), concat('"', lower(mapped_worker_id), '"')) then 'other' end as relation
    from decided
)
select scope_id, row_key,
       case when relation in ('own', 'superior')         then 'FAIL'
            when relation = 'other'                      then 'PASS'
            when relation in ('no decision', 'service')  then 'NOT_APPLICABLE'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(entitlement, 'an unnamed right'), ' of ', coalesce(subject, 'an unknown account'), ' in ',
              coalesce(system, 'an unknown system'), ': ',
              case relation
                   when 'no decision' then 'came back without a decision, see UAR-007'
                   when 'own' then concat('reviewed by ', reviewer_id, ', whose own access it is')
                   when 'superior' then concat('reviewed by ', reviewer_id, ', who reports to ', mapped_worker_id, ', whose access it is')
                   when 'no reviewer' then 'who decided is not stated'
                   when 'stranger' then 'no frozen row belongs to this decision, see UAR-002'
                   when 'unread' then 'its frozen row was not read'
                   when 'service' then concat('a service account, reviewed by ', reviewer_id, ', see UAR-011')
                   when 'nobody' then concat('reviewed by ', reviewer_id, '; whose account it is, is not known')
                   when 'no line' then concat('reviewed by ', reviewer_id, ', whose line of managers could not be worked out')
                   else concat('of worker ', mapped_worker_id, ', reviewed by ', reviewer_id, ', who is another and does not report to them') end) as reason,
       case when relation = 'other' and lower(delegated_from) = lower(mapped_worker_id)
            then 'handed to this reviewer by the person whose access it is'
            when relation = 'other' and reviewer_provisions then 'the reviewer hands out rights in this system' end as observation
from sorted
