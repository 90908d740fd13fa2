import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { Person } from "../store/people.ts";
import type { ResponseReport, ResponseRow } from "../store/responses.ts";
import type { Reader, Writer } from "../store/store.ts";
import { tallyOf } from "./board.ts";
import { redrawBoard } from "./tell.ts";
import { behalfOf, postOfUnit } from "./units.ts";
import { drillMark, momentWords, responseName, toneOf } from "./words.ts";

export const REPORT_FORM = z.object({
  executing: arg.number("已执行企业（家）", { hint: "已按措施停、限产的企业数" }),
  text: arg.maybe.longtext("需要说明的", { maxLength: 500, hint: "没有可不填" }),
});
const reportButton = buttonsOf("response.report", REPORT_FORM);

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** How many enterprises of a county are under orders, and how many have shown that they carry them out. */
export async function countyTally(response: ResponseRow, regionId: string, { store }: Pick<Around, "store">) {
  const counts = await store.responses.counts(response.id, response.round);
  const { orders, exempt, executed } = tallyOf(
    counts.filter((one) => one.of === "enterprise" && one.regionId === regionId),
  );
  return { ordered: orders - exempt, executed };
}

/** 执行情况: what the bot knows already stands in the form. */
export async function reportCard(
  report: ResponseReport,
  response: ResponseRow,
  context: Around,
  title?: string,
): Promise<Card> {
  const { office, today } = context;
  const { ordered, executed } = await countyTally(response, report.regionId, context);
  const county = office.heirOn(report.regionId, today).short;
  const time = momentWords(report.due, office);
  return {
    title: `${drillMark(response)}${title ?? `请报${time}执行情况`}：${county}`,
    tone: toneOf(response),
    subject: `response-report:${report.id}`,
    blocks: [
      {
        kind: "text",
        text:
          report.at === null
            ? `${responseName(response)}。系统已有${executed}家企业上报执行（应执行${ordered}家），核对后一次提交即可。`
            : `已报：执行${report.executing}家，应执行${report.ordered}家。${report.text ?? ""}`,
      },
    ],
    buttons:
      report.at === null && response.endedAt === null
        ? [
            reportButton(
              "报执行情况",
              { report: report.id },
              { style: "primary", values: { executing: String(executed) } },
            ),
          ]
        : [],
    facts: {
      response: response.id,
      drill: response.drill,
      county,
      due: report.due,
      executing: report.executing,
      ordered: report.ordered ?? ordered,
    },
  };
}

/** In the caller's transaction. */
export async function takeReport(
  id: number,
  { executing, text }: { executing: string; text?: string | undefined },
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now } = context;
  const report = await store.responses.report(id);
  const response = report === null ? null : await store.responses.byId(report.responseId);
  if (report === null || response === null)
    return refuse("stale-action", "这条通知已失效，请发送“应急”。", ["应急"]);
  const unit = { regionId: report.regionId, departmentId: null, enterpriseId: null };
  const post = postOfUnit(person, unit, context);
  if (post === undefined) return refuse("forbidden", "执行情况由本县（市、区）上报。");
  if (response.endedAt !== null)
    return refuse("conflict", `${responseName(response)}已解除，不用再报。`, ["应急"]);
  if (report.at !== null) return refuse("already-done", "这次已经报过，不用重复。", ["应急"]);
  const { ordered } = await countyTally(response, report.regionId, context);
  const n = Number(executing);
  if (!Number.isInteger(n) || n < 0) return refuse("bad-number", "企业数须是整数，例如 12。");
  if (n > ordered) return refuse("bad-number", `应执行的企业共${ordered}家，执行数不能多于它，请核对。`);
  const at = now.epochMilliseconds;
  const set = { at, by: person.id, executing: n, ordered, text: text ?? null };
  await store.responses.keepReport(id, set);
  await redrawBoard(response, `report-${id}`, context);
  const card = await reportCard({ ...report, ...set }, response, context, "已报执行情况");
  return {
    ...card,
    audit: { response: response.id, county: report.regionId, executing: n, ordered, drill: response.drill },
    ...behalfOf(post),
  };
}
