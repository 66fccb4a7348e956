-- Whole days from the day of the approval to the day of the listing.
with judged as (
    select *,
           coalesce(superseded_date <= cast(as_of as date), false) as superseded,
           coalesce(trim(approved_by), '') <> '' as approved,
           date_diff('day', approved_date, cast(as_of as date)) as age_days
    from register_policy
)
select scope_id, row_key,
       case when superseded                                                            then 'NOT_APPLICABLE'
            when not approved or approved_date is null                                 then 'FAIL'
            when age_days > $review_days                                               then 'FAIL'
            when approved and age_days between 0 and $review_days                      then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('policy ', coalesce(policy, 'without a name'), ', version ', coalesce(version, 'not stated'), ': ',
              case when superseded then concat('superseded on ', cast(superseded_date as varchar))
                   else concat(case when approved then 'approved by a named person' else 'no approver is named' end,
                               case when approved_date is null then ', on no stated day'
                                    when age_days < 0 then concat(' on ', cast(approved_date as varchar), ', after the day of the listing')
                                    else concat(' on ', cast(approved_date as varchar), ', ', age_days, ' days ago') end,
                               ', limit ', $review_days, ' days') end) as reason,
       case when not superseded and approved and lower(trim(approved_by)) = lower(trim(owner)) then 'the owner approved it alone'
            when not superseded and next_review_date < cast(as_of as date) then concat('its review was due on ', cast(next_review_date as varchar)) end as observation
from judged
