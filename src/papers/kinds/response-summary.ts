import { type SummaryAbout, type SummaryFacts, summaryAsked, summaryFacts } from "../../responses/summary.ts";
import { summaryCard, summaryFigures, summaryModel } from "../../responses/summary-words.ts";
import { peopleOfOrder } from "../../responses/units.ts";
import { SUMMARY_PAPER } from "../../responses/words.ts";
import { officialPaper } from "../official-paper.ts";

/** 应急响应总结评估：times and rates of a response that is over, to all who were ordered something but the enterprises. */
export default officialPaper<SummaryAbout, SummaryFacts>({
  id: SUMMARY_PAPER,
  title: "应急响应总结评估",
  words: ["应急总结", "响应总结", "应急评估", "削峰总结"],
  mechanism: ["heavy-pollution-response", "peak-shaving"],
  usually: { signing: "check", number: null },
  asked: summaryAsked,
  facts: summaryFacts,
  printed: summaryFigures,
  restsOn: () => [],
  card: (facts) => summaryCard(facts),
  document: (facts, { stamp }) => summaryModel(facts, stamp),
  attaches: ["word"],
  async to({ response }, _facts, context) {
    const { store } = context;
    const units = (await store.responses.orders(response)).filter(
      ({ enterpriseId }) => enterpriseId === null,
    );
    const people = await store.people.withRoles(["office", "city-lead", "supervision"]);
    for (const unit of units) people.push(...(await peopleOfOrder(unit, context)));
    return [...new Map(people.map((person) => [person.id, person])).values()].map((person) => ({
      to: { person },
    }));
  },
});
