-- Calendar days from the last day of the quarter; a quarter without a closed review is a deviation once its last day has passed.
with counted as (
    select *,
           date_diff('day', quarter_end, cast(closed_at as date)) as closed_after,
           date_diff('day', quarter_end, cast(as_of as date)) as passed
    from review_quarter
)
select scope_id, row_key,
       case when quarter_end is null                                               then 'NOT_EVALUATED'
            when in_scope_from > quarter_end or in_scope_until < quarter_start     then 'NOT_APPLICABLE'
            when closed_at > as_of or cast(closed_at as date) < quarter_start      then 'NOT_EVALUATED'
            when closed_after > $max_days_after_quarter_end                        then 'FAIL'
            when closed_after <= $max_days_after_quarter_end                       then 'PASS'
            when closed_at is null and passed > $max_days_after_quarter_end        then 'FAIL'
            when closed_at is null and passed <= $max_days_after_quarter_end       then 'NOT_APPLICABLE'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(system, 'an unknown system'), case when account is null then '' else concat(' ', account) end, ', ',
              coalesce(quarter, 'an unknown quarter'), ': ',
              case when quarter_end is null then 'when the quarter ended is not stated'
                   when in_scope_from > quarter_end or in_scope_until < quarter_start then 'not in scope in this quarter'
                   when closed_at > as_of then 'its review is closed later than this listing was made'
                   when cast(closed_at as date) < quarter_start then 'its review was closed before the quarter began'
                   when closed_at is not null
                   then concat('review ', coalesce(review_id, 'without an id'), ' closed ', strftime(closed_at, '%Y-%m-%d'), ', ',
                               case when closed_after > 0 then concat(closed_after, ' days after the quarter')
                                    else 'before the quarter was over' end)
                   when review_id is null then concat('no review, ', greatest(passed, 0), ' days after the quarter')
                   else concat('review ', review_id, ' not closed, ', greatest(passed, 0), ' days after the quarter') end,
              ', limit ', $max_days_after_quarter_end, ' days',
              case when closed_at is null and passed <= $max_days_after_quarter_end then '; not due yet' else '' end) as reason
from counted
