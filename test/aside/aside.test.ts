import { join } from "node:path";
import { expect, test } from "vitest";
import { aside, TooLong } from "../../src/aside/aside.ts";
import { until } from "../support/until.ts";

const work = join(import.meta.dirname, "work.ts");
const doubled = (n: number) => aside<number>(work, "doubled", [n], { budgetMs: 60_000 });

test("what is asked aside is answered, in any number at a time", async () => {
  const all = Array.from({ length: 20 }, (_, n) => n);
  expect(await Promise.all(all.map(doubled))).toEqual(all.map((n) => n * 2));
});

test("a thread loads modules as a process of ours does", async () => {
  expect(await aside<number>(work, "languages", [], { budgetMs: 60_000 })).toBe(1);
});

test("pieces come one by one, in order, before the end", async () => {
  const pieces: number[] = [];
  await aside(work, "counted", [5], { budgetMs: 60_000, onPiece: (piece) => pieces.push(piece) });
  expect(pieces).toEqual([1, 2, 3, 4, 5]);
});

test("what fails there fails here, by its own words, and the next is answered", async () => {
  await expect(aside(work, "fails", [], { budgetMs: 60_000 })).rejects.toThrow("as planned");
  await expect(aside(work, "unknown", [], { budgetMs: 60_000 })).rejects.toThrow("has no unknown");
  expect(await doubled(4)).toBe(8);
});

test("what doesn't end is ended by its budget or by whoever asked, while others are answered", async () => {
  const endless = aside(work, "never", [], { budgetMs: 300 });
  const stopped = new AbortController();
  const wanted = aside(work, "never", [], { budgetMs: 600_000, signal: stopped.signal });
  stopped.abort(new Error("not wanted any more"));
  await expect(wanted).rejects.toThrow("not wanted any more");
  expect(await doubled(5)).toBe(10);
  await expect(endless).rejects.toThrow(TooLong);
  expect(await doubled(6)).toBe(12);
});

test("what is stopped while it waits is never begun", async () => {
  const all = [1, 2, 3].map(() => aside(work, "never", [], { budgetMs: 400 }));
  const stopped = new AbortController();
  const fourth = aside(work, "doubled", [1], { budgetMs: 60_000, signal: stopped.signal });
  stopped.abort(new Error("changed my mind"));
  await expect(fourth).rejects.toThrow("changed my mind");
  for (const { reason } of (await Promise.allSettled(all)) as PromiseRejectedResult[])
    expect(reason).toBeInstanceOf(TooLong);
});

test("work that asks for its turn goes on when it is given, and whoever can't give it ends it", async () => {
  const turn = Promise.withResolvers<void>();
  const said: unknown[] = [];
  const asked = aside<string>(work, "waits", [], {
    budgetMs: 60_000,
    onPiece: (piece) => {
      said.push(piece);
      return piece === "turn" ? turn.promise : undefined;
    },
  });
  await until(() => said.includes("turn"));
  // What was told before it asked didn't wait for anything.
  expect(said).toEqual(["begun", "turn"]);
  turn.resolve();
  expect(await asked).toBe("done");
  const refused = aside(work, "waits", [], {
    budgetMs: 60_000,
    onPiece: (piece) => (piece === "turn" ? Promise.reject(new Error("no turn")) : undefined),
  });
  await expect(refused).rejects.toThrow("no turn");
});

test("what takes too much memory dies alone", async () => {
  await expect(aside(work, "hoards", [], { budgetMs: 600_000 })).rejects.toThrow(/memory/i);
  expect(await doubled(7)).toBe(14);
});

test("nothing holds the event loop meanwhile", async () => {
  const busy = aside(work, "never", [], { budgetMs: 300 }).catch(() => "ended");
  let turns = 0;
  const count = setInterval(() => {
    turns += 1;
  }, 1);
  expect(await busy).toBe("ended");
  clearInterval(count);
  expect(turns).toBeGreaterThan(3);
});
