import type { Button } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { ownOrder } from "./own-order.ts";
import { reportCard } from "./report.ts";
import { postOfUnit } from "./units.ts";
import { drillMark, shortName } from "./words.ts";

const toResponse = says("应急");

type ResponseToday = {
  /** 签收黄色预警响应; empty where nothing waits. */
  words: readonly string[];
  n: number;
  buttons: readonly Button[];
  facts: { responsesToAcknowledge: readonly number[]; responseReports: readonly number[] };
};

/** What of a running response waits for somebody: to be acknowledged for their unit, or a county's report that was asked for. */
export async function responseToday(
  person: Person,
  context: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<ResponseToday> {
  const words: string[] = [];
  const buttons: Button[] = [];
  const toAcknowledge: number[] = [];
  const toReport: number[] = [];
  for (const response of await context.store.responses.running()) {
    const order = await ownOrder(response, person, context);
    if (order !== null && order.acknowledgedAt === null && order.exempt === null) {
      toAcknowledge.push(response.id);
      words.push(`签收${shortName(response)}`);
      buttons.push(toResponse(`签收${shortName(response)}`));
    }
    for (const report of await context.store.responses.reports(response.id)) {
      const unit = { regionId: report.regionId, departmentId: null, enterpriseId: null };
      if (report.at !== null || postOfUnit(person, unit, context) === undefined) continue;
      toReport.push(report.id);
      words.push(`${drillMark(response)}报执行情况`);
      buttons.push(...((await reportCard(report, response, context)).buttons ?? []));
    }
  }
  return {
    words,
    n: words.length,
    buttons,
    facts: { responsesToAcknowledge: toAcknowledge, responseReports: toReport },
  };
}
