import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

const full = process.env.TEST_FULL === "1";
const script = join(import.meta.dirname, "../../support/slack/hold-database.mjs");
let here: SlackOffice;
beforeEach(async () => {
  here = await aSlackOffice();
});
afterEach(() => here.close());

/** Another program holds the database; `released` resolves when it is gone. */
const held = async (ms: number) => {
  const child = spawn(process.execPath, [script, here.office.file, String(ms)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const released = once(child, "exit");
  await once(child.stdout, "data");
  return { released };
};
const titles = async () =>
  (await here.bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 1000))).rows.map(
    ({ title }) => title,
  );

test.each(full ? [200, 900, 1500, 3000, 10_000] : [200, 1500])(
  "while another program holds the database for %i ms each command is taken or honestly refused, and none is lost",
  async (ms) => {
    const office = await here.link("市办");
    const readers = await Promise.all(["海安联络员", "督查", "市领导"].map((name) => here.link(name)));
    const { released } = await held(ms);
    const asked = ["一", "二", "三"].map((n) => `${ms}毫秒之${n}`);
    const acks = await Promise.all([
      ...asked.map((title) => here.sends.message(office, `交办 海安 “${title}”`)),
      ...readers.map((user) => here.sends.command(user, "/ranking", "5月")),
    ]);
    // Taken, or not: nothing in between, and within Slack's three seconds, or its sender would be told otherwise.
    for (const { status } of acks) expect([200, 500, 503]).toContain(status);
    expect(here.sends.late).toEqual([]);
    await released;
    await here.settled();
    const taken = asked.filter((_, i) => acks[i]?.status === 200);
    expect((await titles()).filter((t) => asked.includes(t)).toSorted()).toEqual(taken.toSorted());
    // Slack sends what was refused once more; then it is done too, and once.
    for (const [i, title] of asked.entries())
      if (acks[i]?.status !== 200)
        expect((await here.sends.message(office, `交办 海安 “${title}”`)).status).toBe(200);
    await here.settled();
    expect((await titles()).filter((t) => asked.includes(t)).toSorted()).toEqual(asked.toSorted());
    expect(here.faults.filter((f) => !/database is locked/.test(f))).toEqual([]);
  },
);
