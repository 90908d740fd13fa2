import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { PART_ACTS, type PartAct, partAfter, partStateOf } from "../domain/issues/part.ts";
import { bothOf, type Named } from "../domain/posts.ts";
import type { IssueUnit } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { isWorking, partStanding, unitName } from "./parts.ts";
import { isOf } from "./relation.ts";

/** The parts that an act is about: somebody's own, or those of others that they look at. */
export type PartsActed = { act: PartAct; parts: readonly IssueUnit[] };

/**
 * Whose parts somebody acts on: a unit on its own, others on those that were handed in, `units` naming some of them. Nobody
 * looks at what they have handed in. Nothing is written yet.
 */
export async function planAct(
  act: PartAct,
  issue: Issue,
  taker: { person: Person; behalf?: Named | undefined; units?: string | undefined },
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<PartsActed | Refusal> {
  const look = [`问题 ${issue.no}`];
  const around = { office, today };
  const all = (await store.issueUnits.of(issue.id)).filter(isWorking);
  const own = act === "acknowledge" || act === "hand-in";
  const said = taker.units?.trim() ?? "";
  const meant = all.filter((part) =>
    own ? isOf(part, taker.person, around) : said === "" || isNamed(part, said, around),
  );
  const standing = () => meant.map((part) => `${unitName(part, around)}（${partStanding(part)}）`).join("、");
  if (meant.length === 0)
    return refuse(
      "usage",
      said === ""
        ? `${issue.no}没有交给其他单位办理的任务。`
        : `“${said}”没有这件问题的任务，请写单位的名称。`,
      look,
    );
  const parts = meant.filter(
    (part) =>
      PART_ACTS[act].includes(partStateOf(part)) &&
      (said !== "" || act !== "send-back" || part.acceptedAt === null),
  );
  if (parts.length === 0)
    return refuse(own ? "already-done" : "no-data", `${issue.no}：${standing()}，现在不用办理这一步。`, look);
  const both = bothOf({ id: taker.person.id, ...(taker.behalf ? { behalf: taker.behalf } : {}) });
  if (!own && parts.some(({ handedInBy }) => handedInBy !== null && both.includes(handedInBy)))
    return refuse("forbidden", "反馈的人不能认可或退回自己的反馈，请由他人办理。");
  return { act, parts };
}

/** Writes it down, in the caller's transaction. @returns whose parts they are, for the history. */
export async function settleAct(
  { act, parts }: PartsActed,
  person: Person,
  { store, now, office, today }: Context<Writer>,
): Promise<string> {
  const at = now.epochMilliseconds;
  for (const part of parts) {
    const after = partAfter(act, part, at);
    if (after !== null) await store.issueUnits.mark(part.id, { ...after, ...stampOf(act, person, part) });
  }
  return parts.map((part) => unitName(part, { office, today })).join("、");
}

function stampOf(act: PartAct, { id }: Person, { acknowledgedBy }: IssueUnit) {
  switch (act) {
    case "acknowledge":
      return { acknowledgedBy: id };
    case "hand-in":
      return { acknowledgedBy: acknowledgedBy ?? id, handedInBy: id };
    case "accept":
      return { acceptedBy: id };
    case "send-back":
      return { handedInBy: null, acceptedBy: null };
    default:
      return act satisfies never;
  }
}

function isNamed(part: IssueUnit, said: string, around: Pick<Context<Reader>, "office" | "today">): boolean {
  const names = [unitName(part, around), unitName(part, around, { full: true })];
  return said
    .split(/[、，,；;\s和及]+/)
    .filter(Boolean)
    .some((word) => names.some((name) => name.includes(word) || word.includes(name)));
}
