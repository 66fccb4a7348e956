-- Encrypted alone says nothing, since S3 encrypts every bucket: the kind of key and the policy are what counts.
with sorted as (
    select *,
           case when sse_algorithm = 'AES256' then 's3'
                when sse_algorithm in ('aws:kms', 'aws:kms:dsse') and key_manager = 'CUSTOMER' then 'customer'
                when sse_algorithm in ('aws:kms', 'aws:kms:dsse') and key_manager = 'AWS' then 'aws' end as key_kind,
           case when list_contains(string_split($require_cmk_for, ','), lower(data_classification)) then true
                when lower($require_cmk_for) = 'none' or data_classification is not null then false end as needs_customer_key
    from aws_s3_bucket
), judged as (
    select *,
           case when key_kind = 'customer' then true
                when key_kind in ('s3', 'aws') and needs_customer_key then false
                when key_kind in ('s3', 'aws') and needs_customer_key = false then true end as key_fits
    from sorted
)
select scope_id, row_key,
       case when denies_insecure_transport = false or key_fits = false then 'FAIL'
            when denies_insecure_transport and key_fits                then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('bucket ', coalesce(bucket, row_key), ', class ', coalesce(data_classification, 'not stated by a tag'), ': ',
              case key_kind when 'customer' then 'customer-managed KMS key'
                            when 'aws' then 'KMS key of AWS'
                            when 's3' then 'keys of S3'
                            else concat('default encryption ', coalesce(sse_algorithm, 'unknown'), ', manager of its key unknown') end,
              case when needs_customer_key then ', customer-managed key required'
                   when needs_customer_key is null and key_kind in ('s3', 'aws')
                   then ', whether its class requires a customer-managed key is unknown' end,
              '; ', case when denies_insecure_transport then 'plain transport is denied'
                         when denies_insecure_transport = false and policy_exists = false
                         then 'no bucket policy, so plain transport is not denied'
                         when denies_insecure_transport = false then 'the bucket policy does not deny plain transport'
                         else 'whether plain transport is denied is unknown' end) as reason
from judged
