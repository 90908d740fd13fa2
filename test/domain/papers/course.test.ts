import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  courseAfter,
  isReady,
  isWaiting,
  type PaperAct,
  type PaperCourse,
  type Signing,
} from "../../../src/domain/papers/course.ts";

const OFFICE = 1;
const LEAD = 2;
const drafted = (signing: Signing): PaperCourse => ({ state: "draft", version: 1, signing, checkedBy: [] });
const through = (course: PaperCourse, ...acts: PaperAct[]) =>
  acts.reduce<PaperCourse | string>(
    (at, act) => (typeof at === "string" ? at : courseAfter(at, act)),
    course,
  );
const check: PaperAct = { act: "check", version: 1, by: [OFFICE] };
const sign: PaperAct = { act: "sign", version: 1, by: [LEAD] };
const issue: PaperAct = { act: "issue" };

describe("a paper that has to be signed", () => {
  const paper = drafted("sign");
  test.each<[string, PaperAct[], string]>([
    ["goes out when it was checked and then signed", [check, sign, issue], "issued"],
    ["doesn't go out when it was only checked", [check, issue], "not-ready"],
    ["isn't signed before it was checked", [sign], "not-checked"],
    ["isn't signed by whoever checked it", [check, { ...sign, by: [OFFICE] }], "same-person"],
    ["nor by whoever stands in for them", [check, { ...sign, by: [3, OFFICE] }], "same-person"],
    ["isn't signed twice", [check, sign, sign], "already-done"],
    ["isn't checked twice", [check, check], "already-done"],
    [
      "isn't signed by whoever saw an older draft",
      [check, { act: "redraft" }, { ...check, version: 2 }, sign],
      "outdated",
    ],
    ["isn't checked by whoever saw an older draft", [{ act: "redraft" }, check], "outdated"],
    ["another draft undoes the signature", [check, sign, { act: "redraft" }, issue], "not-ready"],
    ["is a draft again when it was returned", [check, { act: "return", version: 1, by: [LEAD] }], "draft"],
    [
      "isn't returned by whoever saw an older draft",
      [check, { act: "redraft" }, { ...check, version: 2 }, { act: "return", version: 1, by: [LEAD] }],
      "outdated",
    ],
    ["isn't returned while it is a draft", [{ act: "return", version: 1, by: [LEAD] }], "not-checked"],
    ["isn't altered once it was issued", [check, sign, issue, { act: "redraft" }], "already-issued"],
    ["isn't issued twice", [check, sign, issue, issue], "already-issued"],
    ["may be withdrawn after it was issued", [check, sign, issue, { act: "withdraw" }], "withdrawn"],
    ["and stays so", [{ act: "withdraw" }, check], "withdrawn"],
    ["is corrected only after it was issued", [{ act: "correct" }], "not-issued"],
    ["and then stands beside what corrects it", [check, sign, issue, { act: "correct" }], "corrected"],
    ["may go out unattended at its time", [{ act: "issue", unattended: true }], "issued"],
  ])("%s", (_, acts, ends) => {
    const at = through(paper, ...acts);
    expect(typeof at === "string" ? at : at.state).toBe(ends);
  });
});

test.each<[string, Signing, PaperAct[]]>([
  ["nobody checks what needs no check", "none", [check]],
  ["nobody signs what needs no check", "none", [sign]],
  ["nobody signs what is only checked", "check", [check, sign]],
])("%s", (_, signing, acts) => {
  expect(through(drafted(signing), ...acts)).toBe("needs-no-signature");
});

test("what is drafted anew, or returned, nobody has checked yet", () => {
  const anew = through(drafted("sign"), check, { act: "redraft" });
  const back = through(drafted("sign"), check, { act: "return", version: 1, by: [LEAD] });
  expect([anew, back]).toMatchObject([{ checkedBy: [] }, { checkedBy: [] }]);
});

test("what has gone out isn't ready to go out, however little the pack asks for", () => {
  expect(isReady({ state: "issued", signing: "none" })).toBe(false);
});

test.each<[Signing, PaperAct[], boolean]>([
  ["none", [], true],
  ["check", [], false],
  ["check", [check], true],
  ["sign", [check], false],
  ["sign", [check, sign], true],
])("with signing %s and what was done it is ready or not", (signing, acts, ready) => {
  expect(isReady(through(drafted(signing), ...acts) as PaperCourse)).toBe(ready);
});

test("whatever is tried in whatever order, nothing goes out that two people haven't seen as it goes out", () => {
  const by = fc.subarray([1, 2, 3, 4], { minLength: 1, maxLength: 2 });
  const version = fc.integer({ min: 1, max: 4 });
  const act = fc.oneof(
    fc.record({ act: fc.constantFrom("check" as const, "sign" as const, "return" as const), version, by }),
    fc.constantFrom<PaperAct>({ act: "redraft" }, { act: "issue" }, { act: "withdraw" }, { act: "correct" }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      let at = drafted("sign");
      let checked: { version: number; by: readonly number[] } | null = null;
      let signed: { version: number; by: readonly number[] } | null = null;
      for (const one of acts) {
        const next = courseAfter(at, one);
        if (typeof next === "string") continue;
        if (one.act === "check") checked = one;
        if (one.act === "sign") signed = one;
        if (one.act === "issue") {
          expect([checked?.version, signed?.version]).toEqual([at.version, at.version]);
          expect(checked?.by.filter((id) => signed?.by.includes(id))).toEqual([]);
        }
        if (!isWaiting(at.state)) expect(next.version).toBe(at.version);
        expect(next.version).toBeGreaterThanOrEqual(at.version);
        at = next;
      }
    }),
    { seed: 20200615, numRuns: process.env.TEST_FULL ? 20_000 : 500 },
  );
});
