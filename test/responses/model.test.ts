import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contextOf } from "../../src/bot/lantian.ts";
import { isRefusal, type Refusal } from "../../src/chat/refusal.ts";
import type { ResponseKind } from "../../src/domain/responses/course.ts";
import { ALERT_LEVELS, type AlertLevel } from "../../src/domain/responses/levels.ts";
import { acknowledgeOrder } from "../../src/responses/answer.ts";
import { changeLevel } from "../../src/responses/change-level.ts";
import { endResponse } from "../../src/responses/lift.ts";
import { startResponse } from "../../src/responses/start.ts";
import type { AnOffice } from "../support/office.ts";
import { aResponseOffice } from "./stage.ts";

// Any course of orders, levels, answers and ends through the real store leaves what somebody would have kept on paper.

/** Steps of all courses together. */
const STEPS = process.env.TEST_FULL ? 5_000 : 60;
const COURSE = 60;
/** Two of one county, a department and an enterprise: whoever of a unit acknowledges has done so for it. */
const UNITS = { 海安联络员: "海安", 海安领导: "海安", 住建联络员: "住建", 铸造厂联系人: "铸造厂" } as const;
type Name = keyof typeof UNITS;

type Act =
  | { act: "start"; kind: ResponseKind; drill: boolean; level: AlertLevel; no: number }
  | { act: "level"; level: AlertLevel }
  | { act: "acknowledge"; name: Name }
  | { act: "lift" };

const level = fc.constantFrom(...ALERT_LEVELS);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("start" as const),
      kind: fc.constantFrom("alert" as const, "peak-shaving" as const),
      ...{ drill: fc.boolean(), level },
      // Some orders come twice.
      no: fc.nat(30),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("level" as const), level }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant("acknowledge" as const),
      name: fc.constantFrom(...(Object.keys(UNITS) as Name[])),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("lift" as const) }) },
);

/** What runs, kept by hand; nothing of it is asked of the rules. */
type Kept = {
  kind: ResponseKind;
  drill: boolean;
  level: AlertLevel | null;
  round: number;
  said: Set<string>;
};

let office: AnOffice;
beforeAll(async () => {
  office = await aResponseOffice("2020-11-02T09:00");
});
afterAll(() => office.close());

type Change = Parameters<AnOffice["bot"]["store"]["write"]>[0];
async function changed(
  work: (context: Parameters<typeof startResponse>[2]) => Promise<unknown>,
): Promise<Refusal | null> {
  const around = await contextOf(office.bot);
  const done = await office.bot.store.write((store: Parameters<Change>[0]) => work({ ...around, store }));
  return isRefusal(done) ? done : null;
}

const running = () => office.bot.store.read((r) => r.responses.running());

let course = 0;

test("a response stands where its orders, levels, answers and end have brought it", async () => {
  const officer = (await office.speakerOf("市办")).person;
  let now: Kept | null = null;
  let steps = 0;
  const entered = new Set<string>();
  const one = async (step: Act): Promise<void> => {
    const [row] = await running();
    if (step.act === "start") {
      const alert = step.kind === "alert";
      const documentNo = `${course}-${step.no}`;
      const order = `${documentNo}/${step.kind}/${step.drill}`;
      const said = {
        ...{ kind: step.kind, drill: step.drill, level: alert ? step.level : null, documentNo },
        ...{ effectiveFrom: 0, expectedEnd: null, area: null, evidenceId: null },
      };
      const refused = await changed((context) => startResponse(said, officer, context));
      // Beside nothing everything starts; beside a rehearsal only the real thing; beside 削峰 only an alert.
      const free = now === null || (!step.drill && (now.drill || (now.kind === "peak-shaving" && alert)));
      expect(refused === null, JSON.stringify({ step, now, refused })).toBe(free && !entered.has(order));
      if (refused !== null) return;
      entered.add(order);
      now = { kind: step.kind, drill: step.drill, level: said.level, round: 1, said: new Set() };
    } else if (row === undefined) expect(now).toBeNull();
    else if (step.act === "level") {
      const said = {
        ...{ level: step.level, round: row.round, documentNo: "调" },
        ...{ effectiveFrom: 0, expectedEnd: null },
      };
      const refused = await changed((context) => changeLevel(row, said, officer, context));
      expect(refused === null).toBe(now?.level != null && now.level !== step.level);
      if (refused === null && now !== null)
        now = { ...now, level: step.level, round: now.round + 1, said: new Set() };
    } else if (step.act === "lift") {
      expect(await changed((context) => endResponse(row, { why: "止", by: officer }, context))).toBeNull();
      // Another officer was a moment later.
      const again = await changed((context) => endResponse(row, { why: "止", by: officer }, context));
      expect(again?.code).toBe("already-done");
      now = null;
    } else {
      const { person } = await office.speakerOf(step.name);
      if (person === null) throw new Error(`nobody is called ${step.name}`);
      const unit = UNITS[step.name];
      const orders = await office.bot.store.read((r) => r.responses.orders(row.id, row.round));
      const own = orders.find(
        (order) =>
          (unit === "海安" && order.unit === `region:${person.regionId}`) ||
          (unit === "住建" && order.unit === `department:${person.departmentId}`) ||
          (unit === "铸造厂" && order.unit === `enterprise:${person.enterpriseId}`),
      );
      // 削峰 asks nothing of this department.
      if (own === undefined) expect([unit, now?.kind]).toEqual(["住建", "peak-shaving"]);
      else {
        const refused = await changed((context) => acknowledgeOrder(own.id, person, context));
        expect(refused?.code ?? null).toBe(now?.said.has(unit) ? "already-done" : null);
        now?.said.add(unit);
      }
    }
    // At most one runs, and it is the one that is kept.
    const after = await running();
    expect(after.map(({ kind, drill, level, round }) => ({ kind, drill, level, round }))).toEqual(
      now === null ? [] : [{ kind: now.kind, drill: now.drill, level: now.level, round: now.round }],
    );
    if (after[0] === undefined) return;
    const { id, round } = after[0];
    const orders = await office.bot.store.read((r) => r.responses.orders(id, round));
    expect(orders.filter(({ acknowledgedAt }) => acknowledgedAt !== null)).toHaveLength(now?.said.size ?? 0);
    expect(new Set(orders.map(({ unit }) => unit)).size).toBe(orders.length);
    steps += 1;
  };
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: COURSE, maxLength: COURSE }), async (acts) => {
      course += 1;
      for (const step of acts) await one(step);
    }),
    {
      numRuns: Math.ceil(STEPS / COURSE),
      endOnFailure: true,
      ...(process.env.TEST_SEED ? { seed: Number(process.env.TEST_SEED) } : { seed: 20201211 }),
    },
  );
  expect(steps).toBeGreaterThan(STEPS / 3);
  // Every message of a rehearsal says so, whatever the course was.
  const sent = (await office.bot.store.read((r) => r.outbox.after(0))).filter(
    ({ row }) => row.job === "response",
  );
  const drills = new Set(
    (await office.bot.store.read((r) => r.responses.newest(100_000))).flatMap(({ id, drill }) =>
      drill ? [id] : [],
    ),
  );
  const mistaken = sent.filter(
    ({ row }) => row.title.startsWith("【演练】") !== drills.has(Number(row.key.split("/")[1]) as never),
  );
  expect(mistaken.map(({ row }) => row.title)).toEqual([]);
});
