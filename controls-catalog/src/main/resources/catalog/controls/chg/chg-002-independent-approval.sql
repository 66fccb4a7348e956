-- Each merged pull request: who approved it before the merge and wrote none of it.
with pull as (
    select pull.*, lower(pull.author) as author_key,
           list_contains(string_split(replace(lower($unattended_bots), ' ', ''), ','), lower(pull.author)) as unattended
    from github_pull_request as pull
), decisive as (                       -- comments decide nothing; of each reviewer the last word before the merge counts
    select pull.scope_id, pull.row_key, pull.head_sha, review.reviewer, lower(review.reviewer) as reviewer_key,
           review.reviewer_type, review.review_state, review.commit_sha,
           row_number() over (partition by pull.scope_id, pull.row_key, lower(review.reviewer)
                              order by review.submitted_at desc, review.review_id desc) as place
    from pull
    join github_pull_request_review as review
      on review.scope_id = pull.scope_id and review.repo = pull.repo and review.pr_number = pull.pr_number
    where review.review_state in ('APPROVED', 'CHANGES_REQUESTED', 'DISMISSED') and review.submitted_at <= pull.merged_at
), undated as (
    select pull.scope_id, pull.row_key, count(*) as reviews
    from pull
    join github_pull_request_review as review
      on review.scope_id = pull.scope_id and review.repo = pull.repo and review.pr_number = pull.pr_number
    where review.review_state = 'APPROVED' and review.submitted_at is null
    group by pull.scope_id, pull.row_key
), brought as (
    select pull.scope_id, pull.row_key, bring.author_login
    from pull
    join github_pull_request_commit as bring
      on bring.scope_id = pull.scope_id and bring.repo = pull.repo and bring.pr_number = pull.pr_number
), commits as (
    select scope_id, row_key, count(*) as listed, count_if(author_login is null) as unknown
    from brought
    group by scope_id, row_key
), wrote as (
    select scope_id, row_key, author_key as writer from pull where author is not null
    union
    select scope_id, row_key, lower(triggered_by) from pull where triggered_by is not null
    union
    select scope_id, row_key, lower(author_login) from brought where author_login is not null
), summed as (
    select decisive.scope_id, decisive.row_key,
           count_if(review_state = 'APPROVED' and reviewer_type = 'User' and writer is null and reviewer is not null) as independent,
           count_if(review_state = 'APPROVED' and reviewer_type = 'User' and writer is null and reviewer is not null
                    and commit_sha = head_sha) as at_head,
           count_if(review_state = 'APPROVED' and writer is not null) as own,
           count_if(review_state = 'APPROVED' and reviewer_type = 'Bot') as by_bots,
           count_if(review_state = 'APPROVED' and (reviewer is null or (reviewer_type is null and writer is null))) as doubtful,
           count_if(review_state = 'DISMISSED') as dismissed,
           string_agg(case when review_state = 'APPROVED' and reviewer_type = 'User' and writer is null then reviewer end,
                      ', ' order by reviewer) as approvers,
           string_agg(case when review_state = 'CHANGES_REQUESTED' then reviewer end, ', ' order by reviewer) as objectors
    from decisive
    left join wrote
           on wrote.scope_id = decisive.scope_id and wrote.row_key = decisive.row_key and wrote.writer = decisive.reviewer_key
    where place = 1
    group by decisive.scope_id, decisive.row_key
), read_state as (
    select scope_id,
           bool_and(table_name <> 'github_pull_request_review' or verdict in ('COMPLETE', 'EMPTY_PROVEN')) as reviews_whole,
           bool_and(table_name <> 'github_pull_request_commit' or verdict in ('COMPLETE', 'EMPTY_PROVEN')) as commits_whole
    from tickmark_population
    where table_name in ('github_pull_request_review', 'github_pull_request_commit')
    group by scope_id
), entry as (
    select pull.scope_id, pull.row_key,
           bool_and(coalesce(not register.production, false)
                    and (register.expires_at is null or register.expires_at >= pull.as_of)) as excluded
    from pull
    join register_repository as register on lower(register.repo) = lower(pull.repo)
    group by pull.scope_id, pull.row_key
), fact as (
    select pull.*, coalesce(independent, 0) as independent, coalesce(at_head, 0) as at_head, coalesce(own, 0) as own,
           coalesce(by_bots, 0) as by_bots, coalesce(doubtful, 0) + coalesce(undated.reviews, 0) as doubtful,
           coalesce(dismissed, 0) as dismissed, approvers, objectors,
           coalesce(commits.listed, 0) as listed, coalesce(commits.unknown, 0) as unknown_authors,
           coalesce(reviews_whole, false) as reviews_whole, coalesce(commits_whole, false) as commits_whole,
           coalesce(excluded, false) as excluded
    from pull
    left join summed on summed.scope_id = pull.scope_id and summed.row_key = pull.row_key
    left join undated on undated.scope_id = pull.scope_id and undated.row_key = pull.row_key
    left join commits on commits.scope_id = pull.scope_id and commits.row_key = pull.row_key
    left join entry on entry.scope_id = pull.scope_id and entry.row_key = pull.row_key
    left join read_state on read_state.scope_id = pull.scope_id
), judged as (
    select *,
           excluded or (merged_at is null and closed_at is not null) or base_ref <> default_branch as outside,
           -- behind a bot stands perhaps a person, who is not to be the only approver
           case when author_type = 'User' or unattended or triggered_by is not null then 0 else 1 end as hidden,
           author is not null and commits_whole and unknown_authors = 0 and listed >= commit_count as writers_known
    from fact
)
select scope_id, row_key,
       case when outside                                                                        then 'NOT_APPLICABLE'
            when merged_at is null or base_ref is null or default_branch is null                then 'NOT_EVALUATED'
            when reviews_whole and independent + doubtful < $min_approvals                      then 'FAIL'
            when reviews_whole and writers_known and independent - hidden >= $min_approvals     then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('pull request ', coalesce(cast(pr_number as varchar), 'without a number'), ' of ',
              coalesce(repo, 'an unknown repository'), ' by ', coalesce(author, 'an account that is gone'),
              case when excluded then ': the register says that nothing in production is built from this repository'
                   when merged_at is null and closed_at is not null then ': closed without a merge'
                   when outside then concat(': merged into ', base_ref, ', which is not the default branch')
                   when merged_at is null then ': whether it was merged is not known'
                   when base_ref is null or default_branch is null then ': into which branch it was merged is not known'
                   else concat(': merged ', strftime(merged_at, '%Y-%m-%dT%H:%M:%SZ'), ', ', independent,
                               ' independent approvals before it',
                               case when independent > 0 then concat(' (', approvers, ')') else '' end,
                               ', limit ', $min_approvals,
                               case when own > 0 then concat('; ', own, ' approved by a writer of the change') else '' end,
                               case when by_bots > 0 then concat('; ', by_bots, ' approved by a bot') else '' end,
                               case when dismissed > 0 then concat('; ', dismissed, ' reviews dismissed') else '' end,
                               case when doubtful > 0
                                    then concat('; ', doubtful, ' approvals whose account or time is not known') else '' end,
                               case when not reviews_whole then '; the reviews were not read whole' else '' end,
                               case when author is null or unknown_authors > 0
                                    then concat('; who wrote it is not known for ', unknown_authors, ' of ', listed, ' commits')
                                    when not commits_whole or commit_count is null or listed < commit_count
                                    then concat('; ', listed, ' of ', coalesce(cast(commit_count as varchar), 'an unknown number of'),
                                                ' commits were read')
                                    else '' end,
                               case when hidden = 1 then '; who made the bot open it is not known' else '' end) end) as reason,
       case when outside or merged_at is null then null
            when independent > 0 and at_head = 0 then 'commits were pushed after the last independent approval'
            when objectors is not null then concat('changes requested by ', objectors, ' stood at the merge')
            when is_emergency then 'labelled as an emergency change, see CHG-007' end as observation
from judged
