-- Devices and agents meet at the serial number; of several agents the one that was seen last counts.
with agent as (
    select lower(trim(serial_number)) as serial, agent_installed, last_seen_at, prevention_enabled, policy_applied,
           prevention_policy, agent_version, as_of,
           row_number() over (partition by lower(trim(serial_number))
                              order by coalesce(agent_installed, false) desc, last_seen_at desc nulls last, scope_id, row_key) as place
    from edr_agent
    where trim(serial_number) <> ''
), read_state as (
    select count(*) > 0 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'edr_agent'
), judged as (
    select device.scope_id, device.row_key, device.device_id, device.serial_number, device.platform, device.managed,
           agent.serial is not null as known, agent.agent_installed, agent.prevention_enabled, agent.policy_applied,
           agent.prevention_policy, agent.agent_version,
           date_sub('day', agent.last_seen_at, agent.as_of) as silent_days, coalesce(read_state.whole, false) as whole
    from mdm_device as device
    left join agent on agent.serial = lower(trim(device.serial_number)) and agent.place = 1
    cross join read_state
)
select scope_id, row_key,
       case when managed = false                                                       then 'NOT_APPLICABLE'
            when coalesce(trim(serial_number), '') = ''                                then 'NOT_EVALUATED'
            when not known and not whole                                               then 'NOT_EVALUATED'
            when managed is null                                                       then 'NOT_EVALUATED'
            when not known or agent_installed = false                                  then 'FAIL'
            when silent_days > $max_last_seen_days                                     then 'FAIL'
            when prevention_enabled = false or policy_applied = false                  then 'FAIL'
            when agent_installed and silent_days between 0 and $max_last_seen_days
                 and prevention_enabled and policy_applied                             then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('device ', coalesce(device_id, 'without an id'), ', ', coalesce(platform, 'platform unknown'), ', serial number ',
              coalesce(nullif(trim(serial_number), ''), 'not stated'), ': ',
              case when managed = false then 'not managed'
                   when coalesce(trim(serial_number), '') = '' then 'cannot be matched to an agent'
                   when not known then case when whole then 'no agent is known' else 'no agent was found, and agents were not read whole' end
                   when agent_installed = false then 'no agent is installed'
                   else concat('agent ', case when agent_installed then coalesce(agent_version, 'of an unknown version')
                                              else 'in an unknown state' end,
                               ', last seen ', case when silent_days is null then 'on an unknown day'
                                                    else concat(silent_days, ' days ago') end,
                               ', limit ', $max_last_seen_days, ' days; policy ', coalesce(prevention_policy, 'not stated'),
                               ', prevention ', case when prevention_enabled then 'on' when prevention_enabled = false then 'off'
                                                     else 'unknown' end,
                               ', ', case when policy_applied then 'applied' when policy_applied = false then 'not applied'
                                          else 'not known to be applied' end) end,
              case when managed is null then '; whether it is managed is unknown' else '' end) as reason,
       cast(null as varchar) as observation
from judged
