import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Admission, FLOOD_LIMITS, floodGate, floodGates } from "../../../src/platforms/kit/flood.ts";

/** A gate before which time passes only when the test says so. */
function aGate(limits = FLOOD_LIMITS) {
  let now = 1_000_000;
  const gate = floodGate(() => now, limits);
  return { ...gate, pass: (ms: number) => (now += ms) };
}
const many = (times: number, what: () => Admission) => Array.from({ length: times }, what);
const count = (admissions: readonly Admission[], which: Admission) =>
  admissions.filter((admission) => admission === which).length;

describe("one sender", () => {
  test("gets ten at once worked on, is told once to slow down, and then nothing", () => {
    const { admit } = aGate();
    const answers = many(50, () => admit("U1"));
    expect(answers.slice(0, 10)).toEqual(Array(10).fill("work"));
    expect(answers[10]).toBe("say so once");
    expect(answers.slice(11)).toEqual(Array(39).fill("drop silently"));
  });

  test("is heard again as time passes: one message a second, ten after ten seconds of quiet", () => {
    const { admit, pass } = aGate();
    many(50, () => admit("U1"));
    pass(999);
    expect(admit("U1")).toBe("drop silently");
    pass(1);
    expect([admit("U1"), admit("U1")]).toEqual(["work", "drop silently"]);
    pass(10_000);
    expect(
      count(
        many(20, () => admit("U1")),
        "work",
      ),
    ).toBe(10);
  });

  test("who floods for minutes is told once a minute", () => {
    const { admit, pass } = aGate();
    const answers = many(200 * 150, () => {
      pass(5);
      return admit("U1");
    });
    expect(count(answers, "say so once")).toBe(3);
    expect(count(answers, "work")).toBe(10 + 150 - 1);
  });
});

test("200 messages a second from one sender cost the others nothing", () => {
  const { admit, pass } = aGate();
  const others = Array.from({ length: 30 * 200 }, (_, i) => {
    pass(5);
    admit("flood");
    // Sixty others, each with a message every ten seconds.
    return i % 33 === 0 ? admit(`U${(i / 33) % 60}`) : "work";
  });
  expect(count(others, "work")).toBe(others.length);
});

test("all together are held to what the bot can do; whoever meets that limit is told, and heard again soon", () => {
  const { admit, pass } = aGate();
  const crowd = Array.from({ length: 700 }, (_, i) => admit(`U${i}`));
  expect(count(crowd, "work")).toBe(FLOOD_LIMITS.all.burst);
  expect(count(crowd, "say so once")).toBe(200);
  pass(2_000);
  expect(admit("U650")).toBe("work");
});

test("a clock that is set back gives a new burst at most, and shuts nobody out", () => {
  const { admit, pass } = aGate();
  many(20, () => admit("U1"));
  pass(-3_600_000);
  const answers = many(20, () => admit("U1"));
  expect([count(answers, "work"), count(answers, "say so once")]).toEqual([10, 1]);
});

test("passers-by are forgotten, a flooder among them is not", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { admit, pass } = aGate();
  const bypass = (from: number, n: number) => {
    for (let i = from; i < from + n; i++) {
      pass(11);
      admit(`U${i}`);
    }
  };
  bypass(0, 20_000);
  many(20, () => admit("flood"));
  bypass(20_000, 100);
  expect(admit("flood")).toBe("work");
  expect(admit("flood")).toBe("drop silently");
  collect();
  const before = process.memoryUsage().heapUsed;
  bypass(30_000, 300_000);
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(8 * 1024 * 1024);
});

/** So many others, as fast as all together may be. */
const crowd = ({ admit, pass }: Pick<ReturnType<typeof aGate>, "admit" | "pass">, n: number) => {
  for (let i = 0; i < n; i++) {
    pass(10);
    admit(`U${i}`);
  }
};

test("who was told within the last minute isn't told again, however many came meanwhile", () => {
  const gate = aGate();
  many(20, () => gate.admit("flood"));
  crowd(gate, 1_200);
  expect(many(11, () => gate.admit("flood")).at(-1)).toBe("drop silently");
  gate.pass(60_000 - 12_000 - 1);
  expect(many(11, () => gate.admit("flood")).at(-1)).toBe("drop silently");
  gate.pass(1);
  expect(gate.admit("flood")).toBe("say so once");
});

test("where a bucket fills slowly, a crowd makes nobody's full before its time", () => {
  const gate = aGate({ each: { burst: 20, perSecond: 1 / 60 }, all: FLOOD_LIMITS.all });
  many(21, () => gate.admit("U"));
  gate.pass(60_000);
  crowd(gate, 1_200);
  expect(
    count(
      many(20, () => gate.admit("U")),
      "work",
    ),
  ).toBe(1);
});

test("somebody is spent when nothing is left to them or to all, and asking takes nothing", () => {
  const gate = aGate({ each: { burst: 2, perSecond: 1 }, all: { burst: 3, perSecond: 1 } });
  const spent = () => [gate.isSpent("U1"), gate.isSpent("U2")];
  expect([gate.admit("U1"), ...spent()]).toEqual(["work", false, false]);
  expect([gate.admit("U1"), ...spent()]).toEqual(["work", true, false]);
  expect([gate.admit("U2"), ...spent()]).toEqual(["work", true, true]);
  gate.pass(1_000);
  expect(spent()).toEqual([false, false]);
});

test("whatever comes when, nobody gets more than a burst and what time has earned", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ wait: fc.nat(3_000), who: fc.constantFrom("a", "b", "c") }), { maxLength: 200 }),
      (messages) => {
        const { admit, pass } = aGate();
        let elapsed = 0;
        const worked = { a: 0, b: 0, c: 0 };
        for (const { wait, who } of messages) {
          pass(wait);
          elapsed += wait;
          if (admit(who) === "work") worked[who as keyof typeof worked] += 1;
          const most = FLOOD_LIMITS.each.burst + (elapsed / 1000) * FLOOD_LIMITS.each.perSecond;
          if (Math.max(...Object.values(worked)) > most + 1e-6) return false;
        }
        return true;
      },
    ),
  );
});

test("somebody is spent for what they did, and for nothing else", () => {
  const gates = floodGates(() => 1_000_000);
  many(10, () => gates.admit("U1", "words"));
  expect((["words", "file", "look"] as const).map((doing) => gates.isSpent("U1", doing))).toEqual([
    ...[true, false, false],
  ]);
});

test("files are counted apart: who has said too much may still send what was mended, and an album is none too many", () => {
  const { admit } = floodGates(() => 1_000_000);
  many(20, () => admit("U1", "words"));
  expect(
    count(
      many(200, () => admit("U1", "file")),
      "work",
    ),
  ).toBe(200);
  expect(many(3, () => admit("U1", "file"))).toEqual(["say so once", "drop silently", "drop silently"]);
  expect(admit("U2", "words")).toBe("work");
});
