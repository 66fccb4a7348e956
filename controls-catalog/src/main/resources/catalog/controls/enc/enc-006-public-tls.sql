-- Versions are compared by their order, not as texts.
with wanted as (
    select *,
           case min_tls_version when 'SSLv3' then 0 when '1.0' then 10 when '1.1' then 11 when '1.2' then 12 when '1.3' then 13
                end as lowest,
           case $min_tls when '1.0' then 10 when '1.1' then 11 when '1.2' then 12 when '1.3' then 13 end as wanted_lowest
    from aws_tls_endpoint
), judged as (
    select *,
           case when protocol in ('HTTPS', 'TLS') then true
                when protocol in ('HTTP', 'HTTP+HTTPS') then http_redirects_to_https end as plain_fits,
           case when protocol = 'HTTP' then true
                when protocol in ('HTTPS', 'TLS', 'HTTP+HTTPS') then lowest >= wanted_lowest end as version_fits
    from wanted
)
select scope_id, row_key,
       case when scheme = 'internal'                              then 'NOT_APPLICABLE'
            when scheme is null or scheme <> 'internet-facing'    then 'NOT_EVALUATED'
            when not plain_fits or not version_fits               then 'FAIL'
            when plain_fits and version_fits                      then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('endpoint ', coalesce(endpoint, row_key),
              case when listener_port is not null then concat(' port ', listener_port) end, ', ',
              coalesce(scheme, 'reach unknown'), ', ', coalesce(protocol, 'protocol unknown'), ': ',
              concat_ws('; ',
                  case when protocol in ('HTTPS', 'TLS', 'HTTP+HTTPS')
                       then concat('lowest version TLS ', coalesce(min_tls_version, 'unknown'),
                                   case when ssl_policy is not null then concat(' by policy ', ssl_policy) end,
                                   ', limit ', $min_tls) end,
                  case when protocol in ('HTTP', 'HTTP+HTTPS')
                       then case when http_redirects_to_https then 'plain HTTP is redirected to HTTPS'
                                 when http_redirects_to_https = false then 'plain HTTP is served'
                                 else 'what plain HTTP gets is unknown' end end,
                  case when protocol is null or protocol not in ('HTTP', 'HTTPS', 'TLS', 'HTTP+HTTPS')
                       then 'TLS, if any, ends behind it' end)) as reason
from judged
