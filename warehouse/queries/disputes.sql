-- Facts that a source contradicts, with both sentences.
with contradictions as (
    select fact_id, claim_id, unnest(disputes) as other from facts where len(disputes) > 0
)
select this.fact_id, fact.company, fact.metric, fact.period, this.other."over" as over_what, said.quote, against.quote as against_quote, this.other.detail
from contradictions as this
join facts as fact using (fact_id)
left join claims as said on said.claim_id = this.claim_id
left join claims as against on against.claim_id = this.other.claim_id
order by fact.company, fact.metric, fact.period, this.fact_id;
