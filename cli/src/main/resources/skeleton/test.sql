-- One finding for each row of {TABLE}. The outcome is PASS, FAIL, NOT_APPLICABLE or NOT_EVALUATED.
-- PASS is never the else branch: what is not known is NOT_EVALUATED. Ages are measured at the row's as_of:
-- date_sub('day', created_at, as_of) gives whole days. The reason is read in a report: the item, what was seen, the limit.
-- Beside scope_id, account_id, region, as_of and row_key, {TABLE} has:
{COLUMNS}
select scope_id, row_key,
       case when false then 'PASS'              -- what must be true
            when false then 'FAIL'              -- what is a deviation
            else 'NOT_EVALUATED' end as outcome,
       concat(row_key, ': the test is not written yet') as reason
from {TABLE}
