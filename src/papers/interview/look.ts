import { provincialCourses } from "../../air/provincial-ranks.ts";
import type { Context } from "../../chat/command.ts";
import type { Region } from "../../domain/plan/pack.ts";
import type { Reader, Writer } from "../../store/store.ts";
import {
  candidatesOf,
  INTERVIEW,
  type InterviewBasis,
  type InterviewCandidate,
  type InterviewStanding,
  interviewStandings,
  rankedMonth,
} from "./standings.ts";
import { monthsWords } from "./words.ts";

/** What has come about since the last look. */
export type InterviewNews =
  /** To be called in, one month from it, or no longer either. */
  | { kind: "due" | "warned"; region: Region; basis: InterviewBasis; id: number }
  | { kind: "lapsed"; region: Region; why: string }
  /** What a confirmed 约谈 rested on was corrected, and it wouldn't be due now. */
  | { kind: "doubted"; region: Region; id: number; why: string };

type Around = Pick<Context<Writer>, "store" | "office" | "now" | "today">;

/** Holds what stands in the province's lists against what was proposed so far, and writes down what is new. */
export async function lookAtInterviews(context: Around): Promise<readonly InterviewNews[]> {
  const found = await interviewStandings(context);
  if (found === null) return [];
  const news: InterviewNews[] = [];
  for (const standing of found.standings) news.push(...(await lookAt(standing, context)));
  const { store, office, today } = context;
  for (const row of await candidatesOf(store)) {
    const region = office.region(row.regionId ?? "");
    if (row.state === "proposed" && office.dissolvedOn(region.id, today)) {
      const why = `${region.name}已并入${office.heirOn(region.id, today).name}`;
      await lapse(row, why, context);
      news.push({ kind: "lapsed", region, why });
    }
    if (row.state === "confirmed") news.push(...(await doubt(row, region, context)));
  }
  return news;
}

async function lookAt(
  { region, count, places, rows }: InterviewStanding,
  context: Around,
): Promise<InterviewNews[]> {
  const { store, now } = context;
  const { stage } = count;
  const period = count.months.at(-1);
  const basis: InterviewBasis = { months: places.map(rankedMonth), missing: count.missing };
  const news: InterviewNews[] = [];
  for (const row of rows)
    if (row.state === "proposed" && (stage !== "due" || row.period !== period)) {
      const why =
        stage === "due"
          ? `已由${monthsWords(count.months.slice(-1))}的名单接替`
          : "全省排名更正后不再符合约谈条件";
      await lapse(row, why, context);
      if (stage !== "due") news.push({ kind: "lapsed", region, why });
    }
  if (period === undefined || (stage !== "due" && stage !== "warned")) return news;
  const state = stage === "due" ? "proposed" : "noticed";
  const before = rows.find((row) => row.period === period);
  if (before === undefined) {
    const row = { kind: INTERVIEW, period, regionId: region.id, departmentId: null };
    const id = await store.candidates.add({ ...row, state, facts: basis, proposedAt: now.epochMilliseconds });
    news.push({ kind: stage, region, basis, id });
  } else if (stage === "due" && (before.state === "noticed" || before.state === "lapsed")) {
    const settled = {
      state,
      reason: null,
      facts: basis,
      decidedAt: now.epochMilliseconds,
      decidedBy: null,
    } as const;
    await store.candidates.settle(before.id, settled);
    news.push({ kind: stage, region, basis, id: before.id });
  }
  return news;
}

const lapse = ({ id }: InterviewCandidate, reason: string, { store, now }: Around) =>
  store.candidates.settle(id, {
    state: "lapsed",
    reason,
    decidedAt: now.epochMilliseconds,
    decidedBy: null,
  });

/** A confirmed 约谈 whose months are no longer among the last: the office is told once for each such correction. */
async function doubt(row: InterviewCandidate, region: Region, context: Around): Promise<InterviewNews[]> {
  const { store, now } = context;
  const why = await brokenBy(row, region, context);
  if (why === null) return [];
  const steps = await store.candidates.steps(row.id);
  if (steps.some(({ step, detail }) => step === "release" || (step === "doubt" && detail.why === why)))
    return [];
  const at = now.epochMilliseconds;
  await store.candidates.addStep({ candidateId: row.id, step: "doubt", detail: { why }, at, personId: null });
  return [{ kind: "doubted", region, id: row.id, why }];
}

/** Why the months of a candidate would call nobody in by the lists of today; null where they still would. */
export async function brokenBy(
  { facts: { months } }: Pick<InterviewCandidate, "facts">,
  region: Region,
  { store, office }: Pick<Context<Reader>, "store" | "office">,
): Promise<string | null> {
  const to = months.at(-1)?.month ?? "";
  const { months: known = [] } =
    (await provincialCourses(store, office, [region], { to })).get(region.id) ?? {};
  for (const { month } of months) {
    const place = known.find((one) => one.month === month);
    if (place?.amongLast !== true)
      return `${month}全省位次${place?.rank == null ? "已删去" : `更正为${place.rank}/${place.total}`}，不在后列`;
  }
  return null;
}
