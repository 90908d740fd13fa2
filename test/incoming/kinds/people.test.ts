import { afterEach, beforeEach, expect, test } from "vitest";
import { revealCodes } from "../../../src/office/shown-codes.ts";
import { faultsOf, importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const HEAD = "姓名,角色,范围,手机";
const phoneOf = async (name: string) => (await office.bot.store.read((r) => r.people.byName(name)))?.phone;
const codesSent = async () =>
  (await office.bot.store.read((r) => r.outbox.after(0))).filter(({ row }) =>
    row.key.startsWith("people-codes/"),
  );

test("who isn't a member is invited, of who is one the number is put right; twice changes nothing", async () => {
  const lines = [
    HEAD,
    "张三,县区联络员,海安,13812345678",
    "李四,联络员,住建局,",
    "海安联络员,县区联络员,海安,139 0000 1111",
  ];
  const result = await importText(office, lines, { by: "市办" });
  expect(result).toMatchObject({ added: 2, corrected: 1, unchanged: 0 });
  expect(await phoneOf("海安联络员")).toBe("13900001111");
  const { invitations } = (await office.says("市办", "人员")).facts;
  expect(invitations).toEqual([
    { name: "张三", post: "海安联络员" },
    { name: "李四", post: "住建联络员" },
  ]);
  expect(await importText(office, lines, { by: "市办" })).toMatchObject({
    added: 0,
    corrected: 0,
    unchanged: 3,
  });
});

test("the codes go to whoever sent the list, alone, and are kept nowhere", async () => {
  await importText(office, [HEAD, "张三,县区联络员,海安,13812345678"], { by: "市办" });
  const [sent, ...more] = await codesSent();
  expect(more).toEqual([]);
  expect(sent?.audience).toBe("市办");
  const kept = sent?.row.card ?? "";
  const code = /[A-HJ-NP-Z2-9]{8}/.exec(revealCodes(kept))?.[0] ?? "";
  expect(kept).not.toContain(code);
  const joined = await office.says({ browser: "a" }, `绑定 ${code}`);
  expect(joined.facts).toMatchObject({ person: "张三", role: "county-liaison" });
  expect(await phoneOf("张三")).toBe("13812345678");
  const audit = JSON.stringify(await office.bot.store.read((r) => r.audit.latest(50)));
  expect(audit).toContain("138****5678");
  expect(audit).not.toMatch(/13812345678/);
  expect(audit).not.toContain(code);
});

test.each([
  ["张三,王爷,海安,", "角色"],
  ["张三,县区联络员,火星,", "角色"],
  ["张三,市办,,", "角色"],
  ["张三,县区联络员,海安,123", "手机"],
  ["海安领导,县区联络员,海安,", "姓名"],
])("%s is refused in its cell", async (line, column) => {
  const result = await importText(office, [HEAD, line], { by: "市办" });
  expect(faultsOf(result).join()).toContain(column);
  expect(result).not.toHaveProperty("added");
});

test("from a terminal nobody is invited: there is nobody to give the codes to", async () => {
  const result = await importText(office, [HEAD, "张三,县区联络员,海安,"]);
  expect(faultsOf(result).join()).toContain("请由市办在聊天里发送");
  expect(await codesSent()).toEqual([]);
});

test("only the office sends it", async () => {
  const result = await importText(office, [HEAD, "张三,县区联络员,海安,"], { by: "海安领导" });
  expect(result).not.toHaveProperty("added");
  expect((await office.says("市办", "人员")).facts.invitations).toEqual([]);
});
