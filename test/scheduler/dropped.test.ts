import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-05T12:00" });
  // The jobs are known to the ledger before the bot goes down.
  await office.advanceTo("2020-06-05T12:01");
});
afterEach(() => office.close());

const sent = async (since = 0) =>
  (await office.bot.store.read((r) => r.outbox.after(since))).map(({ row, audience }) => ({ row, audience }));
const newest = () => office.bot.store.read((r) => r.outbox.newestId());

describe("a run that its policy has dropped", () => {
  test("reaches the office the same morning, with one button that sends it late, once, and says so", async () => {
    const before = await newest();
    // Down over Monday's notice; back on the following Friday, when it is too old.
    await office.wakesAt("2020-06-12T08:00");
    const told = (await office.cardsOf("市办")).filter(({ title }) => title.includes("没有发出"));
    expect(told).toHaveLength(1);
    const weekly = "补发空气质量周通报6月8日 09:00";
    expect(told[0]?.buttons.filter(({ label }) => label === weekly)).toHaveLength(1);
    expect((await sent(before)).some(({ row }) => row.job === "weekly-notice")).toBe(false);

    const pressed = await office.presses("市办", weekly);
    expect(pressed.card.title).toBe("已补发空气质量周通报");
    const late = (await sent(before)).filter(({ row }) => row.job === "weekly-notice");
    expect(late).toHaveLength(50);
    expect(pressed.facts).toEqual({ job: "weekly-notice", sent: 50 });
    for (const { row } of late) {
      expect(row.title).toBe("补发：空气质量周通报（2020年6月1日至7日）");
      expect(row.card).toContain("应于6月8日 09:00发出，因系统停运补发");
    }
    // A second press, and the clock going on, send nothing more.
    expect((await office.presses("市办", weekly)).code).toBe("already-done");
    await office.advanceTo("2020-06-12T12:00");
    expect((await sent(before)).filter(({ row }) => row.job === "weekly-notice")).toHaveLength(50);
  });

  test("补发 lists what was dropped, several with a button each, until it is sent", async () => {
    expect((await office.says("市办", "补发")).card.title).toBe("没有漏发的通知");
    await office.wakesAt("2020-06-26T08:00");
    const { card, labels, facts } = await office.says("市办", "补发");
    const weeks = facts.dropped.filter(({ job }: { job: string }) => job === "weekly-notice");
    expect(weeks.map(({ slot }: { slot: string }) => slot.slice(0, 10))).toEqual([
      "2020-06-22",
      "2020-06-15",
      "2020-06-08",
    ]);
    // Of what is about its own day only the newest.
    const jobs = facts.dropped
      .map(({ job }: { job: string }) => job)
      .filter((job: string) => job !== "weekly-notice");
    expect(jobs).toContain("lagging-warning");
    expect(jobs.toSorted()).toEqual([...new Set(jobs)].toSorted());
    expect(card.title).toBe(`没有发出的通知（${facts.dropped.length}期）`);
    expect(labels.filter((label) => label.startsWith("补发")).length).toBeGreaterThan(1);
  });

  test("is nobody's but the office's to send", async () => {
    expect((await office.says("海安联络员", "补发")).code).toBe("forbidden");
  });
});
