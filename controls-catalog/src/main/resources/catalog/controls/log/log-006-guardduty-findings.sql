-- The first judgement counts, of any ticket that names the finding; times are compared to the second.
with ticket as (
    select source_item_id, min(triaged_at) as triaged_at, count_if(disposition is null) as without_disposition,
           string_agg(distinct ticket_key, ', ' order by ticket_key) as keys
    from ticket_alert
    where lower(source_system) = 'guardduty'
    group by source_item_id
), tickets as (
    select count(*) as declared, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'ticket_alert'
), timed as (
    select finding.*, ticket.keys, ticket.triaged_at, ticket.without_disposition, tickets.declared, tickets.whole,
           case when severity_tenths between 70 and 100 then $high_hours * 3600
                when severity_tenths between 40 and 69 then $medium_days * 86400 end as limit_seconds,
           case when severity_tenths between 70 and 100 then concat($high_hours, ' hours')
                when severity_tenths between 40 and 69 then concat($medium_days, ' days') end as limit_words,
           date_sub('second', created_at, triaged_at) as taken, date_sub('second', created_at, as_of) as open_for
    from aws_guardduty_finding as finding
    left join ticket on ticket.source_item_id = finding.finding_id
    cross join tickets
), sorted as (
    select *,
           case when sample                                                     then 'sample'
                when severity_tenths between 10 and 39                          then 'low'
                when limit_seconds is null or created_at is null                then 'unclear'
                when taken < 0                                                  then 'before'
                when taken <= limit_seconds                                     then 'in_time'
                when taken > limit_seconds                                      then 'late'
                when open_for <= limit_seconds                                  then 'open'
                when keys is not null                                           then 'not_judged'
                when archived                                                   then 'archived'
                when declared = 0                                               then 'no_tickets'
                when declared > whole                                           then 'tickets_not_whole'
                when archived = false                                           then 'not_judged'
                else 'unclear' end as kind
    from timed
)
select scope_id, row_key,
       case when kind in ('sample', 'low')         then 'NOT_APPLICABLE'
            when kind = 'in_time'                  then 'PASS'
            when kind in ('late', 'not_judged')    then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('finding ', coalesce(type, 'of unknown type'), ' ', coalesce(finding_id, row_key), ', severity ',
              case when severity_tenths is null then 'unknown'
                   else concat(severity_tenths // 10, '.', severity_tenths % 10) end, ', ',
              case kind
                   when 'sample' then 'a sample that was made for a trial'
                   when 'low' then 'below 4.0, for which there is no limit'
                   when 'before' then concat('ticket ', keys, ' was judged before the finding was made')
                   when 'in_time' then concat('judged after ', taken // 3600, ' hours in ', keys, ', limit ', limit_words)
                   when 'late' then concat('judged after ', taken // 3600, ' hours in ', keys, ', limit ', limit_words)
                   when 'open' then concat('made ', open_for // 3600, ' hours before the reading, not judged yet, limit ', limit_words)
                   when 'archived' then 'archived without a ticket: nothing says when and by whom'
                   when 'no_tickets' then 'no tickets were declared or read (ticket_alert)'
                   when 'tickets_not_whole' then 'no ticket among those that could be read'
                   when 'not_judged' then concat(case when keys is null then 'no ticket' else concat('ticket ', keys, ' not judged') end,
                                                 ' after ', open_for // 3600, ' hours, limit ', limit_words)
                   else 'its severity, time or state is not stated' end) as reason,
       case when kind = 'in_time' and without_disposition > 0 then concat('no disposition in ', keys) end as observation
from sorted
