-- Each commit on the default branch: whether it came by a pull request that was merged and stands in the population.
with arrival as (
    select commit.scope_id, commit.row_key,
           count_if(link.merged_at is not null and link.base_ref = commit.branch) as merged,
           count_if(link.merged_at is not null and link.base_ref = commit.branch and pull.merged_at is not null) as listed,
           count_if(link.merged_at is not null and link.base_ref is null) as unclear,
           count(link.pr_number) as linked,
           min(case when link.merged_at is not null and link.base_ref = commit.branch then link.pr_number end) as pr_number
    from github_commit as commit
    left join github_commit_pull_request as link
           on link.scope_id = commit.scope_id and link.repo = commit.repo and link.commit_sha = commit.commit_sha
    left join github_pull_request as pull
           on pull.scope_id = link.scope_id and pull.repo = link.repo and pull.pr_number = link.pr_number
    group by commit.scope_id, commit.row_key
), read_state as (
    select scope_id, bool_and(verdict in ('COMPLETE', 'EMPTY_PROVEN')) as whole
    from tickmark_population
    where table_name = 'github_commit_pull_request'
    group by scope_id
), entry as (
    select commit.scope_id, commit.row_key,
           bool_and(coalesce(not register.production, false)
                    and (register.expires_at is null or register.expires_at >= commit.as_of)) as excluded
    from github_commit as commit
    join register_repository as register on lower(register.repo) = lower(commit.repo)
    group by commit.scope_id, commit.row_key
), judged as (
    select commit.*, merged, listed, unclear, linked, pr_number,
           coalesce(read_state.whole, false) as whole, coalesce(entry.excluded, false) as excluded
    from github_commit as commit
    join arrival on arrival.scope_id = commit.scope_id and arrival.row_key = commit.row_key
    left join entry on entry.scope_id = commit.scope_id and entry.row_key = commit.row_key
    left join read_state on read_state.scope_id = commit.scope_id
)
select scope_id, row_key,
       case when excluded                                                     then 'NOT_APPLICABLE'
            when parent_count = 0                                             then 'NOT_APPLICABLE'
            when listed > 0                                                   then 'PASS'
            when merged = 0 and unclear = 0 and whole and branch is not null  then 'FAIL'
            else 'NOT_EVALUATED' end as outcome,
       concat('commit ', coalesce(left(commit_sha, 12), 'without a SHA'), ' on ', coalesce(branch, 'an unknown branch'), ' of ',
              coalesce(repo, 'an unknown repository'), ' by ', coalesce(author_login, 'an account that is not known'),
              case when excluded then ': the register says that nothing in production is built from this repository'
                   when parent_count = 0 then ': the first commit of the history, which no pull request can bring'
                   when listed > 0 then concat(': came by merged pull request ', pr_number)
                   when merged > 0 then concat(': came by merged pull request ', pr_number,
                                               ', which the population of pull requests lacks')
                   when unclear > 0 then ': its pull request was merged, but into which branch is not known'
                   when branch is null then ': the branch is not known'
                   when not whole then ': the pull requests of commits were not read whole'
                   when linked > 0 then concat(': no merged pull request, though ', linked,
                                               ' that stayed open, was abandoned or went into another branch')
                   else ': no pull request, so it was pushed directly' end) as reason
from judged
