-- Each member and outside collaborator, with what the organization demands. A refused list leaves the column empty.
with organization as (
    select scope_id, lower(org) as org, bool_and(two_factor_requirement_enabled) as demanded,
           bool_and(managed_users) as managed
    from github_organization
    group by scope_id, lower(org)
), judged as (
    select member.*, organization.demanded, organization.managed, organization.org is not null as organization_read
    from github_member as member
    left join organization on organization.scope_id = member.scope_id and organization.org = lower(member.org)
)
select scope_id, row_key,
       case when managed                                                            then 'NOT_APPLICABLE'
            when two_factor_disabled                                                then 'FAIL'
            when demanded = false                                                   then 'FAIL'
            when demanded and two_factor_disabled = false and managed = false       then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(case when is_outside_collaborator then 'outside collaborator ' else 'member ' end, coalesce(login, 'without a login'),
              ' of ', coalesce(org, 'an unknown organization'), ': ',
              case when managed then 'a managed user, who signs in at the identity provider'
                   else concat(case when two_factor_disabled then 'no second factor' when two_factor_disabled = false then 'has a second factor'
                                    else concat('second factor not known', case when two_factor_note is null then '' else concat(' (', two_factor_note, ')') end) end,
                               ', the organization ',
                               case when demanded then 'demands one' when demanded = false then 'does not demand one'
                                    when not organization_read then 'was not read' else 'does not tell this caller whether it demands one' end,
                               case when managed is null and organization_read then ', and whether its users are managed is not known' else '' end) end) as reason,
       case when managed = false and two_factor_disabled = false and two_factor_insecure then 'the second factor is a text message'
            when managed = false and two_factor_disabled = false and two_factor_insecure is null
            then 'whether the second factor is a text message is not known' end as observation
from judged
