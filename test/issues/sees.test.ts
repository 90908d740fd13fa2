import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { issueSeen, maySee } from "../../src/issues/sees.ts";
import type { Issue } from "../../src/store/issues.ts";
import type { Person } from "../../src/store/people.ts";
import { aStage, type Stage } from "./loop/stage.ts";

let stage: Stage;
/** An issue of 海安 and 住建 that the office wrote down. */
let issue: Issue;
beforeEach(async () => {
  stage = await aStage();
  issue = await stage.issueIn("assigned");
});
afterEach(() => {
  stage.raw.close();
  stage.office.close();
});

const around = async () => {
  const now = await stage.bot.clock.now();
  return { office: stage.bot.office, now, today: stage.bot.office.today(now) };
};
const sees = async (who: string | Person, one: Issue = issue) => {
  const person = typeof who === "string" ? await stage.personOf(who) : who;
  const there = await around();
  return stage.bot.store.read((store) => maySee(one, person, { store, ...there }));
};
const part = (role: "helping" | "copied" | "handed-down", of: { departmentId?: string; regionId?: string }) =>
  stage.bot.store.write((w) =>
    w.issueUnits.add(issue.id, [{ role, departmentId: null, regionId: null, name: null, due: null, ...of }], {
      at: 0,
      personId: null,
    }),
  );
const checkBy = async (name: string, state: "open" | "found") => {
  const checkerId = await stage.id(name);
  await stage.bot.store.write((w) =>
    w.spotChecks.draw({ issueId: issue.id, checkerId, at: 0, due: "2020-06-20", state } as never),
  );
};

describe("who sees an issue", () => {
  test.each([
    ["海安联络员", true],
    ["海安领导", true],
    ["住建联络员", true],
    ["督查", true],
    ["市领导", true],
    ["如皋联络员", false],
    ["生态环境联络员", false],
  ])("%s: %s", async (who, may) => {
    expect(await sees(who)).toBe(may);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ["a department that helps", () => part("helping", { departmentId: "environment" }), "生态环境联络员"],
    [
      "a department that gets a copy",
      () => part("copied", { departmentId: "environment" }),
      "生态环境联络员",
    ],
    ["a county that helps", () => part("helping", { regionId: "rugao" }), "如皋联络员"],
    ["who checks it on the spot", () => checkBy("如皋联络员", "open"), "如皋联络员"],
  ])("%s", async (_, does, who) => {
    expect(await sees(who)).toBe(false);
    await does();
    expect([await sees(who), await sees("启东联络员")]).toEqual([true, false]);
  });

  test("not who has looked at it on the spot before", async () => {
    await checkBy("如皋联络员", "found");
    expect(await sees("如皋联络员")).toBe(false);
  });

  test("whoever wrote it down, and who stands in for them", async () => {
    const own = { ...issue, createdBy: await stage.id("如皋联络员") };
    expect([await sees("如皋联络员", own), await sees("启东联络员", own)]).toEqual([true, false]);
    const behalf = { id: own.createdBy, name: "如皋联络员" };
    const standIn = { ...(await stage.personOf("启东联络员")), behalf };
    expect(await sees(standIn, own)).toBe(true);
    expect(await sees("启东联络员", { ...own, createdBy: null })).toBe(false);
  });
});

describe("an issue by its number", () => {
  const asked = async (no: string, who: string, later = 0) => {
    const person = await stage.personOf(who);
    const { now, ...there } = await around();
    const at = { ...there, now: now.add({ milliseconds: later }) };
    return stage.bot.store.read((store) => issueSeen(no, person, { store, ...at }));
  };

  test("is there for whoever sees it", async () => {
    expect(await asked(issue.no, "海安联络员")).toMatchObject({ id: issue.id });
  });

  test("isn't there before it came about, nor where no issue has the number", async () => {
    expect(await asked(issue.no, "海安联络员", -1)).toMatchObject({
      code: "unknown-issue",
      instead: ["问题"],
    });
    expect(await asked("NT-2020-999999", "市办")).toMatchObject({
      code: "unknown-issue",
      message: expect.stringContaining("NT-2020-999999"),
    });
  });

  test("is refused to others, and the audit says which it was", async () => {
    expect(await asked(issue.no, "如皋联络员")).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining(issue.no),
      on: `issue:${issue.id}`,
    });
  });
});
