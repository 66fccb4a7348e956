-- Each user of the directory and what the report of registered methods says. A user the report does not hold stays open.
with judged as (
    select person.*, report.row_key is not null as reported, is_admin, is_mfa_capable, methods_registered, last_updated_at,
           list_has_any(
               string_split(replace(replace(replace(replace(lower(methods_registered), '[', ''), ']', ''), '"', ''), ' ', ''), ','),
               string_split(replace(lower($resistant_methods), ' ', ''), ',')) as resistant
    from entra_user as person
    left join entra_user_registration as report
           on report.scope_id = person.scope_id and report.user_id = person.user_id
)
select scope_id, row_key,
       case when account_enabled = false                                                        then 'NOT_APPLICABLE'
            when lower(user_type) = 'guest'                                                     then 'NOT_APPLICABLE'
            when account_enabled is null or coalesce(lower(user_type), '') <> 'member'          then 'NOT_EVALUATED'
            when is_mfa_capable = false                                                         then 'FAIL'
            when is_admin and resistant = false                                                 then 'FAIL'
            when is_mfa_capable and (is_admin = false or (is_admin and resistant))              then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(coalesce(user_principal_name, 'a user without a name'), ': ',
              case when account_enabled = false then 'disabled'
                   when lower(user_type) = 'guest' then 'a guest, whose own tenant has the methods'
                   when account_enabled is null then 'whether the account is enabled is not stated'
                   when coalesce(lower(user_type), '') <> 'member' then concat('user type ', coalesce(user_type, 'not stated'))
                   when not reported then 'not in the report of registered methods'
                   else concat(case when is_admin then 'administrator, ' when is_admin is null then 'administrator roles not known, ' else '' end,
                               case when is_mfa_capable then 'capable of a second factor' when is_mfa_capable = false then 'not capable of a second factor'
                                    else 'capability not stated' end,
                               ', methods ', coalesce(methods_registered, 'not stated'),
                               case when is_admin and resistant = false then ', none of which resists phishing' else '' end,
                               ', report of ', coalesce(strftime(last_updated_at, '%Y-%m-%d'), 'an unknown day')) end) as reason
from judged
