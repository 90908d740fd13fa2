import { isUnplaced } from "../../chat/access.ts";
import type { Context } from "../../chat/command.ts";
import { unknownYearNote } from "../../chat/unknown-years.ts";
import { plain } from "../../chat/wording.ts";
import type { DepartmentId, RegionId } from "../../domain/ids.ts";
import { brokenTasks, timesInARow } from "../../domain/papers/lag-rungs.ts";
import type { Office } from "../../office/office.ts";
import {
  actualWords,
  indicatorWords,
  judgedOn,
  lagFacts,
  laggingAmong,
  type Task,
  tasksOf,
} from "../../plan/tasks.ts";
import type { CandidateUnit } from "../../store/candidates.ts";
import type { Reader } from "../../store/store.ts";
import type { About } from "../official-paper.ts";
import { namesOfUnit } from "../units.ts";

/** The kind of paper, and the job that issues it. */
export const LAGGING_WARNING = "lagging-warning";

/** A warning is of a day; promises count that were made by its slot. */
export type LagAbout = About & { on: string; at: number };

/** A lagging task as the warning prints it. */
export type LagLine = ReturnType<typeof lagFacts> & {
  share: RegionId | null;
  lead: readonly DepartmentId[];
  inARow: number;
  actualWords: string;
  targetWords: string;
  expectedWords: string;
};

/** What a unit has promised to an earlier warning; `broken`: what of it still lags though its day is over. */
export type LagPromised = CandidateUnit & {
  short: string;
  cause: string;
  on: string;
  broken: readonly string[];
};

/** All that a warning prints, to whomever. */
export type LagWarning = {
  on: string;
  asOf: string;
  rungs: readonly [string, ...string[]];
  causes: readonly string[];
  lines: readonly LagLine[];
  promises: readonly LagPromised[];
  note: string | null;
};

type Around = Pick<Context<Reader>, "store" | "office">;

export async function lagWarning(
  { on, at }: Pick<LagAbout, "on" | "at">,
  { store, office }: Around,
): Promise<LagWarning> {
  const day = Temporal.PlainDate.from(on);
  const tasks = laggingAmong(await tasksOf(store, office, day));
  const earlier = await earlierWarnings(on, store);
  const before = earlier[0]?.facts.lines ?? [];
  const lines = tasks.map((task): LagLine => {
    const key = { id: task.indicator.id, share: task.region?.id ?? null };
    return { ...lineOf(task), ...key, inARow: timesInARow(key, before) };
  });
  const { rungs, causes } = office.pack.settings.lag;
  return {
    on,
    asOf: judgedOn(day).toString(),
    rungs,
    causes,
    lines,
    promises: await promisesBy({ on, at }, earlier, lines, { store, office }),
    note: unknownYearNote([judgedOn(day)], office)[0]?.text ?? null,
  };
}

const lineOf = (task: Task): Omit<LagLine, "inARow" | "share"> => ({
  ...lagFacts(task),
  lead: task.measure.lead,
  actualWords: actualWords(task),
  targetWords: indicatorWords(task.indicator),
  expectedWords:
    task.standing.expected === null || task.indicator.kind === "check"
      ? "—"
      : plain(task.standing.expected.toDecimalPlaces(1).toString()),
});

/** Warnings that are looked back on: half a year. */
const LOOKED_BACK = 12;

type Earlier = { paperId: number; facts: LagWarning };

/** The issued warnings before a day, newest first. */
async function earlierWarnings(on: string, store: Reader): Promise<Earlier[]> {
  const to = Temporal.PlainDate.from(on).subtract({ days: 2 }).toString();
  const filter = { kinds: [LAGGING_WARNING], states: ["issued", "corrected"] as const, to };
  const { rows } = await store.officialPapers.list(filter, LOOKED_BACK);
  const found: Earlier[] = [];
  for (const { id, version } of rows) {
    const facts = (await store.officialPapers.version(id, version))?.facts as LagWarning | null | undefined;
    if (facts) found.push({ paperId: id, facts });
  }
  return found;
}

/** Each unit's newest promise, and what of it is broken. */
async function promisesBy(
  { on, at }: Pick<LagAbout, "on" | "at">,
  earlier: readonly Earlier[],
  lines: readonly LagLine[],
  { store, office }: Around,
): Promise<LagPromised[]> {
  const today = Temporal.PlainDate.from(on);
  const answers = (await store.paperAnswers.promised(earlier.map(({ paperId }) => paperId))).filter(
    ({ answeredAt }) => answeredAt !== null && answeredAt < at,
  );
  const newest = answers.filter(
    (one, i) =>
      answers.findIndex(
        (other) => other.regionId === one.regionId && other.departmentId === one.departmentId,
      ) === i,
  );
  return newest.flatMap(({ paperId, regionId, departmentId, cause, promised }): LagPromised[] => {
    if (promised === null) return [];
    const unit = { regionId, departmentId };
    const then = earlier.find((one) => one.paperId === paperId)?.facts.lines ?? [];
    const own = lagLinesOf(lines, unit, today, office);
    const tasks = lagLinesOf(then, unit, today, office);
    // What has passed to an heir since lags as the heir's.
    const heirs = tasks.map(({ id, share }) => ({ id, share: share && office.heirOn(share, today).id }));
    const broken = brokenTasks({ on: promised, tasks: heirs }, own, on).map(({ indicator }) => indicator);
    if (promised < on && broken.length === 0) return [];
    const { short } = namesOfUnit(unit, { office, today });
    return [{ ...unit, short, cause: cause ?? "—", on: promised, broken }];
  });
}

/** A unit's own lines of a warning: a county's shares, a department's measures; all of them for the city. */
export function lagLinesOf<L extends Pick<LagLine, "share" | "lead">>(
  lines: readonly L[],
  unit: CandidateUnit,
  today: Temporal.PlainDate,
  office: Office,
): L[] {
  const { regionId, departmentId } = unit;
  if (isUnplaced(unit, office, today)) return [];
  if (regionId !== null) {
    const heir = office.heirOn(regionId, today).id;
    return lines.filter(({ share }) => share !== null && office.heirOn(share, today).id === heir);
  }
  return departmentId === null ? [...lines] : lines.filter(({ lead }) => lead.includes(departmentId));
}

/** A unit's promise as a warning knows it. */
export function promiseOf(
  { promises, on }: Pick<LagWarning, "promises" | "on">,
  { regionId, departmentId }: CandidateUnit,
  office: Office,
): LagPromised | null {
  const today = Temporal.PlainDate.from(on);
  const heir = regionId === null ? null : office.heirOn(regionId, today).id;
  return (
    promises.find(
      (one) =>
        one.departmentId === departmentId &&
        (one.regionId === null ? null : office.heirOn(one.regionId, today).id) === heir,
    ) ?? null
  );
}
