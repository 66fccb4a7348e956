-- Each port of the list is compared with each open rule; rules that are not open need no comparison.
with sourced as (
    select *,
           case when cidr is not null then ends_with(cidr, '/0')
                when referenced_group_id is not null then false
                when prefix_list_id is not null then prefix_list_any end as open_to_all,
           case when protocol = '-1' then 'all'
                when protocol in ('tcp', 'udp', '6', '17') and (from_port is null or from_port < 0) then 'all'
                when protocol in ('tcp', 'udp', '6', '17') then 'some'
                when protocol is not null then 'none' end as port_kind
    from aws_ec2_security_group_rule
), port as (
    select scope_id, row_key, from_port, to_port, cast(trim(unnest(string_split($ports, ','))) as bigint) as port
    from sourced
    where open_to_all and port_kind = 'some' and is_egress = false
), covered as (
    select scope_id, row_key, string_agg(cast(port as varchar), ', ' order by port) as ports
    from port
    where port between from_port and to_port
    group by scope_id, row_key
), judged as (
    select rule.*, covered.ports as hit,
           case when not open_to_all or port_kind = 'none' then false
                when open_to_all and (port_kind = 'all' or covered.ports is not null) then true
                when open_to_all and port_kind = 'some' and to_port is not null then false end as exposes
    from sourced as rule
    left join covered on covered.scope_id = rule.scope_id and covered.row_key = rule.row_key
)
select scope_id, row_key,
       case when is_egress                          then 'NOT_APPLICABLE'
            when is_egress is null                  then 'NOT_EVALUATED'
            when exposes = false                    then 'PASS'
            when exposes and attached_enis = 0      then 'PASS'
            when exposes and attached_enis > 0      then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('rule ', coalesce(rule_id, row_key), ' of group ', coalesce(group_name, group_id, 'unknown'),
              case when is_egress then ' for outgoing traffic'
                   else concat(' lets ', coalesce(cidr, 'group ' || referenced_group_id,
                                                  'prefix list ' || prefix_list_id, 'an unknown source'),
                        ' reach ', case when protocol = '-1' then 'all protocols and ports'
                                        else concat(coalesce(protocol, 'an unknown protocol'),
                                                    case when port_kind = 'all' then ' on all ports'
                                                         when port_kind = 'some' then concat(' ', from_port, '-', coalesce(cast(to_port as varchar), 'unknown')) end) end,
                        case when hit is not null then concat(', among them ', hit) end,
                        case when open_to_all is null and prefix_list_id is not null then ', entries of the list unknown' end,
                        case when exposes = false then case when open_to_all then ', no port of the list' else '' end
                             when attached_enis is null then ', whether the group is used is unknown'
                             else concat(', attached to ', attached_enis, ' interfaces') end) end) as reason,
       case when is_egress = false and exposes and attached_enis = 0
            then 'open to the internet, but the group is attached to nothing; remove the rule before it is used' end as observation
from judged
