with entry as (
    select resource,
           max(coalesce(expires_at, timestamp '9999-12-31')) filter (where approver is not null) as until,
           min(approved_at) filter (where approver is not null) as since,
           string_agg(distinct owner, ', ' order by owner) as owners
    from register_public_resource
    group by resource
), register_state as (
    select count(*) as declared, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'register_public_resource'
), sorted as (
    select exposed.*, entry.until, entry.owners,
           case when type = 'rds_instance' and publicly_accessible                       then 'public_database'
                when type in ('rds_instance', 'eks_endpoint') and publicly_accessible = false then 'not_public'
                when type in ('rds_instance', 'eks_endpoint') and publicly_accessible is null then 'unclear'
                when type = 'elastic_ip' and attached = false                            then 'unattached'
                when type = 'elastic_ip' and attached is null                            then 'unclear'
                when type is null                                                        then 'unclear'
                when entry.since <= exposed.as_of and entry.until >= exposed.as_of       then 'approved'
                when declared = 0                                                        then 'no_register'
                when entry.resource is not null                                          then 'not_in_force'
                when declared > whole                                                    then 'register_not_whole'
                else 'not_listed' end as kind
    from aws_exposed_resource as exposed
    left join entry on entry.resource = exposed.resource_arn
    cross join register_state
)
select scope_id, row_key,
       case when kind in ('not_public', 'unattached')                              then 'NOT_APPLICABLE'
            when kind = 'approved'                                                 then 'PASS'
            when kind in ('public_database', 'not_in_force', 'not_listed')         then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat(replace(coalesce(type, 'resource of unknown type'), '_', ' '), ' ', coalesce(name, resource_arn, row_key),
              ' at ', coalesce(public_address, 'an unknown address'), ', ports ', coalesce(ports, 'unknown'), ': ',
              case kind
                   when 'public_database' then 'a database with a public address, which no approval allows'
                   when 'not_public' then 'its public access is off'
                   when 'unattached' then 'an address that is attached to nothing'
                   when 'approved' then concat('approved, owner ', coalesce(owners, 'not stated'),
                                               case when until < timestamp '9999-12-31'
                                                    then concat(', until ', strftime(until, '%Y-%m-%dT%H:%M:%SZ')) end)
                   when 'no_register' then 'no register declared (register_public_resource)'
                   when 'not_in_force' then case when until < as_of
                                                 then concat('its approval in the register ended ', strftime(until, '%Y-%m-%dT%H:%M:%SZ'))
                                                 else 'its entry in the register names no approver, or no approval before the reading' end
                   when 'register_not_whole' then 'not among the entries of the register that could be read'
                   when 'not_listed' then 'not on the register'
                   else 'whether it is public is not stated' end) as reason,
       case when kind = 'approved' and waf_protected = false then 'no web ACL protects it (NET-005)' end as observation
from sorted
