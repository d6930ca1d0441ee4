-- The hundred facts that were learnt last, with the sentence.
select fact.company, fact.metric, fact.period, fact.amount, fact.unit, fact.authority, fact.standing, said.quote, said.url, fact.recorded_at
from facts as fact
join claims as said using (claim_id)
order by fact.recorded_at desc, fact.fact_id
limit 100;
