-- Settings of bucket, account and organization add up: what one of them blocks is blocked.
with flags as (
    select *,
           coalesce(block_public_acls, case when block_configured = false then false end) as b1,
           coalesce(ignore_public_acls, case when block_configured = false then false end) as b2,
           coalesce(block_public_policy, case when block_configured = false then false end) as b3,
           coalesce(restrict_public_buckets, case when block_configured = false then false end) as b4
    from aws_s3_public_access
), account as (
    select scope_id, bool_or(b2) as b2, bool_or(b4) as b4, bool_or(organization_blocks) as organization_blocks
    from flags
    where level = 'account'
    group by scope_id
), entry as (
    select resource, min(approved_at) as since, max(coalesce(expires_at, timestamp '9999-12-31')) as until
    from register_public_resource
    where approver is not null
    group by resource
), register_state as (
    select count(*) as declared, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'register_public_resource'
), met as (
    select item.*, item.b1 and item.b2 and item.b3 and item.b4 as all_on, entry.until,
           coalesce(entry.since <= item.as_of and entry.until >= item.as_of, false) as approved,
           item.policy_is_public and not (item.b4 or account.b4 or account.organization_blocks) as by_policy,
           item.acl_grants_public and not (item.b2 or account.b2 or account.organization_blocks) as by_acl,
           declared, register_state.whole
    from flags as item
    left join account on account.scope_id = item.scope_id
    left join entry on entry.resource = item.bucket
    cross join register_state
), judged as (
    select *, by_policy or by_acl as is_public from met
)
select scope_id, row_key,
       case when level = 'account' then
                case when all_on or organization_blocks             then 'PASS'
                     when all_on = false and organization_blocks = false then 'FAIL'
                     else 'NOT_EVALUATED' end
            when level = 'bucket' then
                case when is_public = false                         then 'PASS'
                     when is_public and approved                    then 'PASS'
                     when is_public and declared = 0                then 'NOT_EVALUATED'
                     when is_public and until is null and declared > whole then 'NOT_EVALUATED'
                     when is_public                                 then 'FAIL'
                     else 'NOT_EVALUATED' end
            else 'NOT_EVALUATED' end as outcome,
       case when level = 'account'
            then concat('block settings of the account: ',
                        case when block_configured = false then 'none set, so that all four are off'
                             else concat('block ACLs ', coalesce(cast(b1 as varchar), 'unknown'),
                                         ', ignore ACLs ', coalesce(cast(b2 as varchar), 'unknown'),
                                         ', block policies ', coalesce(cast(b3 as varchar), 'unknown'),
                                         ', restrict buckets ', coalesce(cast(b4 as varchar), 'unknown')) end,
                        case when organization_blocks then '; a policy of the organization blocks all public access'
                             when organization_blocks = false then '; no policy of the organization blocks public access'
                             else '; whether a policy of the organization blocks public access is unknown' end)
            else concat('bucket ', coalesce(bucket, row_key), ': ',
                        case when is_public then
                                 concat('public by ', case when by_policy and by_acl then 'policy and ACL'
                                                           when by_policy then 'policy' else 'ACL' end,
                                        case when approved then ', as approved in the register'
                                             when declared = 0 then ', no register declared (register_public_resource)'
                                             when until < as_of then concat(', its approval in the register ended ',
                                                                            strftime(until, '%Y-%m-%dT%H:%M:%SZ'))
                                             when until is not null then ', its approval in the register is not dated before the reading'
                                             when declared > whole then ', not among the entries of the register that could be read'
                                             else ', without an approval in the register' end)
                             when is_public = false and (policy_is_public or acl_grants_public)
                             then 'its policy or ACL is public, and block settings hold it back'
                             when is_public = false then 'neither policy nor ACL is public after the block settings'
                             else 'whether it is public depends on settings that could not be read' end) end as reason,
       case when level = 'bucket' and is_public and approved then 'public on purpose'
            when level = 'bucket' and is_public = false and (policy_is_public or acl_grants_public)
            then 'only block settings keep it from being public' end as observation
from judged
