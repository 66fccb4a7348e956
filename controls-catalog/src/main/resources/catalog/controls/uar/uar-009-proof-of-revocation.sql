-- Each decision to revoke or modify, in one of six states. Business days are Monday to Friday: each whole week since a Monday
-- gives five, the rest at most five. A right whose privilege is unknown has to keep the short limit to pass, the long one to fail.
with dated as (
    select *,
           case when privileged is not false then $privileged_max_business_days else $max_business_days end as short_limit,
           case when privileged then $privileged_max_business_days else $max_business_days end as long_limit,
           date_diff('day', date '1970-01-05', cast(decided_at as date)) + 1 as decided_day,
           date_diff('day', date '1970-01-05', cast(removed_at as date)) + 1 as removed_day,
           date_diff('day', date '1970-01-05', cast(post_extract_at as date)) + 1 as extract_day
    from review_revocation
), counted as (
    select *,
           (removed_day // 7) * 5 + least(removed_day % 7, 5)
               - (decided_day // 7) * 5 - least(decided_day % 7, 5) as removal_days,
           (extract_day // 7) * 5 + least(extract_day % 7, 5)
               - (decided_day // 7) * 5 - least(decided_day % 7, 5) as extract_days
    from dated
), sorted as (
    select *,
           case when coalesce(lower(decision), '') not in ('revoke', 'modify') or decided_at is null then 'not decided'
                when still_present and post_extract_at > decided_at                        then 'still there'
                when post_extract_at is null                                               then 'no extract'
                when post_extract_at <= decided_at                                         then 'early extract'
                when coalesce(post_extract_verdict, '') not in ('COMPLETE', 'EMPTY_PROVEN') then 'extract not whole'
                when still_present is null                                                 then 'not compared'
                when removed_at > post_extract_at                                          then 'event after extract'
                when lower(decision) = 'modify' and modify_to is null                      then 'no target'
                when held_instead is not null
                     and (lower(decision) = 'revoke' or lower(held_instead) <> lower(modify_to)) then 'changed otherwise'
                when not still_present and removed_at is not null and removal_days <= short_limit then 'removed in time'
                when not still_present and removed_at is not null and removal_days > long_limit   then 'removed late'
                when not still_present and removed_at is not null                          then 'limit unknown'
                when not still_present and extract_days <= short_limit                     then 'absent in time'
                when not still_present                                                     then 'unknown time' end as state
    from counted
), told as (
    select *,
           concat(', limit ', long_limit, ' business days',
                  case when privileged then ' for a privileged right'
                       when privileged is null then concat(', or ', short_limit, ' if the right is privileged, which is not known')
                       else '' end) as limit_words
    from sorted
)
select scope_id, row_key,
       case when state in ('removed in time', 'absent in time')               then 'PASS'
            when state in ('removed late', 'changed otherwise')               then 'FAIL'
            when state = 'still there' and extract_days > long_limit          then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(entitlement, 'an unnamed right'), ' of ', coalesce(subject, 'an unknown account'), ' in ',
              coalesce(system, 'an unknown system'), ', ', coalesce(decision, 'no decision'), ' decided ',
              coalesce(strftime(decided_at, '%Y-%m-%dT%H:%M:%SZ'), 'at an unknown time'), ': ',
              case state
                   when 'removed in time' then concat('removed in time, ', strftime(removed_at, '%Y-%m-%d'), ', after ', removal_days, ' business days', limit_words)
                   when 'absent in time' then concat('removed in time, absent from the extract of ', strftime(post_extract_at, '%Y-%m-%d'), ', after ', extract_days, ' business days', limit_words)
                   when 'removed late' then concat('removed late, ', strftime(removed_at, '%Y-%m-%d'), ', after ', removal_days, ' business days', limit_words)
                   when 'limit unknown' then concat('removed ', strftime(removed_at, '%Y-%m-%d'), ', after ', removal_days, ' business days', limit_words)
                   when 'unknown time' then concat('removed at an unknown time, absent from the extract of ', strftime(post_extract_at, '%Y-%m-%d'), ', ', extract_days, ' business days after, without an event of the source', limit_words)
                   when 'still there' then concat('still there in the extract of ', strftime(post_extract_at, '%Y-%m-%d'), ', ', extract_days, ' business days after', limit_words,
                                                  case when extract_days > long_limit then '' else '; the limit has not passed, so that a later extract has to show it' end)
                   when 'changed otherwise' then concat('changed otherwise, the account now has ', held_instead, case when lower(decision) = 'modify' then concat(' and not ', modify_to) else '' end)
                   when 'no extract' then 'not provable, no second extract was taken'
                   when 'early extract' then concat('not provable, the second extract of ', strftime(post_extract_at, '%Y-%m-%dT%H:%M:%SZ'), ' is not later than the decision')
                   when 'extract not whole' then concat('not provable, the second extract is ', coalesce(post_extract_verdict, 'of unknown completeness'))
                   when 'not compared' then 'not provable, whether the second extract holds the right is not stated'
                   when 'event after extract' then 'not provable, the event of removal is later than the extract that no longer holds the right'
                   when 'no target' then 'not provable, what the right was to become is not stated'
                   else 'not provable, no dated decision to revoke or modify' end) as reason,
       case when state in ('removed in time', 'absent in time') and lower(decision) = 'modify' and held_instead is null
            then 'removed altogether, where a change was decided'
            when state = 'removed in time' and removed_at < decided_at then 'removed before the decision'
            when ticket_closed_at < post_extract_at and state = 'still there' then 'the ticket was closed before, and the right was still there'
            end as observation
from told
