-- The counts are facts of the user itself; the names are for the reader.
with named as (
    select scope_id, principal_id as user_id, policy_name as name
    from aws_iam_policy_attachment
    where principal_type = 'user'
    union all
    select scope_id, owner_id, concat(policy_name, ' (inline)')
    from aws_iam_inline_policy
    where owner_type = 'user'
), names as (
    select scope_id, user_id, string_agg(name, ', ' order by name) as names from named group by scope_id, user_id
)
select person.scope_id, person.row_key,
       case when attached_policies > 0 or inline_policies > 0  then 'FAIL'
            when attached_policies = 0 and inline_policies = 0 then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(person.user_name, 'an unknown user'), ': ',
              coalesce(cast(attached_policies as varchar), 'an unknown number of'), ' managed and ',
              coalesce(cast(inline_policies as varchar), 'an unknown number of'), ' inline policies of its own, ',
              coalesce(cast(person.groups as varchar), 'an unknown number of'), ' groups',
              case when names is null then '' else concat('; ', names) end) as reason
from aws_iam_user as person
left join names on names.scope_id = person.scope_id and names.user_id = person.user_id
