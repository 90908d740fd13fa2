import { interviewRule, provincialCourses } from "../../air/provincial-ranks.ts";
import type { Button, Card } from "../../chat/card.ts";
import type { Context } from "../../chat/command.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { longDate } from "../../chat/wording.ts";
import type { RegionId } from "../../domain/ids.ts";
import { monthPeriod } from "../../domain/months.ts";
import type { PrintedFigure } from "../../domain/papers/figures.ts";
import type { Region } from "../../domain/plan/pack.ts";
import { authorityOf } from "../../issues/full-names.ts";
import type { Office } from "../../office/office.ts";
import { labelCell, type PaperModel } from "../../output/paper-model.ts";
import type { Reader } from "../../store/store.ts";
import { letterModel } from "../letter.ts";
import type { About, PaperStamp } from "../official-paper.ts";
import { brokenBy } from "./look.ts";
import {
  type Arrangement,
  INTERVIEW,
  type InterviewCandidate,
  interviewKey,
  type RankedMonth,
  rankedMonth,
} from "./standings.ts";
import { meanWords, monthsWords, placeWords } from "./words.ts";

/** The notice of a 约谈 is about one candidate, and there is one for each. */
export type InterviewAbout = About & { regionId: RegionId; candidate: number };

/** All that the notice prints. */
export type InterviewNotice = {
  county: string;
  short: string;
  authority: string;
  months: readonly RankedMonth[];
  /** Months without a list between them, and what the office says of that. */
  note: string | null;
  needed: number;
  bottom: number;
  plan: string;
  clause: string;
  clauseText: string | null;
  arrangement: Arrangement;
  materials: readonly string[];
  planWorkingDays: number;
};

export function interviewAbout(row: InterviewCandidate, region: Region): InterviewAbout {
  const { months } = row.facts;
  const [first, last] = [months[0], months.at(-1)].map((month) => monthPeriod(month?.month ?? row.period));
  return {
    key: interviewKey(row),
    label: `${region.short} ${monthsWords(months.map(({ month }) => month))}`,
    from: String(first?.from),
    to: String(last?.to),
    regionId: region.id,
    candidate: row.id,
  };
}

/** The notice by the lists of this moment; refuses where they call nobody in any more. */
export async function interviewNotice(
  { candidate, regionId }: InterviewAbout,
  { store, office }: Context<Reader>,
): Promise<InterviewNotice | Refusal> {
  const row = (await store.candidates.byId(candidate)) as InterviewCandidate | null;
  const rule = interviewRule(office);
  const mechanism = office.pack.mechanisms.find(({ id }) => id === INTERVIEW);
  const arrangement = row?.facts.arrangement;
  if (row === null || rule === null || mechanism === undefined || arrangement === undefined)
    return refuse("no-data", "这次约谈还没有认定，先在“约谈”里认定。", ["约谈"]);
  const region = office.region(regionId);
  const why = await brokenBy(row, region, { store, office });
  if (why !== null)
    return refuse(
      "conflict",
      `${region.short}${why}，不再符合约谈条件。请撤回这份通知，或核对导入的全省排名。`,
    );
  const { materials, planWorkingDays } = office.pack.settings.interviews;
  return {
    county: region.name,
    short: region.short,
    authority: authorityOf(region),
    months: await monthsOf(row, region, { store, office }),
    note: row.reason,
    needed: rule.months,
    bottom: rule.bottom,
    plan: office.pack.title,
    clause: mechanism.clause,
    clauseText: mechanism.text ?? null,
    arrangement,
    materials,
    planWorkingDays,
  };
}

/** The months that a candidate rests on, as the lists have them now. */
async function monthsOf(
  { facts: { months } }: InterviewCandidate,
  region: Region,
  { store, office }: { store: Reader; office: Office },
): Promise<RankedMonth[]> {
  const to = months.at(-1)?.month ?? "";
  const known = (await provincialCourses(store, office, [region], { to })).get(region.id)?.months ?? [];
  return months.flatMap(({ month }) => known.filter((one) => one.month === month).map(rankedMonth));
}

/** Why the county is called in, in a sentence. */
export function interviewReason({ county, months, needed, bottom, note }: InterviewNotice): string {
  const of = monthsWords(months.map(({ month }) => month));
  const more = note === null ? "" : `（${note}）`;
  return `${county}${of}PM2.5浓度在全省排名均列后${bottom}位，已达连续${needed}个月${more}`;
}

/** 约谈通知. */
export function interviewModel(notice: InterviewNotice, stamp: PaperStamp): PaperModel {
  const { county, months, plan, clause, clauseText, arrangement, materials, planWorkingDays } = notice;
  const rule = clauseText === null ? `（${clause}）` : `（${clause}）规定：“${clauseText}”`;
  return letterModel(
    {
      title: ["关于就空气质量问题约谈", `${notice.authority}的通知`],
      to: notice.authority,
      blocks: [
        { kind: "text", text: `${interviewReason(notice)}。经研究，决定进行约谈，现将有关事项通知如下。` },
        { kind: "heading", text: "约谈安排" },
        {
          kind: "table",
          widths: [34, 122],
          height: 8,
          rows: [
            ["时间", `${longDate(Temporal.PlainDate.from(arrangement.on))} ${arrangement.time}`],
            ["地点", arrangement.place],
            ["约谈人", arrangement.by],
            ["被约谈人", `${county}${arrangement.whom}`],
            ["事由", "PM2.5浓度连续列全省后列"],
          ].map(([label = "", value = ""]) => [labelCell(label), value]),
        },
        { kind: "heading", text: "约谈依据" },
        { kind: "text", text: `《${plan}》${rule}。各月位次如下：` },
        {
          kind: "table",
          head: true,
          widths: [52, 52, 52],
          rows: [
            ["月份", "全省位次", "PM2.5（µg/m³）"].map((text) => labelCell(text)),
            ...months.map((month) => [monthPeriod(month.month).label, placeWords(month), meanWords(month)]),
          ],
        },
        { kind: "heading", text: "需准备的材料" },
        { kind: "text", text: `${materials.join("、")}，约谈时带书面材料。` },
        { kind: "heading", text: "有关要求" },
        {
          kind: "text",
          text: `请收到后回复参加人员；约谈后${planWorkingDays}个工作日内报送整改方案，写明措施、责任人和完成时限。`,
        },
      ],
    },
    stamp,
  );
}

/** The notice as its readers get it. */
export function interviewNoticeCard(
  notice: InterviewNotice,
  stamp: PaperStamp,
  buttons: readonly Button[],
): Card {
  const { county, short, months, arrangement, plan, clause, clauseText, materials, planWorkingDays } = notice;
  const when = `${longDate(Temporal.PlainDate.from(arrangement.on))} ${arrangement.time}`;
  return {
    title: `约谈通知：${short}`,
    tone: "bad",
    blocks: [
      { kind: "text", text: `${interviewReason(notice)}，决定进行约谈。` },
      {
        kind: "facts",
        items: [
          { label: "时间", value: when },
          { label: "地点", value: arrangement.place },
          { label: "约谈人", value: arrangement.by },
          { label: "被约谈人", value: `${county}${arrangement.whom}` },
          { label: "依据", value: `《${plan}》${clause}${clauseText === null ? "" : `：${clauseText}`}` },
          { label: "准备材料", value: materials.join("、") },
          { label: "整改方案", value: `约谈后${planWorkingDays}个工作日内报` },
        ],
      },
      {
        kind: "table",
        columns: [{ title: "月份" }, { title: "全省位次" }, { title: "PM2.5（µg/m³）", align: "end" }],
        rows: months.map((month) => [monthPeriod(month.month).label, placeWords(month), meanWords(month)]),
      },
    ],
    buttons,
    facts: { county: short, number: stamp.number, months, arrangement },
  };
}

/** Each figure as printed. */
export const interviewFigures = ({ short, months }: InterviewNotice): PrintedFigure[] =>
  months.flatMap((month) => [
    { of: short, figure: `${month.month}全省位次`, value: placeWords(month) },
    { of: short, figure: `${month.month}PM2.5`, value: meanWords(month) },
  ]);
