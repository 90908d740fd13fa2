import { afterEach, expect, test } from "vitest";
import { openLog } from "../../src/ops/log.ts";
import { aSlackOffice, type SlackOffice } from "../support/slack/office.ts";

let here: SlackOffice;
let lines: string[];
afterEach(() => here.close());

/** A Slack office whose log is kept as lines. */
async function anOfficeWithLog(level = "info") {
  here = await aSlackOffice();
  lines = [];
  const log = openLog(level, (line) => lines.push(line));
  const report = here.bot.report;
  here.bot.trace = (about, what) => log.info(about, what);
  here.bot.report = (error, id) => {
    log.error({ id }, "fault");
    report(error, id);
  };
  return { clerk: await here.link("市办"), liaison: await here.link("海安联络员") };
}
type Line = { request?: string; msg: string } & Record<string, unknown>;
const logged = () => lines.map((line) => JSON.parse(line) as Line);

test("one name leads through the log from a message over its answer to its last delivery, files too; no text of anybody stands in it", async () => {
  const { clerk } = await anOfficeWithLog();
  await here.sends.message(clerk, "交办 海安 “渣土车夜间撒漏” 3个工作日");
  await here.settled();
  await here.delivers();
  const request = logged().find(({ msg }) => msg === "received")?.request;
  expect(request).toMatch(/^inbox-\d+$/);
  // What `grep` finds of it, in order.
  const of = lines.filter((line) => line.includes(`"request":"${request}"`)).map((line) => JSON.parse(line));
  expect(of.map(({ msg, act, outcome }: Line) => [msg, act, outcome])).toEqual([
    ["received", undefined, undefined],
    ["answered", "assign", "done"],
    ...of.slice(2).map(() => ["delivery", undefined, expect.stringMatching(/^(accepted|settled)$/)]),
  ]);
  const queued = await here.bot.store.read((r) => r.outbox.after(0));
  const sent = of.slice(2).map(({ delivery }) => delivery);
  expect(sent.toSorted()).toEqual(queued.map(({ row }) => row.id));
  expect(sent.length).toBeGreaterThan(0);
  for (const secret of ["渣土车", "海安", clerk]) expect(lines.join()).not.toContain(secret);
});

test("a delivery that is tried again, and the files that follow it, keep the name", async () => {
  const { liaison } = await anOfficeWithLog();
  const person = await here.bot.store.read((r) => r.people.byName("海安联络员"));
  const file = { paper: "issue.evidence", params: {}, name: "x.pdf", picture: false };
  await here.bot.store.write((w) =>
    w.outbox.queue(
      {
        key: "k",
        to: { personId: person?.id ?? 0 },
        class: "must-arrive",
        card: { title: "通知", blocks: [], files: [file] } as never,
        causedBy: 77,
      },
      0,
    ),
  );
  here.slack.plan("chat.postMessage", "429");
  await here.delivers();
  expect(here.slack.directTo(liaison).length).toBeGreaterThan(0);
  const of = logged().filter(({ request }) => request === "inbox-77");
  expect(of.map(({ attempt, outcome }) => [attempt, outcome]).slice(0, 2)).toEqual([
    [1, "later"],
    [1, "accepted"],
  ]);
  expect(new Set(of.map(({ delivery }) => delivery)).size).toBe(2);
});

test("whoever meets a fault is told the name under which the log has it", async () => {
  const { liaison } = await anOfficeWithLog("error");
  const answer = () => Promise.reject(new Error("broken"));
  const commands = here.bot.registry.commands.map((one) => ({ ...one, answer }) as typeof one);
  here.bot.registry = { ...here.bot.registry, commands };
  await here.sends.message(liaison, "海安");
  await here.settled();
  const [fault] = logged().filter(({ msg }) => msg === "fault");
  expect(fault?.id).toMatch(/^inbox-\d+$/);
  expect(
    here.slack
      .directTo(liaison)
      .map(({ blocks }) => here.seen(blocks))
      .join(),
  ).toContain(`请把编号${fault?.id}告诉市办`);
  // Only faults at this level.
  expect(logged().every(({ msg }) => msg === "fault")).toBe(true);
});
