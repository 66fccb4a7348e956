-- Each frozen population: whole, not old when the review opened, kept as counted, and come back row by row.
with kept as (
    select scope_id, population_key, count(*) as kept from review_entitlement group by scope_id, population_key
), returned as (
    select decision.scope_id, decision.population_key,
           count(distinct entitlement.row_key) as returned,
           count_if(entitlement.row_key is null) as strangers,
           count_if(decision.population_digest is null) as without_digest,
           count_if(decision.population_digest <> population.population_digest) as other_digest
    from review_decision as decision
    left join review_entitlement as entitlement
           on entitlement.scope_id = decision.scope_id and entitlement.row_key = decision.entitlement_key
          and entitlement.population_key = decision.population_key
    left join review_population as population
           on population.scope_id = decision.scope_id and population.row_key = decision.population_key
    group by decision.scope_id, decision.population_key
), tables_read as (
    select scope_id,
           coalesce(bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) filter (where table_name = 'review_entitlement'), false) as kept_whole,
           coalesce(bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) filter (where table_name = 'review_decision'), false) as returned_whole
    from tickmark_population
    where table_name in ('review_entitlement', 'review_decision')
    group by scope_id
), judged as (
    select population.*, coalesce(kept, 0) as kept, coalesce(returned, 0) as returned,
           coalesce(strangers, 0) as strangers, coalesce(without_digest, 0) as without_digest,
           coalesce(other_digest, 0) as other_digest,
           coalesce(kept_whole, false) as kept_whole, coalesce(returned_whole, false) as returned_whole,
           case when population.opened_at >= extracted_at then date_sub('day', extracted_at, population.opened_at) end as age_days,
           coalesce(population.verdict in ('COMPLETE', 'EMPTY_PROVEN'), false) as whole
    from review_population as population
    left join kept on kept.scope_id = population.scope_id and kept.population_key = population.row_key
    left join returned on returned.scope_id = population.scope_id and returned.population_key = population.row_key
    left join tables_read on tables_read.scope_id = population.scope_id
)
select scope_id, row_key,
       case when age_days > $max_extract_age_days                                              then 'FAIL'
            when kept_whole and kept <> entitlement_row_count                                  then 'FAIL'
            when other_digest > 0                                                              then 'FAIL'
            when kept_whole and strangers > 0                                                  then 'FAIL'
            when closed_at is not null and kept_whole and returned_whole and returned < kept   then 'FAIL'
            when whole and kept_whole and returned_whole and age_days between 0 and $max_extract_age_days
                 and kept = entitlement_row_count and returned = kept and strangers = 0
                 and without_digest = 0 and population_digest is not null                      then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('population of ', coalesce(system, 'an unknown system'), case when account is null then '' else concat(' ', account) end,
              ' in review ', coalesce(review_id, 'without an id'), ': read ', coalesce(verdict, 'with unknown completeness'),
              ', age at opening ', case when age_days is null then 'unknown' else concat(age_days, ' days') end,
              ', limit ', $max_extract_age_days, ' days; ', coalesce(cast(entitlement_row_count as varchar), 'an unknown number of'),
              ' rows frozen, ', kept, ' kept, ', returned, ' came back',
              case when returned < kept and closed_at is null then '; the review is still open' else '' end,
              case when strangers > 0 then concat('; ', strangers, ' returned rows are not of this population') else '' end,
              case when other_digest > 0 then concat('; ', other_digest, ' returned rows name another digest') else '' end,
              case when without_digest > 0 then concat('; ', without_digest, ' returned rows name no digest') else '' end,
              case when not kept_whole then '; the frozen rows were not read whole' else '' end,
              case when not returned_whole then '; the returned rows were not read whole' else '' end) as reason,
       case when sealed_at > first_worksheet_at then 'sealed only after the first worksheet was written'
            when sealed_at is null then 'when the frozen population was sealed is not stated'
            when basis = 'DECLARED' then 'that it is whole is stated by a person' end as observation
from judged
