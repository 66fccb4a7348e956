-- One finding for each event. The day until which a ticket counts: business days after the event, from Friday on a weekend.
with act as (
    select *,
           case when identity_type is null                                                     then 'unclear'
                when identity_type = 'Root' and invoked_by is not null                          then 'service'
                when identity_type = 'Root' and event_type is null                              then 'unclear'
                when identity_type = 'Root' and event_type = 'AwsServiceEvent'                  then 'service'
                when identity_type = 'Root' and event_type <> 'AwsServiceEvent'                 then 'root'
                else 'other' end as kind,
           date_trunc('day', event_time)
               - to_days(cast(greatest(isodow(event_time) - 5, 0) as integer))
               + to_days(cast($max_ticket_lag_business_days
                              + 2 * ((least(isodow(event_time), 5) - 1 + $max_ticket_lag_business_days) // 5) as integer))
               as last_day
    from aws_cloudtrail_event
), covered as (
    select act.scope_id, act.row_key,
           bool_or(coalesce(trim(ticket.approver), '') <> '' and date_trunc('day', ticket.opened_at) <= act.last_day) as approved,
           bool_or(coalesce(trim(ticket.approver), '') <> '') as has_approver,
           string_agg(distinct concat(ticket.ticket_key, case when coalesce(trim(ticket.approver), '') = '' then ' without an approver'
                                      else concat(' approved by ', ticket.approver) end,
                                      ', opened ', coalesce(strftime(ticket.opened_at, '%Y-%m-%d'), 'at an unknown time')), '; '
                      order by concat(ticket.ticket_key, case when coalesce(trim(ticket.approver), '') = '' then ' without an approver'
                                      else concat(' approved by ', ticket.approver) end,
                                      ', opened ', coalesce(strftime(ticket.opened_at, '%Y-%m-%d'), 'at an unknown time'))) as tickets,
           bool_or(coalesce(trim(ticket.approver), '') <> '' and ticket.opened_at is null) as undated
    from act
    join (select ticket_key, account, approver, opened_at, use_from, use_until from ticket_root_use where account is not null
          union all
          select ticket_key, act_account.account_id, approver, opened_at, use_from, use_until
          from ticket_root_use
          cross join (select distinct account_id from aws_cloudtrail_event) as act_account
          where account is null) as ticket
      on ticket.account = act.account_id and act.event_time >= ticket.use_from and act.event_time <= ticket.use_until
    where act.kind = 'root'
    group by act.scope_id, act.row_key
), ticket_state as (
    select count(*) as declared, coalesce(count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')), 0) as tickets_whole
    from tickmark_population
    where table_name = 'ticket_root_use'
), judged as (
    select act.*, coalesce(approved, false) as approved, tickets, coalesce(undated, false) as undated, declared, tickets_whole
    from act
    left join covered on covered.scope_id = act.scope_id and covered.row_key = act.row_key
    cross join ticket_state
)
select scope_id, row_key,
       case when kind = 'unclear'                                                  then 'NOT_EVALUATED'
            when kind in ('service', 'other')                                      then 'NOT_APPLICABLE'
            when event_time is null                                                then 'NOT_EVALUATED'
            when kind = 'root' and approved                                        then 'PASS'
            when kind = 'root' and declared > 0 and declared = tickets_whole
                 and not undated                                                   then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(event_name, 'an event'), ' of ', coalesce(event_source, 'an unknown service'), ' at ',
              coalesce(strftime(event_time, '%Y-%m-%dT%H:%M:%SZ'), 'an unknown time'),
              case kind when 'unclear' then ', whether by the root user itself is not stated'
                        when 'service' then ', made by a service and not by the root user itself'
                        when 'other' then ', not by the root user'
                        else concat(' by the root user from ', coalesce(source_ip, 'an unknown address'),
                                    case when mfa_authenticated then ' with a second factor'
                                         when mfa_authenticated = false then ' without a second factor' else '' end,
                                    case when error_code is null then '' else concat(', refused with ', error_code) end,
                                    '; ',
                                    case when tickets is not null then concat('ticket ', tickets)
                                         when declared = 0 then 'no tickets declared (ticket_root_use)'
                                         when declared = tickets_whole then 'no ticket covers this time'
                                         else 'no ticket among those that could be read covers this time' end,
                                    '; to be opened by ', coalesce(strftime(last_day, '%Y-%m-%d'), 'an unknown day')) end) as reason,
       case when event_name = 'AssumeRoot' and kind <> 'root'
            then concat('opens a session as root user of ', coalesce(target_principal, 'an account that is not stated')) end as observation
from judged
