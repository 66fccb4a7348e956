-- Root's devices are known by their owner, never by a name: a user called groot, or a device called root, is not root.
with virtual_root as (
    select scope_id, count(*) as devices, string_agg(serial_number, ', ' order by serial_number) as serials
    from aws_iam_mfa_device
    where user_type = 'root' and kind = 'virtual'
    group by scope_id
), devices_read as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'aws_iam_mfa_device'
    group by scope_id
), root as (
    select summary.scope_id, summary.row_key, summary.account_mfa_enabled as mfa,
           coalesce(devices, 0) as devices, serials, coalesce(whole, false) as whole
    from aws_iam_account_summary as summary
    left join virtual_root on virtual_root.scope_id = summary.scope_id
    left join devices_read on devices_read.scope_id = summary.scope_id
)
select scope_id, row_key,
       case when mfa = 0                              then 'NOT_APPLICABLE'
            when mfa = 1 and devices > 0              then 'NOT_EVALUATED'
            when mfa = 1 and devices = 0 and whole    then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       case when mfa = 0 then 'root has no second factor whose class could be tested, see MFA-001'
            when mfa is null then 'whether root has a second factor is unknown'
            when devices > 0 then concat('a virtual device is assigned to root (', serials,
                                         '); hardware and FIDO devices of root cannot be listed, so that it is not known',
                                         ' whether it is the only one')
            when whole then 'root has a second factor and no virtual device, so that it is a hardware or FIDO device'
            else 'the MFA devices of this account were not read whole' end as reason
from root
