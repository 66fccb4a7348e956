-- Each version of a managed policy and each inline policy; only what applies and is attached can grant.
with granted as (
    select scope_id, policy_key,
           count(*) as statements_read,
           count_if(effect = 'Allow' and action_any and resource_any and not has_condition) as unlimited,
           count_if(effect = 'Allow' and action_any and resource_any and has_condition) as conditional,
           count_if(effect = 'Allow' and ((uses_not_action and (resource_any or uses_not_resource))
                                          or (action_any and uses_not_resource))) as nearly,
           count_if(effect is null or effect not in ('Allow', 'Deny')
                    or (effect = 'Allow'
                        and (has_condition is null
                             or (action_any is null and not coalesce(uses_not_action, false))
                             or (resource_any is null and not coalesce(uses_not_resource, false))))) as unclear
    from aws_iam_policy_statement
    group by scope_id, policy_key
), policy as (
    select document.scope_id, document.row_key, document.policy_kind, document.policy_name, document.version_id,
           document.default_version, document.document_note, document.statements,
           coalesce(statements_read, 0) as statements_read, coalesce(unlimited, 0) as unlimited,
           coalesce(conditional, 0) as conditional, coalesce(nearly, 0) as nearly, coalesce(unclear, 0) as unclear,
           case when document.policy_kind = 'inline' then 1 else managed.attachment_count end as attached
    from aws_iam_policy_document as document
    left join granted on granted.scope_id = document.scope_id and granted.policy_key = document.policy_key
    left join aws_iam_policy as managed
           on managed.scope_id = document.scope_id and managed.policy_arn = document.policy_arn
)
select scope_id, row_key,
       case when policy_kind = 'aws_managed'                                       then 'NOT_APPLICABLE'
            when default_version = false                                           then 'NOT_APPLICABLE'
            when default_version and unlimited > 0 and attached > 0                then 'FAIL'
            when default_version and unlimited > 0 and attached = 0                then 'NOT_APPLICABLE'
            when default_version and unlimited = 0 and unclear = 0 and document_note is null
                 and statements_read = statements and policy_kind in ('customer_managed', 'inline') then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(case when policy_kind = 'inline' then 'inline policy ' else 'policy ' end,
              coalesce(policy_name, 'without a name'),
              case when version_id is null then '' else concat(' ', version_id) end, ': ',
              case when policy_kind = 'aws_managed' then 'made by AWS, see IAM-010'
                   when default_version = false then 'not the version that applies'
                   when unlimited > 0 and attached = 0 then 'allows every action on every resource, attached to nothing'
                   when unlimited > 0 and attached > 0 then
                       concat('allows every action on every resource',
                              case when policy_kind = 'inline' then '' else concat(', attachments: ', attached) end)
                   when unlimited > 0 then 'allows every action on every resource, attached to an unknown number'
                   when document_note is not null then concat('its document is ', document_note)
                   when unclear > 0 then concat(unclear, ' of its statements cannot be read by this test')
                   when default_version and statements_read = statements then
                       concat('no statement of ', statements, ' allows every action on every resource without a condition')
                   else concat(statements_read, ' of ', coalesce(cast(statements as varchar), 'an unknown number of'),
                               ' statements were read') end) as reason,
       case when policy_kind = 'aws_managed' or default_version = false then null
            when conditional > 0 then 'allows every action on every resource under a condition, which is not judged'
            when nearly > 0 then 'allows everything but what it names (NotAction or NotResource), which is not judged'
            end as observation
from policy
