-- Each store of the inventory: whether the entry says what has to be known of it. One that says no environment counts as production.
with told as (
    select *, lower(trim(environment)) as place,
           trim(coalesce(resource_arn, '')) <> '' as has_resource,
           concat_ws(', ', case when trim(coalesce(owner, '')) = '' then 'owner' end,
                           case when trim(coalesce(classification, '')) = '' then 'classification' end,
                           case when phi is null then 'whether it holds health information' end,
                           case when trim(coalesce(location, '')) = '' then 'location' end,
                           case when trim(coalesce(retention_rule, '')) = '' then 'retention rule' end) as missing
    from register_data_store
)
select scope_id, row_key,
       case when place <> '' and not list_contains(string_split(replace(lower($production_words), ', ', ','), ','), place)
                                                             then 'NOT_APPLICABLE'
            when missing <> ''                               then 'FAIL'
            when has_resource and tag_present = false        then 'FAIL'
            when missing = '' and not has_resource           then 'PASS'
            when missing = '' and tag_present                then 'PASS'
            else 'NOT_EVALUATED' end as outcome,
       concat('data store ', coalesce(data_store, resource_arn, 'without a name'),
              case when place <> '' and not list_contains(string_split(replace(lower($production_words), ', ', ','), ','), place)
                        then concat(': environment ', environment, ', not production')
                   else concat(', environment ', coalesce(environment, 'not stated and so taken for production'), ': ',
                               case when missing <> '' then concat('the entry lacks ', missing)
                                    else concat('class ', classification, case when phi then ', with health information' else '' end,
                                                ', owner ', owner, ', location ', location, ', kept by ', retention_rule) end,
                               case when not has_resource then ''
                                    when tag_present then concat('; the resource bears the tag ', $classification_tag)
                                    when tag_present = false then concat('; the resource lacks the tag ', $classification_tag)
                                    else concat('; whether the resource bears the tag ', $classification_tag, ' is not stated') end) end) as reason
from told
