import {
  type InterviewRule,
  interviewRule,
  type ProvincialMonth,
  provincialCourses,
  rankedAs,
} from "../../air/provincial-ranks.ts";
import type { Context } from "../../chat/command.ts";
import {
  type InterviewState,
  type InterviewStep,
  interviewState,
} from "../../domain/papers/interview-course.ts";
import { type InterviewCount, interviewCount } from "../../domain/papers/interview-rule.ts";
import type { Region } from "../../domain/plan/pack.ts";
import type { Candidate, CandidateStep } from "../../store/candidates.ts";
import type { OfficialPaperRow } from "../../store/official-papers.ts";
import type { Reader } from "../../store/store.ts";

/** The kind of paper and of candidate, and the job that looks after both. */
export const INTERVIEW = "interview";

/** A month that a 约谈 rests on, as the province's list had it. */
export type RankedMonth = {
  month: string;
  rank: number | null;
  of: number | null;
  tied: number;
  pm25: number | null;
};

/** When and where a county is called in, who speaks to whom. */
export type Arrangement = { on: string; time: string; place: string; by: string; whom: string };

/** What a candidate rests on; what the office arranged, once it has confirmed it. */
export type InterviewBasis = {
  months: readonly RankedMonth[];
  /** Months without a list when it was proposed. */
  missing: readonly string[];
  arrangement?: Arrangement;
};
export type InterviewCandidate = Candidate<InterviewBasis>;

/** Where a county stands by the rule, and what the office has made of it so far: its rows, newest first. */
export type InterviewStanding = {
  region: Region;
  count: InterviewCount;
  /** Its places in the months that count. */
  places: readonly ProvincialMonth[];
  /** Whether the province ranks it at all. */
  ranked: boolean;
  /** Rows by its own places; those of regions that became part of it are nothing that it is called in for. */
  rows: readonly InterviewCandidate[];
};

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** Every county's standing by the lists known today. Null where the plan has no such rule. */
export async function interviewStandings({
  store,
  office,
  today,
}: Around): Promise<{ rule: InterviewRule; to: string; standings: readonly InterviewStanding[] } | null> {
  const rule = interviewRule(office);
  if (rule === null) return null;
  const to = today.toPlainYearMonth().subtract({ months: 1 }).toString();
  const regions = office.regionsOf({ to: today }, today);
  const courses = await provincialCourses(store, office, regions, { to });
  const all = await candidatesOf(store);
  const standings = regions.map((region): InterviewStanding => {
    const { months = [], standings = [] } = courses.get(region.id) ?? {};
    const own = rankedAs(office, region);
    const rows = all.filter(({ regionId }) => regionId !== null && own.includes(regionId));
    const last = rows.find(({ state }) => state === "confirmed")?.period ?? null;
    const count = interviewCount(standings, rule.months, last);
    const places = months.filter(({ month }) => count.months.includes(month));
    return { region, count, places, ranked: months.some(({ rank }) => rank !== null), rows };
  });
  return { rule, to, standings };
}

export const candidatesOf = async (store: Reader): Promise<InterviewCandidate[]> =>
  (await store.candidates.ofKind(INTERVIEW)) as InterviewCandidate[];

export const rankedMonth = ({ month, rank, total, tied, pm25 }: ProvincialMonth): RankedMonth => ({
  month,
  rank,
  of: total,
  tied,
  pm25,
});

/** Months without a list between the first and the last that a candidate rests on: they may have broken its row. */
export const gapsWithin = ({ months, missing }: InterviewBasis): readonly string[] =>
  missing.filter((month) => month > (months[0]?.month ?? "") && month < (months.at(-1)?.month ?? ""));

/** A confirmed 约谈 with its notice and what followed. */
export type InterviewCourse = {
  paper: OfficialPaperRow | null;
  steps: readonly CandidateStep[];
  state: InterviewState;
};

export async function interviewCourseOf(
  { id, period, regionId }: InterviewCandidate,
  store: Reader,
): Promise<InterviewCourse> {
  const paper = await store.officialPapers.ofKey(INTERVIEW, interviewKey({ period, regionId }));
  const steps = await store.candidates.steps(id);
  const issued = paper?.state === "issued" || paper?.state === "corrected";
  return {
    paper,
    steps,
    state: interviewState(
      issued,
      steps.map(({ step }) => step as InterviewStep),
    ),
  };
}

/** What the notice of a candidate is called among the papers of its kind. */
export const interviewKey = ({ period, regionId }: Pick<InterviewCandidate, "period" | "regionId">): string =>
  `${period}/${regionId}`;
