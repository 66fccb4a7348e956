-- Each default branch: classic protection and active rulesets together, the strictest of them for each of three things.
-- Grades: 3 enforced for all, 2 enforced and who may bypass it is not known, 1 enforced but can be bypassed, 0 not
-- enforced, null not known.
with classic as (
    select scope_id, row_key, repo, branch, classic_state, required_approvals,
           case when enforce_admins and bypass_actors = '[]' then 3
                when enforce_admins = false or bypass_actors <> '[]' then 1
                else 2 end as review_pass,
           case when enforce_admins then 3 when enforce_admins = false then 1 else 2 end as push_pass,
           case when classic_state = 'protected' then required_approvals >= $min_approvals
                when classic_state = 'none' then false end as reviews,
           case when classic_state = 'protected' then not allow_force_push
                when classic_state = 'none' then false end as keeps_history,
           case when classic_state = 'protected' then not allow_deletions
                when classic_state = 'none' then false end as keeps_branch
    from github_branch_protection
), graded_classic as (
    select *,
           case when reviews then review_pass when not reviews then 0 end as c_review,
           case when keeps_history then push_pass when not keeps_history then 0 end as c_history,
           case when keeps_branch then push_pass when not keeps_branch then 0 end as c_branch
    from classic
), active as (
    select scope_id, repo, branch, rule_type, required_approvals,
           case when bypass_actor_count = 0 then 3 when bypass_actor_count > 0 then 1 else 2 end as pass
    from github_branch_rule
    where enforcement = 'active'
), ruled as (
    select classic.scope_id, classic.row_key,
           coalesce(max(case when rule_type = 'pull_request' and active.required_approvals >= $min_approvals then pass end), 0) as r_review,
           coalesce(max(case when rule_type = 'non_fast_forward' then pass end), 0) as r_history,
           coalesce(max(case when rule_type = 'deletion' then pass end), 0) as r_branch,
           max(case when rule_type = 'pull_request' then active.required_approvals end) as approvals,
           count(active.rule_type) as rules
    from classic
    left join active
           on active.scope_id = classic.scope_id and active.repo = classic.repo and active.branch = classic.branch
    group by classic.scope_id, classic.row_key
), waiting as (
    select classic.scope_id, classic.row_key, count(*) as rules
    from classic
    join github_branch_rule as rule
      on rule.scope_id = classic.scope_id and rule.repo = classic.repo and rule.branch = classic.branch
    where rule.enforcement <> 'active'
    group by classic.scope_id, classic.row_key
), read_state as (
    select scope_id,
           bool_and(case when table_name = 'github_branch_rule' then verdict in ('COMPLETE', 'EMPTY_PROVEN') end) as rules_whole,
           bool_and(case when table_name = 'github_rule_event' then verdict in ('COMPLETE', 'EMPTY_PROVEN') end) as watched
    from tickmark_population
    where table_name in ('github_branch_rule', 'github_rule_event')
    group by scope_id
), entry as (
    select branch.scope_id, branch.row_key,
           bool_and(coalesce(not register.production, false)
                    and (register.expires_at is null or register.expires_at >= branch.as_of)) as excluded
    from github_branch_protection as branch
    join register_repository as register on lower(register.repo) = lower(branch.repo)
    group by branch.scope_id, branch.row_key
), frozen as (
    select scope_id, repo, bool_or(archived) as archived from github_repository group by scope_id, repo
), combined as (
    select graded.*, ruled.approvals, ruled.rules, coalesce(waiting.rules, 0) as waiting,
           greatest(coalesce(c_review, 0), r_review) as review,
           greatest(coalesce(c_history, 0), r_history) as history,
           greatest(coalesce(c_branch, 0), r_branch) as kept,
           c_review is not null and coalesce(rules_whole, false) as review_known,
           c_history is not null and coalesce(rules_whole, false) as history_known,
           c_branch is not null and coalesce(rules_whole, false) as kept_known,
           coalesce(rules_whole, false) as rules_whole, coalesce(watched, false) as watched,
           coalesce(excluded, false) as excluded, coalesce(archived, false) as archived
    from graded_classic as graded
    join ruled on ruled.scope_id = graded.scope_id and ruled.row_key = graded.row_key
    left join waiting on waiting.scope_id = graded.scope_id and waiting.row_key = graded.row_key
    left join entry on entry.scope_id = graded.scope_id and entry.row_key = graded.row_key
    left join frozen on frozen.scope_id = graded.scope_id and frozen.repo = graded.repo
    left join read_state on read_state.scope_id = graded.scope_id
)
select scope_id, row_key,
       case when excluded or archived                                                        then 'NOT_APPLICABLE'
            when (review = 0 and review_known) or (history = 0 and history_known)
                 or (kept = 0 and kept_known)                                                then 'FAIL'
            when review = 3 and history = 3 and kept = 3                                      then 'PASS'
            when review > 0 and history > 0 and kept > 0 and watched                          then 'PASS'
            when review > 0 and history > 0 and kept > 0
                 and ((review = 1 and review_known) or (history = 1 and history_known)
                      or (kept = 1 and kept_known))                                           then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('branch ', coalesce(branch, 'unknown'), ' of ', coalesce(repo, 'an unknown repository'),
              case when excluded then ': the register says that nothing in production is built from this repository'
                   when archived then ': the repository is archived and takes no change'
                   else concat(': classic protection ',
                               case when classic_state = 'protected' then concat('on, approvals ',
                                        coalesce(cast(required_approvals as varchar), 'not known'))
                                    when classic_state = 'none' then 'none'
                                    else 'not readable (404 or 403 without the right to administer)' end,
                               case when not rules_whole then ', rules were not read whole'
                                    else concat(', active rules ', rules) end,
                               case when approvals is not null then concat(' with approvals ', approvals) else '' end,
                               '; limit ', $min_approvals, ' approvals; reviews ',
                               case when review = 3 then 'enforced for all' when review = 2 then 'enforced, who may bypass is not known'
                                    when review = 1 then 'can be bypassed by some' when review_known then 'not enforced' else 'not known' end,
                               ', force push ',
                               case when history = 3 then 'blocked for all' when history = 2 then 'blocked, who may bypass is not known'
                                    when history = 1 then 'can be done by some' when history_known then 'allowed' else 'not known' end,
                               ', deletion ',
                               case when kept = 3 then 'blocked for all' when kept = 2 then 'blocked, who may bypass is not known'
                                    when kept = 1 then 'can be done by some' when kept_known then 'allowed' else 'not known' end,
                               case when waiting > 0 then concat('; ', waiting, ' rules under evaluation or disabled, which stop nothing')
                                    else '' end) end) as reason,
       case when not excluded and not archived and watched and review > 0 and history > 0 and kept > 0
                 and least(review, history, kept) < 3
            then 'some may bypass the rules; each bypass is listed and judged in CHG-005' end as observation
from combined
