-- An instance of a cluster has no setting on TLS of its own: its cluster's row is judged for that.
with cluster as (
    select distinct scope_id, db_identifier from aws_rds_store where kind = 'cluster'
), valued as (
    select store.*, cluster.db_identifier is not null as cluster_is_read, lower(store.force_ssl_value) as value,
           regexp_full_match(coalesce(store.parameter_apply_status, ''), 'in-sync(,in-sync)*') as in_force
    from aws_rds_store as store
    left join cluster on cluster.scope_id = store.scope_id and cluster.db_identifier = store.cluster_identifier
), judged as (
    select *,
           case when kind in ('snapshot', 'cluster_snapshot')                                      then 'no_setting'
                when kind = 'instance' and cluster_identifier is not null and cluster_is_read      then 'of_the_cluster'
                when kind = 'instance' and cluster_identifier is not null                          then 'cluster_unread'
                when force_ssl_parameter is null                                                   then 'no_parameter'
                when value in ('0', 'off', 'false', 'disabled')                                    then 'off'
                when value is null                                                                 then 'unstated'
                when value not in ('1', 'on', 'true', 'enabled', 'tls1.2+', 'tls1.3+', 'fips-140-3') then 'unclear'
                when not in_force                                                                  then 'waiting'
                else 'on' end as tls
    from valued
)
select scope_id, row_key,
       case when storage_encrypted = false or tls = 'off'                            then 'FAIL'
            when storage_encrypted and kind in ('instance', 'cluster', 'snapshot', 'cluster_snapshot')
                 and tls in ('on', 'no_setting', 'of_the_cluster')                   then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat(replace(coalesce(kind, 'store of unknown kind'), '_', ' '), ' ', coalesce(db_identifier, row_key), ' (',
              coalesce(engine, 'engine unknown'), '): storage ',
              case when storage_encrypted then 'encrypted' when storage_encrypted = false then 'not encrypted'
                   else 'encryption unknown' end,
              case tls
                   when 'no_setting' then ''
                   when 'of_the_cluster' then concat('; TLS is set by its cluster ', cluster_identifier, ', which has a finding of its own')
                   when 'cluster_unread' then concat('; TLS is set by its cluster ', cluster_identifier, ', which was not read')
                   when 'no_parameter' then '; this engine has no parameter that makes TLS a must, or it was not read'
                   when 'unstated' then concat('; ', force_ssl_parameter, ' is left to the engine or could not be read')
                   else concat('; ', force_ssl_parameter, ' is ', force_ssl_value,
                               case tls when 'waiting' then concat(', its parameter group is ',
                                                                   coalesce(parameter_apply_status, 'in an unknown state'))
                                        when 'unclear' then ', a value that this test does not know' end) end) as reason
from judged
