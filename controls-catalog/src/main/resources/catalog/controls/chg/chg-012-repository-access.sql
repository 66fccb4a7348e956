-- Each account on each repository: whose it is, whether that person still works here, and who administers.
with claim as (
    select access.scope_id, access.row_key, 1 as stage, 'identity mapping' as said_by, mapping.worker_id as said
    from github_repository_access as access
    join identity_mapping as mapping
      on lower(mapping.subject) = lower(access.login)
    where lower(mapping.system) = 'github'
      and (mapping.account is null or lower(mapping.account) in (lower(access.org), lower(access.account_id)))
    union
    select scope_id, row_key, 2, 'work e-mail', mapped_email
    from github_repository_access
    where trim(mapped_email) <> ''
), decisive as (
    select scope_id, row_key, min(stage) as stage from claim group by scope_id, row_key
), said as (
    select claim.scope_id, claim.row_key, claim.stage, claim.said_by, claim.said
    from claim
    join decisive
      on decisive.scope_id = claim.scope_id and decisive.row_key = claim.row_key and decisive.stage = claim.stage
), by_mapping as (
    select said.scope_id, said.row_key, said.said_by, said.said, person.row_key as person_key
    from said
    left join hr_person as person on lower(person.worker_id) = lower(said.said)
    where said.stage = 1
), by_email as (
    select said.scope_id, said.row_key, said.said_by, said.said, person.row_key as person_key
    from said
    left join hr_person as person on lower(person.work_email) = lower(said.said)
    where said.stage = 2
), candidate as (
    select * from by_mapping
    union all
    select * from by_email
), person_state as (
    select row_key as person_key, worker_id,
           case when termination_effective_at is not null
                     then case when termination_effective_at > as_of then 'works' else 'ended' end
                when termination_date is not null then 'unclear'
                when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','), trim(lower(employment_status))) then 'works'
                when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','), trim(lower(employment_status))) then 'ended'
                else 'unclear' end as state
    from hr_person
), matched as (
    select candidate.scope_id, candidate.row_key,
           count(distinct coalesce(person_state.worker_id, concat('?', said))) as candidates,
           count_if(person_state.worker_id is null) as strangers,
           min(state) as state, min(worker_id) as worker_id, min(said_by) as said_by
    from candidate
    left join person_state on person_state.person_key = candidate.person_key
    group by candidate.scope_id, candidate.row_key
), service as (
    select access.scope_id, access.row_key,
           bool_or(entry.expires_at is null or entry.expires_at >= access.as_of) as valid, min(entry.owner) as owner
    from github_repository_access as access
    join register_service_account as entry
      on lower(entry.subject) = lower(access.login)
    where lower(entry.system) = 'github'
      and (entry.account is null or lower(entry.account) in (lower(access.org), lower(access.account_id)))
    group by access.scope_id, access.row_key
), admins as (
    select scope_id, repo, count(distinct lower(login)) as admins
    from github_repository_access
    where role_name = 'admin'
    group by scope_id, repo
), read_state as (
    select count_if(table_name = 'hr_person' and verdict in ('COMPLETE', 'EMPTY_PROVEN')) > 0 as roster_whole,
           count_if(table_name = 'identity_mapping') as mapping_declared,
           count_if(table_name = 'identity_mapping' and verdict in ('COMPLETE', 'EMPTY_PROVEN')) as mapping_whole,
           count_if(table_name = 'register_service_account') as service_declared,
           count_if(table_name = 'register_service_account' and verdict in ('COMPLETE', 'EMPTY_PROVEN')) as service_whole
    from tickmark_population
    where table_name in ('hr_person', 'identity_mapping', 'register_service_account')
), access_state as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'github_repository_access'
    group by scope_id
), fact as (
    select access.*, role_name = 'admin' as administers, coalesce(admins.admins, 0) as admins,
           coalesce(access_state.whole, false) as access_whole,
           coalesce(service.valid, false) as service_valid, service.valid is not null as service_entry, service.owner as service_owner,
           coalesce(candidates, 0) as candidates, coalesce(strangers, 0) as strangers, state, worker_id, said_by,
           roster_whole, mapping_declared > 0 and mapping_declared = mapping_whole as mapping_sure,
           service_declared > 0 and service_declared = service_whole as service_sure
    from github_repository_access as access
    left join admins on admins.scope_id = access.scope_id and admins.repo = access.repo
    left join access_state on access_state.scope_id = access.scope_id
    left join service on service.scope_id = access.scope_id and service.row_key = access.row_key
    left join matched on matched.scope_id = access.scope_id and matched.row_key = access.row_key
    cross join read_state
), judged as (
    select *,
           case when service_valid then 'service'
                when candidates = 1 and strangers = 0 and state = 'works' then 'worker'
                when candidates = 1 and strangers = 0 and state = 'ended' then 'leaver'
                when candidates = 1 and strangers = 1 and roster_whole then 'nobody'
                when candidates = 0 and coalesce(account_type, '') = 'Bot' and service_sure then 'nobody'
                when candidates = 0 and coalesce(account_type, '') <> 'Bot' and mapping_sure and service_sure and roster_whole then 'nobody'
                else 'unclear' end as whose
    from fact
)
select scope_id, row_key,
       case when administers and is_outside_collaborator                                   then 'FAIL'
            when administers and admins > $max_repo_admins                                 then 'FAIL'
            when whose in ('leaver', 'nobody')                                             then 'FAIL'
            when role_name is null or whose = 'unclear'                                    then 'NOT_EVALUATED'
            when not administers and whose in ('worker', 'service')                        then 'PASS'
            when administers and access_whole and admins <= $max_repo_admins
                 and not is_outside_collaborator and whose in ('worker', 'service')        then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('account ', coalesce(login, 'without a name'), ' on ', coalesce(repo, 'an unknown repository'), ', role ',
              coalesce(role_name, 'not known'),
              case when is_outside_collaborator then ', outside collaborator'
                   when is_outside_collaborator is null then ', member or outsider not known' else '' end, ': ',
              case when whose = 'service' then concat('service account in the register, owner ', coalesce(service_owner, 'not stated'))
                   when whose = 'worker' then concat('worker ', worker_id, ' by ', said_by)
                   when whose = 'leaver' then concat('worker ', worker_id, ' by ', said_by, ', whose work has ended')
                   when whose = 'nobody' then 'no worker of the roster and no service account of the register'
                   when candidates > 1 then concat(candidates, ' workers come into question')
                   when candidates = 1 and strangers = 0 then concat('worker ', worker_id, ', whose work may have ended or not')
                   when service_entry then 'its entry in the register of service accounts has ended'
                   when not roster_whole then 'the roster of workers was not read whole'
                   else 'not matched, and mapping or register of service accounts is not declared whole' end,
              case when administers then concat('; ', admins, ' administrators of the repository',
                                                case when access_whole then '' else ' among those that could be read' end,
                                                ', limit ', $max_repo_admins)
                   else '' end) as reason
from judged
