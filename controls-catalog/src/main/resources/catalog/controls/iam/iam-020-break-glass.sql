-- One finding for each emergency account: its factor, its latest test, and the review of each use in business days.
with use as (
    select lower(system) as system, lower(account_ref) as account_ref, used_at, reviewed_at, reviewer, used_by, as_of,
           lower(trim(use_reason)) = 'drill' as drill,
           date_trunc('day', used_at)
               - to_days(cast(greatest(isodow(used_at) - 5, 0) as integer))
               + to_days(cast($review_within_business_days
                              + 2 * ((least(isodow(used_at), 5) - 1 + $review_within_business_days) // 5) as integer))
               as last_day
    from ticket_break_glass_use
), judged_use as (
    select *,
           case when used_at is null or used_by is null                                                then 'unclear'
                when reviewed_at is not null and reviewer is not null
                     and lower(reviewer) <> lower(used_by) and date_trunc('day', reviewed_at) <= last_day then 'reviewed'
                when reviewed_at is null and date_trunc('day', as_of) <= last_day                       then 'open'
                when reviewed_at is not null and reviewer is null                                      then 'unclear'
                else 'not reviewed' end as state
    from use
), used as (
    select system, account_ref, count(*) as uses, count_if(state = 'not reviewed') as not_reviewed,
           count_if(state = 'unclear') as unclear, count_if(state = 'open') as open,
           string_agg(strftime(used_at, '%Y-%m-%dT%H:%M:%SZ'), ', ' order by used_at) filter (where state = 'not reviewed') as instants,
           max(case when drill then used_at end) as last_drill
    from judged_use
    group by system, account_ref
), use_state as (
    select count(*) as declared, coalesce(count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')), 0) as uses_whole
    from tickmark_population
    where table_name = 'ticket_break_glass_use'
), account as (
    select entry.*, coalesce(uses, 0) as uses, coalesce(not_reviewed, 0) as not_reviewed, coalesce(unclear, 0) as unclear,
           coalesce(open, 0) as open, instants, declared > 0 and declared = uses_whole as uses_known, declared,
           date_sub('day', greatest(coalesce(entry.last_tested_at, last_drill), coalesce(last_drill, entry.last_tested_at)),
                    entry.as_of) as tested_days
    from register_break_glass as entry
    left join used on used.system = lower(entry.system) and used.account_ref = lower(entry.subject)
    cross join use_state
)
select scope_id, row_key,
       case when expires_at < as_of                                                       then 'NOT_APPLICABLE'
            when lower(trim(mfa_type)) = 'none' or tested_days > $test_interval_days
                 or not_reviewed > 0                                                      then 'FAIL'
            when tested_days is null and uses_known                                       then 'FAIL'
            when mfa_type is null or not uses_known or unclear > 0                        then 'NOT_EVALUATED'
            when tested_days between 0 and $test_interval_days                            then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(subject, 'an account without a name'), ' of ', coalesce(system, 'an unknown system'), ': ',
              case when expires_at < as_of
                   then concat('its entry in the register ended ', strftime(expires_at, '%Y-%m-%dT%H:%M:%SZ'))
                   else concat('second factor ', coalesce(mfa_type, 'not stated'),
                               case when tested_days is null then ', no test recorded'
                                    else concat(', tested ', tested_days, ' days before') end,
                               ', limit ', $test_interval_days, ' days; ',
                               case when declared = 0 then 'no uses declared (ticket_break_glass_use)'
                                    else concat(uses, ' uses declared',
                                                case when not uses_known then ', not all of them readable' else '' end) end,
                               case when not_reviewed > 0
                                    then concat(', without a review by another person within ', $review_within_business_days,
                                                ' business days: ', instants) else '' end,
                               case when unclear > 0 then concat(', ', unclear, ' that do not say when or by whom') else '' end)
                   end) as reason,
       case when open > 0 and (expires_at is null or expires_at >= as_of)
            then concat(open, ' uses wait for a review that is not yet due') end as observation
from account
