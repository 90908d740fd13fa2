import type { Context } from "../../chat/command.ts";
import { figure } from "../../chat/wording.ts";
import { changeWords } from "../../domain/air/change.ts";
import { monthPeriod } from "../../domain/months.ts";
import type { OfficialPaperRow } from "../../store/official-papers.ts";
import type { Reader } from "../../store/store.ts";
import type { WarningCandidate } from "./candidates.ts";
import { groundsOf, type WarningGrounds } from "./judge.ts";
import type { WarningLetter } from "./letter.ts";

/** A unit's figures when it was written to, and a month later; null while that month isn't over. */
export type WarningEffect = { before: WarningGrounds; after: WarningGrounds | null; month: string };

/** What a letter has brought about by the end of the month after the one that it is about. */
export async function effectOf(
  row: WarningCandidate,
  paper: OfficialPaperRow,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<WarningEffect> {
  const print = await store.officialPapers.version(paper.id, paper.version);
  const before = (print?.facts as WarningLetter | null)?.grounds ?? row.facts.grounds;
  const month = Temporal.PlainYearMonth.from(row.period).add({ months: 1 }).toString();
  const { to } = monthPeriod(month);
  if (Temporal.PlainDate.compare(to, today) >= 0) return { before, after: null, month };
  // The unit may have become part of another one since.
  const unit =
    row.regionId === null ? row : { regionId: office.heirOn(row.regionId, to).id, departmentId: null };
  // Judged as long after the month as the letter's figures were after theirs.
  const lag = monthPeriod(row.period).to.until(row.facts.on).days;
  const due = to.add({ days: lag });
  const on = Temporal.PlainDate.compare(due, today) < 0 ? due : today;
  return { before, after: await groundsOf(unit, { month, on: on.toString() }, { store, office }), month };
}

/** PM2.5同比 下降6.7%→下降8.9%；红色任务 3→1项 */
export function effectWords({ before, after }: WarningEffect): string {
  if (after === null) return "下月见效果";
  const air =
    before.air === null
      ? []
      : [
          `PM2.5 ${figure(before.air.pm25)}→${figure(after.air?.pm25)}，同比${changeWords(before.air.mean?.actual ?? null)}→${changeWords(after.air?.mean?.actual ?? null)}`,
        ];
  const tasks =
    before.tasks.length + after.tasks.length === 0
      ? []
      : [`红色任务${before.tasks.length}→${after.tasks.length}项`];
  return [...air, ...tasks].join("；");
}
