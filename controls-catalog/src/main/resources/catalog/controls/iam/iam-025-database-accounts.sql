-- One finding for each account of a database: whose it is, whether it is shared, and who approved its full rights.
with owner_state as (
    select lower(worker_id) as worker_id, bool_or(state = 'works') as works, bool_and(state = 'ended') as ended
    from (select worker_id,
                 case when termination_effective_at is not null and termination_effective_at > as_of then 'works'
                      when termination_effective_at is not null then 'ended'
                      when termination_date is not null then 'unclear'
                      when list_contains(string_split(replace(lower($active_statuses), ', ', ','), ','),
                                         trim(lower(employment_status))) then 'works'
                      when list_contains(string_split(replace(lower($ended_statuses), ', ', ','), ','),
                                         trim(lower(employment_status))) then 'ended'
                      else 'unclear' end as state
          from hr_person) as roster
    group by lower(worker_id)
), roster_state as (
    select coalesce(bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')), false) as whole
    from tickmark_population
    where table_name = 'hr_person'
), judged as (
    select account.*, coalesce(trim(superuser_approval), '') <> '' as approved,
           coalesce(environment is not null and lower(trim(environment)) <> 'production', false) as elsewhere,
           case when coalesce(trim(mapped_person_id), '') <> '' and works                          then 'works'
                when coalesce(trim(mapped_person_id), '') <> '' and ended                          then 'left'
                when coalesce(trim(mapped_person_id), '') <> '' and owner_state.worker_id is not null then 'unclear'
                when coalesce(trim(mapped_person_id), '') <> '' and whole                          then 'not in the roster'
                when coalesce(trim(mapped_person_id), '') <> ''                                    then 'unread'
                when coalesce(trim(service_owner), '') <> ''                                       then 'program'
                else 'nobody' end as owner_kind
    from database_account as account
    left join owner_state on owner_state.worker_id = lower(trim(account.mapped_person_id))
    cross join roster_state
)
select scope_id, row_key,
       case when elsewhere                                                                  then 'NOT_APPLICABLE'
            when can_login = false or locked                                                then 'NOT_APPLICABLE'
            when can_login is null                                                          then 'NOT_EVALUATED'
            when owner_kind in ('nobody', 'left', 'not in the roster')                      then 'FAIL'
            when owner_kind <> 'program' and (shared_account or is_master)                  then 'FAIL'
            when superuser and not approved                                                 then 'FAIL'
            when superuser is null or (owner_kind <> 'program' and (shared_account is null or is_master is null))
                                                                                            then 'NOT_EVALUATED'
            when can_login and owner_kind in ('works', 'program')                           then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(db_user, 'an account without a name'), ' of ', coalesce(db_identifier, 'an unknown database'),
              case when elsewhere then concat(', which is declared as ', environment)
                   when can_login = false then ': cannot sign in'
                   when locked then ': locked'
                   else concat(
                       case when can_login is null then ': whether it can sign in is not stated; ' else ': ' end,
                       case owner_kind
                            when 'works' then concat('worker ', mapped_person_id)
                            when 'left' then concat('former worker ', mapped_person_id)
                            when 'unclear' then concat('the roster does not say clearly whether ', mapped_person_id, ' works here')
                            when 'not in the roster' then concat(mapped_person_id, ' is in no roster')
                            when 'unread' then concat(mapped_person_id, ' is not in the part of the roster that was read')
                            when 'program' then concat('a program, owner ', service_owner)
                            else 'nobody is stated whose it is' end,
                       case when is_master then ', the master account' else '' end,
                       case when shared_account then ', shared' else '' end,
                       case when owner_kind <> 'program' and (shared_account is null or is_master is null)
                            then ', whether shared or master is not stated' else '' end,
                       case when superuser and approved then concat(', full rights approved by ', superuser_approval)
                            when superuser then ', full rights without an approval'
                            when superuser is null then ', whether it has full rights is not stated'
                            else ', no full rights' end) end) as reason,
       case when not elsewhere and can_login and owner_kind = 'program' and (shared_account or is_master)
            then 'a shared or master account of a program: people must not use it, which the catalog of the database cannot show'
            end as observation
from judged
