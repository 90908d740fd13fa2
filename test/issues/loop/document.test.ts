import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CLOCK_KINDS } from "../../../src/domain/issues/clock.ts";
import { STATES, type State, stateNames } from "../../../src/domain/issues/states.ts";
import { loadPlanPack } from "../../../src/intake/plan-pack.ts";
import { loopDocument } from "../../../src/issues/document/loop-document.ts";
import { STEPS, stepOf } from "../../../src/issues/loop.ts";
import { officeOf } from "../../../src/office/office.ts";
import { LINES } from "./rules.ts";

const root = join(import.meta.dirname, "../../..");
const drawn = loopDocument(officeOf(await loadPlanPack(join(root, "seeds/nantong-2020"))));

test("docs/issues.md is what the code draws: npm run docs:issues brings it up to date", () => {
  expect(readFileSync(join(root, "docs/issues.md"), "utf8")).toBe(drawn);
});

test("it has a row for every state, step and entry of the clock", () => {
  const rows = drawn.split("\n").filter((line) => line.startsWith("| "));
  const begins = (start: string) => rows.filter((row) => row.startsWith(start));
  for (const state of STATES) expect(begins(`| \`${state}\` | ${stateNames[state]} |`)).toHaveLength(1);
  for (const { id, words } of STEPS) expect(begins(`| ${words.name} \`${id}\` |`)).toHaveLength(1);
  for (const [kind, { says }] of Object.entries(CLOCK_KINDS))
    expect(begins(`| \`${kind}\` | ${says} |`)).toHaveLength(1);
  expect(drawn).not.toMatch(/undefined|null|NaN|\[object/);
});

test("its diagram has an arrow for every step of the office's rules that leads elsewhere", () => {
  const diagram = drawn.match(/```mermaid\n([\s\S]*?)```/)?.[1] ?? "";
  const arrows = [...diagram.matchAll(/^ {2}(\S+) --> (\S+): (.+)$/gm)].map(([, from, to, names]) => ({
    from,
    to,
    names: names?.split("、") ?? [],
  }));
  const boxed = (state: State) =>
    ["assigned", "acknowledged", "rectifying"].includes(state) ? "unit" : state;
  for (const [step, from, to] of LINES) {
    if (to === "stays" || to === "back") continue;
    for (const state of from.filter((s) => s !== to)) {
      const found = arrows.some(
        (arrow) =>
          (arrow.from === state || arrow.from === boxed(state)) &&
          arrow.to === to &&
          arrow.names.includes(stepOf(step).words.name),
      );
      expect(found, `${stateNames[state]} → ${stateNames[to]} by ${stepOf(step).words.name}`).toBe(true);
    }
  }
});
