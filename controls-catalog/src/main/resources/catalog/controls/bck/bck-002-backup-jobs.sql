-- A job is made good by the next completed one of its kind for the same resource, found in one pass over the jobs in order.
with ended as (
    select *, coalesce(completed_at, case when state in ('FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL') then created_at end) as ended_at
    from aws_backup_job
), followed as (
    select *,
           min(case when state = 'COMPLETED' and resource_arn is not null then ended_at end) over (
               partition by scope_id, kind, resource_arn
               order by ended_at, case when state = 'COMPLETED' then 1 else 0 end, row_key
               rows between 1 following and unbounded following) as next_success
    from ended
), ticket as (
    select source_item_id, string_agg(distinct ticket_key, ', ' order by ticket_key) as keys
    from ticket_alert
    where ticket_key is not null
    group by source_item_id
), tickets as (
    select count(*) as declared, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'ticket_alert'
), jobs as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'aws_backup_job'
    group by scope_id
), sorted as (
    select job.*, ticket.keys, date_sub('second', ended_at, next_success) as gap,
           case when state = 'COMPLETED'                                                then 'completed'
                when state in ('CREATED', 'PENDING', 'RUNNING', 'ABORTING')             then 'not_ended'
                when state is null
                     or state not in ('FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL')        then 'unclear'
                when date_sub('second', ended_at, next_success) <= $max_gap_hours * 3600 then 'repeated'
                when ticket.keys is not null                                            then 'ticket'
                when ended_at is null                                                   then 'unclear'
                when next_success is null
                     and date_sub('second', ended_at, job.as_of) <= $max_gap_hours * 3600 then 'open'
                when jobs.whole is null or not jobs.whole                               then 'jobs_not_whole'
                when tickets.declared = 0                                               then 'no_tickets'
                when tickets.declared > tickets.whole                                   then 'tickets_not_whole'
                when resource_arn is null                                               then 'unclear'
                else 'left' end as what
    from followed as job
    left join ticket on ticket.source_item_id = job.job_id
    left join jobs on jobs.scope_id = job.scope_id
    cross join tickets
)
select scope_id, row_key,
       case when what in ('completed', 'repeated', 'ticket') then 'PASS'
            when what = 'not_ended'                          then 'NOT_APPLICABLE'
            when what = 'left'                               then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat(replace(coalesce(kind, 'job'), '_', ' '), ' ', coalesce(job_id, row_key), ' of ', coalesce(resource_arn, 'an unknown resource'),
              ', ', coalesce(state, 'state unknown'),
              case when ended_at is not null then concat(' at ', strftime(ended_at, '%Y-%m-%dT%H:%M:%SZ')) end,
              case what
                   when 'completed' then ''
                   when 'not_ended' then ', not ended at the reading'
                   when 'repeated' then concat(', repeated with success after ', gap // 3600, ' hours, limit ', $max_gap_hours, ' hours')
                   when 'ticket' then concat(', ticket ', keys)
                   when 'open' then concat(', not repeated yet, limit ', $max_gap_hours, ' hours')
                   when 'jobs_not_whole' then ', not repeated as far as jobs could be read'
                   when 'no_tickets' then concat(', ', case when gap is null then 'not repeated' else concat('repeated after ', gap // 3600, ' hours') end,
                                                 ', limit ', $max_gap_hours, ' hours; no tickets were declared or read (ticket_alert)')
                   when 'tickets_not_whole' then concat(', ', case when gap is null then 'not repeated' else concat('repeated after ', gap // 3600, ' hours') end,
                                                        ', and no ticket among those that could be read')
                   when 'left' then concat(', ', case when gap is null then 'not repeated' else concat('repeated after ', gap // 3600, ' hours') end,
                                           ', limit ', $max_gap_hours, ' hours, and no ticket')
                   else ', its state, end or resource is not stated' end) as reason,
       case when what = 'ticket' and gap is null then 'no later job of this resource completed'
            when what = 'completed' and status_message is not null then concat('message of the service: ', status_message) end as observation
from sorted
