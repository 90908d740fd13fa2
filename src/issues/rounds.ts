import { removedAmong } from "../chat/kept-paper.ts";
import type { Office } from "../office/office.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Issue } from "../store/issues.ts";
import { kindNames } from "./facts.ts";

type Placed = Pick<Evidence, "round">;

/** 第2轮 */
export const roundName = (round: number): string => `第${round}轮`;

/** An issue's evidence by the round that it was handed in for, the first round first. */
export function byRound<E extends Placed>(evidence: readonly E[]): { round: number; files: E[] }[] {
  return [...Map.groupBy(evidence, ({ round }) => round ?? 1)]
    .map(([round, files]) => ({ round, files }))
    .toSorted((a, b) => a.round - b.round);
}

/** 第2轮 before what belongs to one of several rounds; nothing where an issue has had only one. */
export const roundBefore = ({ round }: Placed, issue: Pick<Issue, "round">): string =>
  issue.round > 1 ? roundName(round ?? 1) : "";

/** 整改后照片, of one of several rounds 第2轮整改后照片. */
export const evidenceName = (one: Pick<Evidence, "kind" | "round">, issue: Pick<Issue, "round">): string =>
  `${roundBefore(one, issue)}${kindNames[one.kind]}`;

/** 整改前照片1张，整改后照片2张; of several rounds each by itself, and how many of them are no longer there. */
export function evidenceWords(
  evidence: readonly Pick<Evidence, "kind" | "round" | "removedAt">[],
  issue: Pick<Issue, "round">,
  office: Pick<Office, "today">,
): string {
  const counted = byRound(evidence)
    .map(({ round, files }) => {
      const said = COUNTED.flatMap(([kind, name, unit]) => {
        const n = files.filter((e) => e.kind === kind).length;
        return n > 0 ? [`${name}${n}${unit}`] : [];
      });
      return `${issue.round > 1 ? `${roundName(round)}：` : ""}${said.join("，")}`;
    })
    .join("；");
  return [counted, removedAmong(evidence, "份", office)].filter(Boolean).join("；");
}

const COUNTED = [
  ["before", kindNames.before, "张"],
  ["after", kindNames.after, "张"],
  ["document", kindNames.document, "份"],
  ["other", kindNames.other, "份"],
] as const satisfies readonly (readonly [Evidence["kind"], string, string])[];
