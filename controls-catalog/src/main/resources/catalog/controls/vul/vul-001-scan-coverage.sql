-- Each instance, container repository and function that its own service lists: whether Inspector looks at its packages.
with known as (
    select target.scope_id, target.row_key,
           count(coverage.resource_id) as rows,
           coalesce(count_if(coverage.scan_status = 'ACTIVE'), 0) as active,
           coalesce(count_if(coverage.scan_status = 'INACTIVE'), 0) as inactive,
           max(case when coverage.scan_status = 'ACTIVE' then coverage.last_scanned_at end) as last_scanned_at,
           string_agg(distinct coverage.status_reason, ', ' order by coverage.status_reason) as reasons
    from aws_scan_target as target
    left join aws_inspector_coverage as coverage
           on coverage.scope_id = target.scope_id and coverage.resource_id = target.resource_id
          and coverage.resource_type = target.resource_type and coverage.scan_type = 'PACKAGE'
    group by target.scope_id, target.row_key
), account as (
    select scope_id, min(ec2_state) as ec2_state, min(ecr_state) as ecr_state, min(lambda_state) as lambda_state
    from aws_inspector_account
    group by scope_id
), read_state as (
    -- where Inspector is switched off it covers nothing, and that is an answer
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN', 'DISABLED')) as whole, bool_or(verdict = 'DISABLED') as off
    from tickmark_population
    where table_name = 'aws_inspector_coverage'
    group by scope_id
), judged as (
    select target.*, known.rows, known.active, known.inactive, known.last_scanned_at, known.reasons,
           date_sub('day', known.last_scanned_at, target.as_of) as age_days,
           case when target.resource_type = 'AWS_EC2_INSTANCE' then ec2_state
                when target.resource_type = 'AWS_ECR_REPOSITORY' then ecr_state
                when target.resource_type = 'AWS_LAMBDA_FUNCTION' then lambda_state end as switched,
           coalesce(read_state.whole, false) as whole, coalesce(read_state.off, false) as off,
           coalesce(target.resource_type = 'AWS_EC2_INSTANCE'
                    and target.state in ('stopping', 'stopped', 'shutting-down', 'terminated'), false) as at_rest
    from aws_scan_target as target
    join known on known.scope_id = target.scope_id and known.row_key = target.row_key
    left join account on account.scope_id = target.scope_id
    left join read_state on read_state.scope_id = target.scope_id
)
select scope_id, row_key,
       case when at_rest                                               then 'NOT_APPLICABLE'
            when active > 0 and age_days > $max_scan_age_days          then 'FAIL'
            when active > 0 and age_days between 0 and $max_scan_age_days then 'PASS'
            when rows > 0 and rows = inactive                          then 'FAIL'
            when rows = 0 and whole                                    then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(resource_type, 'resource of an unknown type'), ' ', coalesce(name, resource_id, 'without an id'), ': ',
              case when at_rest then concat('the instance is ', state, ' and runs nothing')
                   when active > 0 then concat('scanned by Inspector, last scan ',
                                               case when age_days is null then 'not stated' else concat(age_days, ' days ago') end,
                                               ', limit ', $max_scan_age_days, ' days')
                   when rows > 0 and rows = inactive then 'Inspector knows it and does not scan it'
                   when rows > 0 then 'Inspector knows it, its status is not known'
                   when whole and off then 'Inspector is switched off'
                   when whole then 'Inspector does not know it'
                   else 'the coverage of Inspector was not read whole' end,
              case when at_rest or reasons is null then '' else concat(' (', reasons, ')') end,
              case when at_rest or switched is null then '' else concat('; Inspector for this type is ', switched) end) as reason
from judged
