-- Each worker with the devices that are registered to them. The worker id that a device carries decides, else its e-mail address.
with device as (
    select row_key, as_of, managed, last_check_in_at, lower(trim(owner_worker_id)) as owner_worker_id,
           lower(trim(owner_email)) as owner_email
    from mdm_device
    where managed is null or managed
), by_id as (
    select device.row_key as device_key, person.scope_id, person.row_key
    from device join hr_person as person on lower(trim(person.worker_id)) = device.owner_worker_id
), by_mail as (
    select device.row_key as device_key, person.scope_id, person.row_key
    from device join hr_person as person on lower(trim(person.work_email)) = device.owner_email
    left join by_id on by_id.device_key = device.row_key
    where by_id.device_key is null
), owner as (
    select distinct * from (select * from by_id union all select * from by_mail)
), device_owner as (
    select device_key, count(*) as candidates from owner group by device_key
), held as (
    select owner.scope_id, owner.row_key,
           count_if(candidates = 1 and managed) as managed,
           count_if(candidates > 1) as ambiguous,
           count_if(candidates = 1 and managed is null) as unknown,
           count_if(candidates = 1 and managed and date_sub('day', last_check_in_at, device.as_of) > $max_checkin_days) as silent,
           count_if(candidates = 1 and managed
                    and coalesce(date_sub('day', last_check_in_at, device.as_of), -1) < 0) as undated,
           max(case when candidates = 1 and managed then date_sub('day', last_check_in_at, device.as_of) end) as longest_days
    from owner
    join device_owner on device_owner.device_key = owner.device_key
    join device on device.row_key = owner.device_key
    group by owner.scope_id, owner.row_key
), ownerless as (
    select count_if(device_owner.device_key is null) as devices
    from device left join device_owner on device_owner.device_key = device.row_key
), read_state as (
    select count(*) > 0 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'mdm_device'
), worker as (
    select person.*,
           case when hire_date > cast(as_of as date) then 'to come'
                when termination_effective_at is not null
                     then case when termination_effective_at > as_of then 'works' else 'ended' end
                when termination_date is not null then 'unclear'
                when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','), trim(lower(employment_status)))
                     then 'works'
                when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','), trim(lower(employment_status)))
                     then 'ended'
                else 'unclear' end as state
    from hr_person as person
), judged as (
    select worker.scope_id, worker.row_key, worker.worker_id, worker.employment_status, worker.state,
           coalesce(held.managed, 0) as managed, coalesce(held.ambiguous, 0) as ambiguous,
           coalesce(held.unknown, 0) as unknown, coalesce(held.silent, 0) as silent,
           coalesce(held.undated, 0) as undated, held.longest_days,
           ownerless.devices as ownerless, coalesce(read_state.whole, false) as whole
    from worker
    left join held on held.scope_id = worker.scope_id and held.row_key = worker.row_key
    cross join ownerless
    cross join read_state
)
select scope_id, row_key,
       case when state = 'to come'                                                              then 'NOT_APPLICABLE'
            when state = 'unclear'                                                              then 'NOT_EVALUATED'
            when state = 'ended' and managed > 0                                                then 'FAIL'
            when state = 'works' and silent > 0                                                 then 'FAIL'
            when not whole or ambiguous > 0 or unknown > 0 or undated > 0                       then 'NOT_EVALUATED'
            when managed = 0 and ownerless > 0                                                  then 'NOT_EVALUATED'
            when state = 'works' and managed = 0                                                then 'FAIL'
            when state = 'works' and managed > 0 and silent = 0                                 then 'PASS'
            when state = 'ended' and managed = 0                                                then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('worker ', coalesce(worker_id, 'without an id'), ', status ', coalesce(employment_status, 'not stated'), ': ',
              case when state = 'to come' then 'work has not begun'
                   when state = 'unclear' then 'the roster does not say clearly whether the work has ended'
                   when state = 'ended' then concat('the work has ended, and ', managed, ' managed devices are registered to them')
                   else concat(managed, ' managed devices',
                               case when managed > 0
                                    then concat(', the longest silent for ', coalesce(cast(longest_days as varchar), 'an unknown number of'),
                                                ' days, limit ', $max_checkin_days, ' days') else '' end) end,
              case when state in ('to come', 'unclear') then ''
                   else concat(case when ambiguous > 0 then concat('; ', ambiguous, ' devices fit several workers') else '' end,
                               case when unknown > 0 then concat('; ', unknown, ' devices not known to be managed') else '' end,
                               case when undated > 0 then concat('; ', undated, ' devices without a usable last check-in') else '' end,
                               case when managed = 0 and ownerless > 0
                                    then concat('; ', ownerless, ' devices have no known owner') else '' end,
                               case when whole then '' else '; the devices were not read whole' end) end) as reason,
       case when state = 'works' and silent > 0 and managed > silent then concat(managed - silent, ' other devices spoke in time')
            end as observation
from judged
