-- One finding for each account that was read: the accounts that its organization lists beside those read, and its regions.
with account_read as (
    select distinct account_id from aws_account
), list_read as (                                     -- whether this account was given the organization's list
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole, bool_or(verdict = 'DISABLED') as alone
    from tickmark_population
    where table_name = 'aws_organization_account'
    group by scope_id
), register_state as (
    select count(*) as declared, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'register_system'
), exclusion as (
    select account, bool_or(coalesce(trim(reason), '') <> '' and approved_at is not null) as dated,
           min(approved_at) as approved_at, max(coalesce(expires_at, make_timestamp(9999, 12, 31, 0, 0, 0))) as ends_at
    from register_system
    where lower(system) = 'aws' and in_scope = false
    group by account
), member as (
    select listed.scope_id, listed.member_account_id as id, coalesce(listed.state, listed.status) as state,
           account_read.account_id is not null as was_read,
           coalesce((dated or not $require_scope_reason) and ends_at >= listed.as_of
                    and coalesce(approved_at <= listed.as_of, not $require_scope_reason), false) as excluded,
           exclusion.account is not null as named
    from aws_organization_account as listed
    left join account_read on account_read.account_id = listed.member_account_id
    left join exclusion on exclusion.account = listed.member_account_id
), organization as (
    select scope_id, count(*) as accounts, count_if(was_read) as accounts_read,
           count_if(not was_read and excluded) as accounts_excluded,
           count_if(not was_read and not excluded and state in ('ACTIVE', 'PENDING_CLOSURE')) as missing,
           count_if(not was_read and not excluded and (state is null or state not in
                    ('ACTIVE', 'PENDING_CLOSURE', 'SUSPENDED', 'CLOSED', 'PENDING_ACTIVATION'))) as unclear,
           string_agg(concat(id, case when named then ' (excluded without a valid reason and date)' else '' end), ', '
                      order by id)
               filter (where not was_read and not excluded and state in ('ACTIVE', 'PENDING_CLOSURE')) as missing_ids,
           string_agg(id, ', ' order by id) filter (where not was_read and state = 'SUSPENDED') as suspended
    from member
    group by scope_id
), vouched as (                                       -- accounts that stand in a list which was read whole
    select distinct member.id
    from member
    join list_read on list_read.scope_id = member.scope_id and list_read.whole
), region_read as (
    select account_id, region, bool_or(verdict in ('COMPLETE', 'EMPTY_PROVEN', 'DISABLED')) as answered
    from tickmark_population
    where starts_with(scope_id, 'aws_') and region <> 'global'
    group by account_id, region
), by_region as (
    select count(*) as any_region from region_read
), regions as (
    select place.scope_id,
           count_if(opt_status in ('ENABLED', 'ENABLED_BY_DEFAULT')) as enabled,
           count_if(opt_status is null) as unclear_regions,
           count_if(opt_status in ('ENABLED', 'ENABLED_BY_DEFAULT') and not coalesce(answered, false)) as unread_regions,
           string_agg(region_name, ', ' order by region_name)
               filter (where opt_status in ('ENABLED', 'ENABLED_BY_DEFAULT') and not coalesce(answered, false)) as unread_names
    from aws_account_region as place
    left join region_read on region_read.account_id = place.account_id and region_read.region = place.region_name
    group by place.scope_id
), regions_listed as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'aws_account_region'
    group by scope_id
), judged as (
    select account.scope_id, account.row_key, account.account_id,
           coalesce(list_read.whole, false) as lists, coalesce(list_read.alone, false) as alone,
           vouched.id is not null as vouched,
           coalesce(accounts, 0) as accounts, coalesce(accounts_read, 0) as accounts_read,
           coalesce(accounts_excluded, 0) as accounts_excluded,
           coalesce(missing, 0) as missing, coalesce(unclear, 0) as unclear, missing_ids, suspended,
           coalesce(enabled, 0) as enabled, coalesce(unclear_regions, 0) as unclear_regions,
           coalesce(unread_regions, 0) as unread_regions, unread_names, any_region > 0 as reads_regions,
           coalesce(regions_listed.whole, false) as regions_whole,
           declared = coalesce(register_state.whole, 0) as register_whole
    from aws_account as account
    left join list_read on list_read.scope_id = account.scope_id
    left join organization on organization.scope_id = account.scope_id
    left join vouched on vouched.id = account.account_id
    left join regions on regions.scope_id = account.scope_id
    left join regions_listed on regions_listed.scope_id = account.scope_id
    cross join by_region
    cross join register_state
)
select scope_id, row_key,
       case when reads_regions and unread_regions > 0                       then 'FAIL'
            when missing > 0 and register_whole                             then 'FAIL'
            when missing > 0 or unclear > 0                                 then 'NOT_EVALUATED'
            when not regions_whole or unclear_regions > 0 or enabled = 0    then 'NOT_EVALUATED'
            when lists or vouched or alone                                  then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('account ', account_id, ': ',
              case when lists or accounts > 0 then concat('its organization lists ', accounts, ' accounts, ', accounts_read,
                                         ' of them read and ', accounts_excluded, ' excluded in the register',
                                         case when missing > 0 then concat('; neither read nor excluded: ', missing_ids) else '' end,
                                         case when missing > 0 and not register_whole
                                              then ' (the register of systems was not read whole)' else '' end,
                                         case when unclear > 0 then concat('; ', unclear, ' of a state that this test does not know')
                                              else '' end)
                   when vouched then 'in the list of accounts that another account of its organization was given'
                   when alone then 'in no organization'
                   else 'in no list of accounts that was read, so that missing accounts would not show' end,
              case when not regions_whole then '; its regions were not listed whole'
                   else concat('; ', enabled, ' regions enabled',
                               case when unclear_regions > 0 then concat(' and ', unclear_regions, ' of an unknown state') else '' end,
                               case when not reads_regions then ', no source of this run goes by region'
                                    when unread_regions > 0 then concat(', not read: ', unread_names)
                                    else ', all of them read' end) end) as reason,
       case when suspended is not null and reads_regions = false
            then concat('suspended and not read, though they may hold data: ', suspended,
                        '; no source of this run goes by region')
            when suspended is not null then concat('suspended and not read, though they may hold data: ', suspended)
            when not reads_regions then 'no source of this run goes by region, so that regions were not tested' end as observation
from judged
