-- A platform is covered where one good policy is assigned to all its devices, or good policies are in place on as many as it has.
with policy as (
    select *, lower(trim(platform)) as platform_key,
           case when assigned_to_all then true
                when assigned_to_all = false and json_array_length(assigned_groups) > 0 then true
                when assigned_to_all = false and (assigned_groups is null or json_array_length(assigned_groups) = 0) then false
                end as assigned,
           inactivity_lock_minutes between 1 and $max_lock_minutes and password_required as good
    from mdm_lock_policy
), device as (
    select lower(trim(platform)) as platform_key, count_if(managed) as devices, count_if(managed is null) as unknown
    from mdm_device
    group by lower(trim(platform))
), covered as (
    select platform_key,
           coalesce(bool_or(assigned_to_all), false) as all_devices,
           sum(device_success_count) as devices,
           count_if(not coalesce(assigned_to_all, false) and device_success_count is null) as uncounted
    from policy
    where good and assigned
    group by platform_key
), read_state as (
    select count_if(table_name = 'mdm_device') > 0 and count_if(table_name = 'mdm_lock_policy') > 0
               and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name in ('mdm_device', 'mdm_lock_policy')
), judged as (
    select policy.*, coalesce(device.devices, 0) as managed, coalesce(device.unknown, 0) as unknown,
           coalesce(covered.all_devices, false) as all_devices,
           coalesce(covered.devices, 0) as in_place, coalesce(covered.uncounted, 0) as uncounted,
           covered.platform_key is not null as another, coalesce(read_state.whole, false) as whole
    from policy
    left join device on device.platform_key = policy.platform_key
    left join covered on covered.platform_key = policy.platform_key
    cross join read_state
)
select scope_id, row_key,
       case when assigned = false                                                           then 'NOT_APPLICABLE'
            when assigned is null or platform_key is null                                   then 'NOT_EVALUATED'
            when inactivity_lock_minutes > $max_lock_minutes                                then 'FAIL'
            when inactivity_lock_minutes is not null and password_required = false          then 'FAIL'
            when inactivity_lock_minutes is null and inactivity_lock_note = 'not_configured' and another then 'NOT_APPLICABLE'
            when inactivity_lock_minutes is null and inactivity_lock_note = 'not_configured'
                 and whole                                                                  then 'FAIL'
            when good and all_devices                                                       then 'PASS'
            when good and (uncounted > 0 or unknown > 0 or not whole)                       then 'NOT_EVALUATED'
            when good and in_place < managed                                                then 'FAIL'
            when good and in_place >= managed                                               then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('policy ', coalesce(policy_name, policy_id), ' for ', coalesce(platform, 'an unknown platform'), ': ',
              case when assigned = false then 'assigned to nobody'
                   else concat('locks after ',
                               case when inactivity_lock_minutes is null
                                    then concat('an unstated time (', coalesce(inactivity_lock_note, 'no note'), ')')
                                    else concat(inactivity_lock_minutes, ' minutes') end,
                               ', limit ', $max_lock_minutes, ' minutes, password ',
                               case when password_required then 'asked for' when password_required = false then 'not asked for'
                                    else 'unknown' end,
                               case when assigned is null then '; whether it is assigned is unknown'
                                    when all_devices then '; a good policy is assigned to all devices of the platform'
                                    else concat('; good policies are in place on ', in_place, ' devices, ', managed,
                                                ' are managed') end,
                               case when unknown > 0 then concat(', ', unknown, ' not known to be managed') else '' end,
                               case when whole then '' else '; policies or devices were not read whole' end) end) as reason,
       case when assigned and device_error_count > 0 then concat('it failed on ', device_error_count, ' devices') end as observation
from judged
