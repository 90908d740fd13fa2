import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-01T08:30" });
  // The notices of 1, 8 and 15 June go out.
  await office.advanceTo("2020-06-16T10:00");
});
afterAll(() => office.close());

const weekIn = (answer: { facts: { week: { from: string; to: string } } }) => answer.facts.week.from;

describe("周通报 gives the notice again that went out", () => {
  test.each([
    "周通报",
    "上周通报",
    "上周的通报",
    "最近一期通报",
    "再发一次周通报",
    "把上周的周通报再发一次",
    "周通报 6月第2周",
    "6月15日的周通报",
    "周通报 6.15",
    "周通报 2020-06-08..2020-06-14",
  ])("%s", async (phrase) => {
    const answer = await office.says("海安联络员", phrase);
    expect(answer.command).toBe("notice");
    expect(weekIn(answer)).toBe("2020-06-08");
    expect(answer.text).toContain("2020年6月15日 09:00发出");
  });

  test("a day on which one went out is that one, any other day the one about its week", async () => {
    expect(weekIn(await office.says("市办", "周通报 6月8日"))).toBe("2020-06-01");
    expect(weekIn(await office.says("市办", "周通报 6月9日"))).toBe("2020-06-08");
  });

  test("each reader the very card that was sent to them", async () => {
    for (const who of ["海安联络员", "如东领导", "市办"]) {
      const sent = (await office.cardsOf(who)).findLast((card) => card.title.startsWith("空气质量周通报"));
      const { card } = await office.says(who, "周通报");
      // What else came with it at nine stands below it.
      expect(sent?.title.split("；")[0]).toBe(card.title);
      expect(card.blocks.filter((b) => b.kind === "table")).toEqual(
        sent?.blocks.filter((b) => b.kind === "table").slice(0, 1),
      );
      expect(card.facts?.county).toBe(sent?.facts?.county);
    }
  });

  test("not computed anew: a figure corrected since stands there as it was sent", async () => {
    const own = await anOffice({ at: "2020-06-14T12:00" });
    await own.advanceTo("2020-06-15T10:00");
    const before = (await own.says("市办", "周通报")).card.blocks.find((b) => b.kind === "table");
    const raw = new Database(own.file);
    raw.prepare("update region_day set pm25 = 149 where date = '2020-06-10'").run();
    raw.close();
    expect((await own.says("市办", "海安 2020-06-10")).text).toContain("149");
    expect((await own.says("市办", "周通报")).card.blocks.find((b) => b.kind === "table")).toEqual(before);
    own.close();
  });

  test("who joins later reads what others of the county were sent", async () => {
    const row = { name: "海安新联络员", role: "county-liaison", regionId: "haian", createdAt: 0 } as const;
    await office.bot.store.write((w) => w.people.add(row));
    const { facts } = await office.says("海安新联络员", "周通报");
    expect([facts.county, facts.week.from]).toEqual(["海安", "2020-06-08"]);
  });
});

describe("where there is none it says so", () => {
  test("a week that had none, with what can be asked instead", async () => {
    const own = await anOffice({ at: "2020-06-14T12:00" });
    expect((await own.says("市办", "周通报")).card.title).toBe("还没有发出过周通报");
    await own.advanceTo("2020-06-16T10:00");
    // Off over the 22nd for longer than it catches up.
    await own.wakesAt("2020-06-27T10:00");
    const { code, message, instead } = await own.says("市办", "周通报 6月第3周");
    expect([code, instead]).toEqual(["no-data", ["周通报", "排名 2020-06-15..2020-06-21"]]);
    expect(message).toContain("2020年6月15日至21日这一周没有发出过周通报");
    expect((await own.says("市办", "周通报")).facts.week.from).toBe("2020-06-08");
    expect((await own.says("市办", "周通报 6月第4周")).message).toContain("还没有过完");
    own.close();
  });

  test("上周通报 on Monday before nine is the one before, and says so", async () => {
    const own = await anOffice({ at: "2020-06-14T12:00" });
    await own.advanceTo("2020-06-22T08:30");
    const answer = await own.says("市办", "上周通报");
    expect(weekIn(answer)).toBe("2020-06-08");
    expect(answer.text).toContain("2020年6月15日至21日的还没有发出，这是最近一期");
    own.close();
  });

  test("a month or year without any says so, and asks for none of them", async () => {
    const { code, message, instead } = await office.says("市办", "周通报 2019年");
    expect([code, message, instead]).toEqual([
      "no-data",
      "2019年没有发出过周通报。可以看“周通报”（最近一期）。",
      ["周通报"],
    ]);
  });

  test("a month had several: it asks which", async () => {
    const { code, message, instead } = await office.says("市办", "周通报 6月");
    expect(code).toBe("usage");
    expect(message).toContain("发出过3期");
    expect(instead).toEqual(["周通报 2020-06-01", "周通报 2020-06-08", "周通报 2020-06-15"]);
  });
});

describe("whoever it is sent to may read it", () => {
  test.each(["市办", "市领导", "督查", "海安领导", "海安联络员", "住建联络员"])("%s may", async (who) => {
    expect((await office.says(who, "周通报")).command).toBe("notice");
  });
  test.each(["海安点位长"])("%s may not", async (who) => {
    expect((await office.says(who, "周通报")).code).toBe("forbidden");
  });
});
