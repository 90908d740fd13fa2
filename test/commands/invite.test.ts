import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

test("a code is eight letters or digits that can't be mistaken for each other, valid for a day", async () => {
  const { facts, text } = await office.says("市办", "邀请 王联络 县区联络员 海安");
  expect(facts.code).toMatch(/^[A-HJ-NP-Z2-9]{8}$/);
  expect(facts).toMatchObject({ name: "王联络", role: "county-liaison", expiresAt: "2020-06-16T00:30:00Z" });
  expect(text).toContain(`绑定 ${facts.code}`);
});

test("the code itself is stored nowhere", async () => {
  const { facts } = await office.says("市办", "邀请 王联络 县区联络员 海安");
  const { default: Database } = await import("better-sqlite3");
  const raw = new Database(office.file, { readonly: true });
  const everything = ["invitation", "audit", "outbox"].map((t) => raw.prepare(`select * from ${t}`).all());
  raw.close();
  expect(JSON.stringify(everything)).not.toContain(facts.code);
});

test("no name at all shows the form", async () => {
  const { card } = await office.says("市办", "邀请");
  const button = card.buttons[0];
  expect(button?.kind === "press" && button.fields.map((f) => f.name)).toEqual([
    "name",
    "role",
    "county",
    "department",
  ]);
  const answer = await office.presses("市办", "填写", {
    name: "李处",
    role: "部门联络员",
    department: "住建局",
  });
  expect(answer.facts).toMatchObject({ name: "李处", role: "department-liaison" });
});

test.each([
  ["邀请 王联络 县区联络员", "usage", "县（市、区）"],
  ["邀请 王联络 部门联络员", "usage", "部门"],
  ["邀请 王联络 市领导 海安", "usage", "去掉"],
  ["邀请 王联络 督查 住建局", "usage", "去掉"],
  ["邀请 海安领导 县区联络员 海安", "conflict", "换一个名字"],
  ["邀请 市办 市领导", "conflict", "换一个名字"],
  [`邀请 ${"王".repeat(21)} 督查`, "usage", "20字"],
])("%s is refused as %s and says how to mend it", async (phrase, code, hint) => {
  const answer = await office.says("市办", phrase);
  expect(answer.code).toBe(code);
  expect(answer.message).toContain(hint);
});

test("a name that an open invitation promises is not given twice, until it expires", async () => {
  expect((await office.says("市办", "邀请 王联络 县区联络员 海安")).code).toBeNull();
  expect((await office.says("市办", "邀请 王联络 县区联络员 如东")).code).toBe("conflict");
  await office.advanceTo("2020-06-16T08:31");
  expect((await office.says("市办", "邀请 王联络 县区联络员 如东")).code).toBeNull();
});

test("a county's lead invites liaisons and station chiefs of that county, and nobody else", async () => {
  const asks = async (phrase: string) => (await office.says("海安领导", phrase)).code;
  expect(await asks("邀请 王联络 县区联络员 海安")).toBeNull();
  expect(await asks("邀请 李站长 点位长 海安")).toBeNull();
  expect(await asks("邀请 张联络 县区联络员 如东")).toBe("forbidden");
  expect(await asks("邀请 张县长 县区领导 海安")).toBe("forbidden");
  expect(await asks("邀请 张处 督查")).toBe("forbidden");
});

test.each(["海安联络员", "市领导", "督查", "住建联络员", "海安点位长"])("%s may not invite", async (who) => {
  expect((await office.says(who, "邀请 王联络 县区联络员 海安")).code).toBe("forbidden");
});
