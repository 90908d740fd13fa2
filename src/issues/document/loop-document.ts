import type { EpochMs } from "../../domain/ids.ts";
import { again, CLOCK_KINDS, type ClockKind, type ClockRule, clockOf } from "../../domain/issues/clock.ts";
import { MOST_EXTENSIONS } from "../../domain/issues/phase.ts";
import {
  ENDS,
  isUnitsTurn,
  ownerOf,
  type Relation,
  STATES,
  type State,
  stateNames,
  UNIT,
  UNIT_ACTS,
} from "../../domain/issues/states.ts";
import type { Office } from "../../office/office.ts";
import type { Audience } from "../audience.ts";
import { RUNGS } from "../ladder.ts";
import { STEPS, stepOf } from "../loop.ts";
import { kindWords } from "../notice-words.ts";
import type { Step } from "../step.ts";
import { clockRulesOf, loopRulesOf } from "../terms.ts";
import { effectsOf, exampleStanding } from "./loop-effects.ts";
import {
  AUDIENCES,
  DUES,
  EARLIER,
  OWNERS,
  RECIPIENTS,
  RELATION_WORDS,
  SETTERS,
  whenOf,
} from "./loop-words.ts";

/** docs/issues.md: the closed loop as the code has it, its numbers those of the office's plan pack. */
export function loopDocument(office: Office): string {
  const { settings, name } = { settings: office.pack.settings.issues, name: office.pack.title };
  return `# The closed loop of an issue

交办 → 签收 → 整改 → 反馈 → 县级确认 → 市级复核 → 销号. This page is drawn from the code by \`npm run docs:issues\`; a test fails when the two differ. Its numbers are those of the plan pack 《${name}》.

\`\`\`mermaid
${diagram()}
\`\`\`

Not drawn: steps after which an issue stands where it stood (${staying()}).

- Whoever takes a step sees the issue at a version; if it has moved on since, the step changes nothing and its button answers with where the issue stands now.
- A step, its line in the history, its line in the audit, what falls due from then on and what is sent are one transaction.
- Nobody stands on both sides of a decision: who has submitted, confirmed, asked or proposed doesn't judge it, whatever post they hold by then.

## Where an issue can stand

${table(
  ["state", "", "waits for", "overdue past its deadline"],
  STATES.map((state) => {
    const owner = ownerOf(state);
    return [
      code(state),
      stateNames[state],
      owner === null ? "nobody: an end" : OWNERS[owner],
      isUnitsTurn(state) ? "yes" : "",
    ];
  }),
)}

## Steps

${table(
  ["step", "from", "to", "who", "needs", "who is told", "besides"],
  STEPS.map((step) => stepRow(step, office)),
)}

A step of the unit is taken by a liaison or the lead of the responsible county, or by the liaison of the responsible department. Told are its liaisons; where there are none, or the level is ${settings.urgent.join("、")}, the county's leads too. Whoever takes a step isn't told of it. Within a term, counted anew whenever somebody other than the unit sets a deadline, ${MOST_EXTENSIONS} extensions may be granted, together no longer than the term was. A return has to come within one working day. What the county's leads can't confirm is confirmed by the office, and what nobody else is left for by the city's lead.

Until it is acknowledged, an order is corrected (更正) or withdrawn (撤回) by whoever gave it out or by the office. Whoever was told sees it in the same message, and one line says what is different (old → new). The clocks begin anew only where a deadline changes: that for mending, or, with another level, that for acknowledging; a text, place or category changes neither. What was withdrawn is listed apart in 统计 (撤回) and is in none of its other figures, neither given out nor overdue; its number isn't used again. Once acknowledged, it is cancelled (作废) only with the consent of the county's lead, the responsible department or the city's lead, and never by the consent of whoever asked; until they decide, its clocks go on.

A helping unit 协办单位, a department or a county beside the one that answers, sees the issue with its papers and adds to it (补充说明, files sent as 补充); it takes no step of the unit and gives no pictures of before and after. Its deadline is the issue's or an earlier one of its own. A unit that gets a copy 抄送 is told once, sees the issue and has no duty. Whoever is taken off sees nothing more of it: cards that they have are drawn anew without it.

## What falls due by itself

Rows of the database, set anew by every step: after an hour or a week of downtime they are late, never lost. Reminders and rungs of other levels than ${settings.urgent.join("、")} wait for office hours (${settings.reminders.fromHour}:00–${settings.reminders.toHour}:00 of working days).

${table(
  ["entry", "says", "when", "what", "to whom"],
  (Object.keys(CLOCK_KINDS) as ClockKind[]).map((kind) => {
    const rule: ClockRule = CLOCK_KINDS[kind];
    return [code(kind), rule.says, whenOf(settings)[kind], whatOf(rule), toWhom(rule)];
  }),
)}

Of several reminders that are late for one issue and the same people only the newest speaks. What one person gets at one time, reminders, reports and proposals about however many issues, is one message: a card, or a list with pages. A reminder that comes again does so on the 2nd and the 4th working day, counting the first, then once a week with the days counted; in the chat it takes the place of the one before, of which one line is left.

The time to acknowledge passes on working days alone, 00–24 of each, for ${settings.urgent.join("、")} on any day; 签收率 counts by the same term. What falls outside office hours waits for them.

## The ladders

${table(
  ["rung", "", "hears of it", "climbed by"],
  ([1, 2, 3] as const).map((rung) => [
    String(rung),
    `报${RUNGS[rung].name}`,
    hearers(RUNGS[rung].to),
    (Object.keys(CLOCK_KINDS) as ClockKind[])
      .filter((kind) => rungOf(kind) === rung)
      .map(code)
      .join(", "),
  ]),
)}

Not acknowledging (\`ack-…\`), not mending (\`overdue-…\`) and not deciding (\`confirm-2\`, \`verify-3\`) are three ladders: who has been reported for the one is reported for the other all the same. Each rung is climbed once, and none below it any more, until the unit acknowledges, gets a new deadline or hands in, or somebody decides: then that ladder begins at its foot. 上报市攻坚办 climbs to the top of the unit's at once. Nothing is reported before whoever has to act was reminded of that very matter, and within four office hours of it only what is ${settings.urgent.join("、")}. A bot that was away reminds first, and four office hours later reports the highest rung that has come due of each ladder, and none below it.

To confirm, the county's leads are asked but who has submitted it; where none is left, the office. To verify, the office and supervision, but who has submitted or confirmed it. Where nobody is left, the city's lead decides.

## An example

An issue of level 一般, given out on Monday, 15 June 2020 at nine, to be mended by 30 June; 25 to 27 June are holidays, Sunday 28 June is worked. If nobody ever does anything:

${table(
  ["at", "entry", "says", "to whom"],
  example(office).map(({ kind, at }) => [
    office
      .local(Temporal.Instant.fromEpochMilliseconds(at))
      .toPlainDateTime()
      .toString({ smallestUnit: "minute" })
      .replace("T", " "),
    code(kind),
    kindWords(kind),
    toWhom(CLOCK_KINDS[kind]),
  ]),
)}
`;
}

/** What falls due of an issue that nobody touches, until the last of its own entries; reminders come again meanwhile. */
function example(office: Office): { kind: ClockKind; at: EpochMs }[] {
  const standing = exampleStanding({ state: "assigned" });
  const rules = clockRulesOf(office);
  const entries = clockOf(standing, GIVEN_OUT, rules);
  const last = entries.at(-1)?.at ?? GIVEN_OUT;
  const repeated = entries.flatMap((first) => {
    const rule: ClockRule = CLOCK_KINDS[first.kind];
    const times: { kind: ClockKind; at: EpochMs }[] = [];
    if (rule.class !== "reminder" || !rule.repeats) return times;
    for (
      let at = again(first, first.at, standing.level, rules);
      at <= last;
      at = again(first, at, standing.level, rules)
    )
      times.push({ kind: first.kind, at });
    return times;
  });
  return [...entries, ...repeated].toSorted((a, b) => a.at - b.at);
}

const GIVEN_OUT = Date.parse("2020-06-15T09:00:00+08:00");

/** Mermaid's state diagram; the three states of the unit stand in one box. */
function diagram(): string {
  const box = "unit";
  const lines = new Map<string, Set<string>>();
  const draw = (from: string, to: string, step: Step) => {
    const edge = `${from} --> ${to}`;
    lines.set(edge, (lines.get(edge) ?? new Set()).add(step.words.name));
  };
  for (const step of STEPS) {
    const { from, to } = step;
    if (to === "stay") continue;
    const whole = UNIT_ACTS.every((state) => from.includes(state));
    const targets: readonly string[] = to === "back" ? backFrom(from) : [to];
    for (const target of targets) {
      // An edge from a box into itself can't be drawn: there each of its states has its own.
      const boxed = whole && target !== box && !isBoxed(target);
      for (const state of boxed ? [box, ...from.filter((s) => !isBoxed(s))] : from)
        if (state !== target) draw(state, target, step);
    }
  }
  const name = (state: State) => `  state "${stateNames[state]}" as ${state}`;
  return [
    "stateDiagram-v2",
    ...STATES.filter((state) => !isBoxed(state)).map(name),
    `  state "责任单位办理" as ${box} {`,
    ...UNIT_ACTS.map((state) => `  ${name(state)}`),
    "  }",
    "  [*] --> draft",
    "  [*] --> assigned",
    ...[...lines].map(([edge, steps]) => `  ${edge}: ${[...steps].join("、")}`),
    ...ENDS.map((end) => `  ${end} --> [*]`),
  ].join("\n");

  /** Where an issue goes back to: wherever the step that led to these states may have been taken. */
  function backFrom(from: readonly State[]): readonly string[] {
    const before = STEPS.filter((step) => from.includes(step.to as State)).flatMap((step) => step.from);
    return [...new Set(before.map((state) => (isBoxed(state) ? box : state)))];
  }
}
const isBoxed = (state: string) => (UNIT_ACTS as readonly string[]).includes(state);

const staying = () =>
  STEPS.filter((step) => step.to === "stay")
    .map((step) => step.words.name)
    .join("、");

function stepRow(step: Step, office: Office): string[] {
  const { id, words, from, to, by, needs = {}, dueBy = by, notBy = [], told } = step;
  const { photos } = loopRulesOf(office);
  const names = (states: readonly State[]) => states.map((state) => stateNames[state]).join("、");
  const setsNone = by.filter((relation) => !dueBy.includes(relation)).map((r) => `${SETTERS[r]} sets none`);
  const needed = [
    ...(needs.text ? [needs.text] : []),
    ...(needs.due ? [`${DUES[needs.due]}${setsNone.length > 0 ? ` (${setsNone.join(", ")})` : ""}`] : []),
    ...(needs.displayed ? ["where the pack asks for it, 公示 that is over"] : []),
    ...(needs.photos ? [`photos: ${photos.before} before, ${photos.after} after of this round`] : []),
    ...notBy.map((earlier) => `not who ${EARLIER[earlier]}`),
  ];
  return [
    `${words.name} ${code(id)}`,
    names(from),
    to === "stay" ? "stays" : to === "back" ? "where it stood" : stateNames[to],
    whoWords(by),
    needed.join("; "),
    hearers(told),
    effectsOf(step, loopRulesOf(office)).join("; "),
  ];
}

/** The three posts of the unit in one word. */
function whoWords(by: readonly Relation[]): string {
  const whole = UNIT.every((relation) => by.includes(relation));
  const others = whole ? by.filter((relation) => !UNIT.some((of) => of === relation)) : by;
  return [...(whole ? [AUDIENCES.unit] : []), ...others.map((relation) => RELATION_WORDS[relation])].join(
    ", ",
  );
}

const rungOf = (kind: ClockKind): number | null => {
  const rule: ClockRule = CLOCK_KINDS[kind];
  return rule.class === "rung" ? rule.rung : null;
};

function whatOf(rule: ClockRule): string {
  switch (rule.class) {
    case "reminder":
      return rule.repeats ? "reminder, again and again" : "reminder";
    case "rung":
      return `rung ${rule.rung}`;
    case "proposal":
      return "proposal with a button";
    case "step":
      return `step ${stepOf(rule.step).words.name}`;
    default:
      return rule satisfies never;
  }
}

function toWhom(rule: ClockRule): string {
  if (rule.class === "rung") return hearers(RUNGS[rule.rung].to);
  if (rule.class === "step") return hearers(stepOf(rule.step).told);
  return rule.class === "proposal" ? `${RECIPIENTS[rule.to]}, ${AUDIENCES.office}` : RECIPIENTS[rule.to];
}

const hearers = (audiences: readonly Audience[]) =>
  audiences.map((audience) => AUDIENCES[audience]).join(", ");
const code = (text: string) => `\`${text}\``;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
