import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

// Any course of answers, moves and departures through the real bot leaves the list that a plain account of it has.

const UNITS = {
  海安: ["海安领导", "海安联络员"],
  如皋: ["如皋领导", "如皋联络员"],
  住建: ["住建联络员"],
} as const;
type Unit = keyof typeof UNITS;
type Act =
  | { act: "attend" | "excuse"; unit: Unit; by: number; text: string }
  | { act: "send"; unit: Unit; by: number; whom: Unit }
  | { act: "move"; day: number }
  | { act: "place"; room: number };

const unit = fc.constantFrom(...(Object.keys(UNITS) as Unit[]));
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    act: fc.constantFrom("attend" as const, "excuse" as const),
    unit,
    by: fc.nat(1),
    text: fc.constantFrom("出差", "省里开会"),
  }),
  fc.record({ act: fc.constant("send" as const), unit, by: fc.nat(1), whom: unit }),
  fc.record({ act: fc.constant("move" as const), day: fc.integer({ min: 8, max: 12 }) }),
  fc.record({ act: fc.constant("place" as const), room: fc.nat(3) }),
);

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-03T08:00" });
});
afterAll(() => office.close());

let calls = 0;

test("the roll-call is what was last said for the time that holds", async () => {
  const runs = process.env.TEST_FULL ? 60 : 4;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 8 }), async (acts) => {
      const called = await office.says("市办", "会商 6月8日9时30分 市政府301");
      const no: number = called.facts.meeting.no;
      calls += 1;
      const said = new Map<Unit, { answer: string; detail: string | null }>();
      let [day, room] = [8, "市政府301"];
      for (const one of acts) {
        if (one.act === "move") {
          const moved = await office.says("市办", `改会 ${no} 6月${one.day}日9时30分`);
          expect(moved.code).toBe(one.day === day ? "already-done" : null);
          if (one.day !== day) said.clear();
          day = one.day;
        } else if (one.act === "place") {
          const moved = await office.says("市办", `改会 ${no} 地点改到${one.room}号楼`);
          expect(moved.code).toBe(room === `${one.room}号楼` ? "already-done" : null);
          room = `${one.room}号楼`;
        } else {
          const who = UNITS[one.unit][one.by % UNITS[one.unit].length] as string;
          const whom = one.act === "send" ? (UNITS[one.whom].at(-1) as string) : "";
          const phrase = { attend: "参会", excuse: "会议请假", send: "派员" }[one.act];
          const text = one.act === "excuse" ? one.text : whom;
          const answer = await office.says(who, `${phrase} ${no} ${text}`.trim());
          const next = {
            answer: { attend: "attending", excuse: "excused", send: "delegated" }[one.act],
            detail: text === "" ? null : text,
          };
          if (one.act === "send" && one.whom !== one.unit) expect(answer.code).toBe("conflict");
          else if (JSON.stringify(said.get(one.unit)) === JSON.stringify(next))
            expect(answer.code).toBe("already-done");
          else {
            expect(answer.code).toBeNull();
            said.set(one.unit, next);
          }
        }
      }
      const { meeting } = (await office.says("市办", `会议 ${no}`)).facts;
      const listed = Object.fromEntries(
        meeting.units
          .filter(({ unit: word }: { unit: string }) => word in UNITS)
          .map((row: { unit: string; answer: string; comes: string[]; remark: string | null }) => [
            row.unit,
            { answer: row.answer, detail: row.answer === "delegated" ? row.comes[0] : row.remark },
          ]),
      );
      const silent = { answer: "silent", detail: null };
      const expected = Object.fromEntries(
        (Object.keys(UNITS) as Unit[]).map((word) => [word, said.get(word) ?? silent]),
      );
      expect(listed).toEqual(expected);
      const { invited, attending, excused, delegated, silent: none } = meeting.rollCall;
      expect(attending + excused + delegated + none).toBe(invited);
      expect([meeting.date, meeting.place]).toEqual([`2020-06-${String(day).padStart(2, "0")}`, room]);
      expect((await office.says("市办", `取消会议 ${no} 试完`)).code).toBeNull();
    }),
    {
      numRuns: runs,
      endOnFailure: true,
      ...(process.env.TEST_SEED ? { seed: Number(process.env.TEST_SEED) } : {}),
    },
  );
  expect(calls).toBe(runs);
});
