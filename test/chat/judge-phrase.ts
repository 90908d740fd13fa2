import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { anOffice } from "../support/office.ts";

/** A phrase of test/cases/phrases.yaml, whose head explains what may be wanted of it. */
export type Case = { as: string; say: string; want: Want };
type Names = readonly (string | readonly string[])[];
type Want =
  | "talk"
  | { command: string; args?: Record<string, unknown>; gist?: string; has?: Names }
  | { ask: Names }
  | { refuse: { names: Names; not?: readonly string[] } }
  | { anyOf: readonly Want[] };

export const cases = parse(
  readFileSync(join(import.meta.dirname, "../cases/phrases.yaml"), "utf8"),
) as readonly Case[];

/** What a phrase did to an office of its own: how it was answered, which issues are new, whether any has changed. */
export async function outcomeOf({ as, say }: Pick<Case, "as" | "say">) {
  const office = await anOffice();
  try {
    const before = await issuesOf(office);
    const answer = await office.says(as, say);
    const after = await issuesOf(office);
    const facts = answer.code === null ? answer.facts : null;
    return {
      command: answer.command,
      code: answer.code,
      text: answer.code === null ? answer.text : (answer.message ?? ""),
      asks: facts?.asks as string[] | undefined,
      understood: facts?.understood as { command: string; args: Record<string, unknown> } | undefined,
      given: after.filter((issue) => !before.some(({ id }) => id === issue.id)),
      changed: after.filter((issue) =>
        before.some(({ id, version }) => id === issue.id && version !== issue.version),
      ),
      countyOf: (id: string) => office.bot.office.region(id).short,
    };
  } finally {
    office.close();
  }
}
type Outcome = Awaited<ReturnType<typeof outcomeOf>>;

async function issuesOf({ bot }: Awaited<ReturnType<typeof anOffice>>) {
  const asOf = (await bot.clock.now()).epochMilliseconds;
  return (await bot.store.read((r) => r.issues.list({ asOf }, 500))).rows;
}

/** Whether a phrase came to what it means. */
export function isRight(want: Want, outcome: Outcome): boolean {
  if (want === "talk") return outcome.code === null && outcome.command === "hello";
  if ("anyOf" in want) return want.anyOf.some((one) => isRight(one, outcome));
  if ("ask" in want)
    return (
      outcome.asks !== undefined &&
      isUnchanged(outcome) &&
      has(outcome.asks.join("\n") + outcome.text, want.ask, true)
    );
  if ("refuse" in want)
    return (
      outcome.code !== null &&
      isUnchanged(outcome) &&
      has(outcome.text, want.refuse.names, true) &&
      !(want.refuse.not ?? []).some((name) => outcome.text.includes(name))
    );
  if (want.command === "?") return isUnchanged(outcome) && has(outcome.text, want.has ?? [], false);
  // A step whose form asks for more than was said is shown with its form.
  const isAsked = outcome.asks !== undefined && want.command === "assign";
  if (outcome.code !== null || isAsked || outcome.understood?.command !== want.command) return false;
  const { args } = outcome.understood;
  return Object.entries(want.args ?? {}).every(
    ([name, value]) => name === "top" || name === "bottom" || same(name, value, args[name]),
  );
}

/** Whether an order or a step was acted on otherwise than it is written; nothing excuses that. */
export function isActedOnOtherwise({ want }: Case, outcome: Outcome): boolean {
  if (isUnchanged(outcome)) return false;
  const wanted = typeof want === "object" && "anyOf" in want ? want.anyOf : [want];
  return !wanted.some((one) => {
    if (typeof one !== "object" || !("command" in one) || one.command === "?") return false;
    if (one.command !== "assign") return isRight(one, outcome);
    const { county, title, due, level = "一般", category = null } = one.args as Record<string, string>;
    const counties = [county].flat();
    return (
      isRight(one, outcome) &&
      outcome.changed.length === 0 &&
      outcome.given
        .map((issue) => outcome.countyOf(issue.regionId))
        .sort()
        .join() === counties.toSorted().join() &&
      outcome.given.every(
        (issue) =>
          [title].flat().includes(issue.title) &&
          issue.due === due &&
          issue.level === level &&
          issue.category === category &&
          (one.args?.department !== undefined || issue.departmentId === null),
      )
    );
  });
}

const isUnchanged = ({ given, changed }: Outcome) => given.length + changed.length === 0;

/** `all`: each of the names, of an inner list one. Otherwise one of them, of an inner list each. */
function has(text: string, names: Names, all: boolean): boolean {
  const one = (name: string | readonly string[]) =>
    typeof name === "string"
      ? text.includes(name)
      : all
        ? name.some((n) => text.includes(n))
        : name.every((n) => text.includes(n));
  return all ? names.every(one) : names.some(one);
}

/** A period that is still running is the same whether written to its end or to yesterday; of a list of titles one will do. */
function same(name: string, wanted: unknown, got: unknown): boolean {
  if (name === "title") return [wanted].flat().includes(got as string);
  if (name === "period") {
    const [from, to = ""] = String(got).split("..");
    const [wantedFrom, wantedTo = ""] = String(wanted).split("..");
    const yesterday = "2020-06-14";
    const isSame = to === wantedTo || (to >= yesterday && wantedTo >= yesterday);
    return from === wantedFrom && isSame;
  }
  return JSON.stringify(wanted) === JSON.stringify(got);
}
