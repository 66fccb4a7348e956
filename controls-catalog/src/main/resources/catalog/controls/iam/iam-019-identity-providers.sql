-- One finding for each account, which names each provider: the account's list as a whole is what is approved.
with provider as (
    select scope_id, as_of, arn, 'SAML' as kind, provider_name as name, entity_id as issuer,
           coalesce(certificate_last_expiry, valid_until) as ends_at, certificate_first_expiry as first_ends_at
    from aws_iam_saml_provider
    union all
    select scope_id, as_of, arn, 'OIDC', url, url, null, null from aws_iam_oidc_provider
), register_state as (
    select count(*) as declared, count_if(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'register_identity_provider'
), named as (                                           -- a provider goes by its ARN and by its issuer
    select scope_id, as_of, arn, kind, lower(arn) as name from provider
    union all
    select scope_id, as_of, arn, kind, rtrim(replace(lower(issuer), 'https://', ''), '/') from provider
), entry as (
    select provider_type, expires_at, lower(provider) as name from register_identity_provider
    union all
    select provider_type, expires_at, rtrim(replace(lower(provider), 'https://', ''), '/') from register_identity_provider
), approved as (
    select named.scope_id, named.arn,
           bool_or(entry.expires_at is null or entry.expires_at >= named.as_of) as valid,
           max(entry.expires_at) as last_end
    from named
    join entry on entry.name = named.name
    where entry.provider_type is null or lower(entry.provider_type) = lower(named.kind)
    group by named.scope_id, named.arn
), judged as (
    select provider.*, approved.valid,
           case when kind = 'SAML' and ends_at < as_of + to_days(cast($cert_warn_days as integer)) then 'ending'
                when kind = 'SAML' and ends_at >= as_of + to_days(cast($cert_warn_days as integer)) then 'lasting'
                when kind = 'OIDC' then 'lasting'
                else 'unknown' end as certificate,
           case when approved.valid then 'approved'
                when declared = 0 then 'no register'
                when approved.valid = false then 'ended'
                when declared = register_state.whole then 'missing'
                else 'unread' end as approval,
           coalesce(kind = 'SAML' and first_ends_at < as_of + to_days(cast($cert_warn_days as integer))
                    and ends_at >= as_of + to_days(cast($cert_warn_days as integer)), false) as one_ending,
           last_end
    from provider
    left join approved on approved.scope_id = provider.scope_id and approved.arn = provider.arn
    cross join register_state
), summed as (
    select scope_id, count(*) as providers,
           bool_or(certificate = 'ending' or approval in ('ended', 'missing')) as deviates,
           bool_and(certificate = 'lasting' and approval = 'approved') as in_order,
           bool_or(one_ending) as one_ending,
           string_agg(concat(kind, ' provider ', coalesce(name, arn), ' ',
                             case approval when 'approved' then 'in the register'
                                           when 'no register' then 'with no register declared (register_identity_provider)'
                                           when 'ended' then concat('whose approval ended ',
                                                                    strftime(last_end, '%Y-%m-%dT%H:%M:%SZ'))
                                           when 'missing' then 'not in the register'
                                           else 'not among the entries of the register that could be read' end,
                             case when kind = 'OIDC' then ''
                                  when ends_at is null then ', the end of its certificate unknown'
                                  else concat(', valid until ', strftime(ends_at, '%Y-%m-%d')) end),
                      '; ' order by arn) as words
    from judged
    group by scope_id
), providers_read as (
    select scope_id, count(distinct table_name) = 2 and bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name in ('aws_iam_saml_provider', 'aws_iam_oidc_provider')
    group by scope_id
), account as (
    select summary.scope_id, summary.row_key, coalesce(summed.providers, 0) as providers, deviates, in_order, one_ending,
           words, coalesce(whole, false) as whole
    from aws_iam_account_summary as summary
    left join summed on summed.scope_id = summary.scope_id
    left join providers_read on providers_read.scope_id = summary.scope_id
)
select scope_id, row_key,
       case when deviates                        then 'FAIL'
            when not whole                       then 'NOT_EVALUATED'
            when providers = 0                   then 'NOT_APPLICABLE'
            when in_order                        then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(case when providers = 0 and whole then 'the account trusts no SAML or OIDC provider'
                   when providers = 0 then 'no provider was seen'
                   else words end,
              case when providers > 0 then concat('; limit ', $cert_warn_days, ' days before the end') else '' end,
              case when whole then '' else '; the providers of this account were not read whole' end) as reason,
       case when one_ending then 'one of several certificates ends within the limit' end as observation
from account
