import { dateSeenOn } from "../../chat/wording.ts";
import { rungOf } from "../../domain/papers/lag-rungs.ts";
import type { Office } from "../../office/office.ts";
import type { CandidateUnit } from "../../store/candidates.ts";
import { type LagLine, type LagWarning, promiseOf } from "./warning.ts";

/** 红2项、黄1项、未报3项 */
export function levelCounts(lines: readonly LagLine[]): string {
  return (["红", "黄", "灰"] as const)
    .map((level) => [level, lines.filter((line) => line.level === level).length] as const)
    .filter(([, n]) => n > 0)
    .map(([level, n]) => `${level === "灰" ? "未报" : level}${n}项`)
    .join("、");
}

/** 重点提醒（连续2期）: by the task that has been warned of longest. */
export function rungWords(lines: readonly LagLine[], { rungs }: LagWarning): string {
  const most = Math.max(1, ...lines.map(({ inARow }) => inARow));
  return `${rungOf(most, rungs)}${most > 1 ? `（连续${most}期）` : ""}`;
}

/** What a unit has promised, and whether its day has passed in vain; null where it has promised nothing. */
export function ownPromiseWords(
  warning: LagWarning,
  unit: CandidateUnit,
  today: Temporal.PlainDate,
  office: Office,
): { text: string; isBroken: boolean } | null {
  const promise = promiseOf(warning, unit, office);
  if (promise === null) return null;
  const by = dateSeenOn(today, promise.on);
  const { cause, broken } = promise;
  return broken.length === 0
    ? { text: `已承诺${by}前赶上（${cause}）`, isBroken: false }
    : {
        text: `承诺${by}前赶上（${cause}），到期仍滞后${broken.length}项：${broken.join("、")}`,
        isBroken: true,
      };
}

/** Whose promised day has passed in vain; null where nobody's has. */
export function brokenWords({ promises }: LagWarning, today: Temporal.PlainDate): string | null {
  const broken = promises.filter((one) => one.broken.length > 0);
  if (broken.length === 0) return null;
  return `承诺到期仍滞后：${broken.map(({ short, on, broken: tasks }) => `${short}（承诺${dateSeenOn(today, on)}，${tasks.length}项）`).join("、")}。`;
}
