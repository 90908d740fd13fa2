import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { likenessOf } from "../../src/chat/member-name.ts";
import { hashOfCode } from "../../src/office/invitation.ts";
import { comesBack, leaves } from "../support/leaves.ts";
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
    "unit",
    "phone",
    "another",
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

test("a member is never invited: what would come of it is an account of theirs in other hands", async () => {
  for (const [who, phrase] of [
    ["市办", "邀请 市领导 市领导"],
    ["市办", "邀请 海安领导 县区领导 海安"],
    ["海安领导", "邀请 海安联络员 县区联络员 海安"],
  ] as const) {
    const answer = await office.says(who, phrase);
    expect(answer.code, phrase).toBe("conflict");
    expect(answer.message, phrase).toContain("绑定新账号");
  }
});

test.each([
  "市领導长",
  "王\u200b市长",
  "王 市长",
  "王　市长",
  "“王市长 ”",
  "王·市长",
  "王-市长",
  "王市长\ufe0f",
])("“%s” is either no name or nobody else's: who reads it takes it for none who is there", async (typed) => {
  const { facts } = await office.says("市办", "邀请 王市长 市领导");
  await office.says({ browser: "lead" }, `绑定 ${facts.code}`);
  const answer = await office.says("市办", `邀请 ${typed} 督查`);
  if (typed === "市领導长") expect(answer.code).toBeNull();
  else expect(["conflict", "usage"]).toContain(answer.code);
});

test("no name that differs from a member's only in what nobody sees is ever free", () => {
  const invisible = fc.constantFrom(
    "\u200b",
    "\u00ad",
    " ",
    "\u3000",
    "\ufe0f",
    "\u3164",
    ".",
    "·",
    "\u0301",
    "\u202e",
  );
  fc.assert(
    fc.property(
      fc.constantFrom("市领导甲", "Li Wei", "李局2", "王士元"),
      fc.array(fc.tuple(fc.nat(12), invisible), { maxLength: 4 }),
      fc.boolean(),
      (name, extras, wide) => {
        const signs = [
          ...(wide ? name.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)) : name),
        ];
        for (const [at, sign] of extras) signs.splice(Math.min(at, signs.length), 0, sign);
        expect(likenessOf(signs.join(""))).toBe(likenessOf(name));
      },
    ),
  );
});

test.each([
  ["巿领导", "市领导", "conflict", "容易混淆"],
  ["市领导甲", "督查", "conflict", "角色名称"],
  ["如东督查员", "县区联络员 海安", "conflict", "角色名称"],
  ["12", "督查", "usage", "不能全是数字"],
  ["王<b>", "督查", "usage", "姓名只能用"],
  ["Аnna", "督查", "usage", "姓名只能用"],
  ["王\u3164", "督查", "usage", "姓名只能用"],
])("“%s” as %s is refused as %s", async (name, role, code, hint) => {
  const answer = await office.says("市办", `邀请 ${name} ${role}`);
  expect(answer.code).toBe(code);
  expect(answer.message).toContain(hint);
});

test("whoever invited gets a new code for the same person, and the one before is void; another may not", async () => {
  const first = (await office.says("海安领导", "邀请 王联络 县区联络员 海安")).facts.code;
  expect((await office.says("市办", "邀请 王联络 县区联络员 海安")).code).toBe("conflict");
  const second = (await office.says("海安领导", "邀请 王联络 县区联络员 海安")).facts.code;
  expect((await office.says({ browser: "a" }, `绑定 ${first}`)).message).toContain("作废");
  expect((await office.says({ browser: "a" }, `绑定 ${second}`)).code).toBeNull();
});

test("two names of one likeness, promised one after the other, become one member", async () => {
  const { code } = (await office.says("市办", "邀请 王联络 县区联络员 海安")).facts;
  const at = (await office.bot.clock.now()).epochMilliseconds;
  // As an older version has left it in the database.
  const open = { name: "王 联络", role: "office" as const, createdAt: at, expiresAt: at + 3_600_000 };
  await office.bot.store.write((w) => w.people.invite({ ...open, codeHash: hashOfCode("AAAABBBB") }));
  await office.says({ browser: "a" }, `绑定 ${code}`);
  const second = await office.says({ browser: "b" }, "绑定 AAAABBBB");
  expect(second.code).toBe("conflict");
  expect((await office.says({ browser: "b" }, "今日")).code).toBe("not-linked");
});

describe("somebody who has left", () => {
  beforeEach(async () => {
    const { code } = (await office.says("市办", "邀请 王联络 县区联络员 海安")).facts;
    await office.says({ browser: "old-pc" }, `绑定 ${code}`);
    leaves(office, "王联络");
    await office.expectCards([]);
  });
  const nameless = { code: "not-linked" };

  test("is nobody, and their name is nobody else's", async () => {
    expect(await office.says({ browser: "old-pc" }, "今日")).toMatchObject(nameless);
    for (const phrase of ["邀请 王联络 县区联络员 如东", "邀请 王联络 督查", "邀请 王 联络 县区联络员 海安"])
      expect((await office.says("市办", phrase)).code, phrase).not.toBeNull();
    expect((await office.says("海安领导", "邀请 王联络 县区联络员 海安")).code).toBe("conflict");
  });

  test("comes back by the office's code as who they were; their old account, the office and the leads hear", async () => {
    const before = await office.bot.store.read((r) => r.people.byName("王联络"));
    const again = await office.says("市办", "邀请 王联络 县区联络员 海安");
    expect(again.text).toContain("恢复原身份");
    expect((await office.says({ browser: "new-pc" }, `绑定 ${again.facts.code}`)).facts.person).toBe(
      "王联络",
    );
    expect(await office.bot.store.read((r) => r.people.byName("王联络"))).toMatchObject({
      id: before?.id,
      active: true,
    });
    await office.expectCards([
      { to: "王联络", title: "您的身份绑定了新账号" },
      { to: "市办", title: "成员已恢复：王联络（县区联络员）" },
      { to: "市领导", title: "成员已恢复：王联络（县区联络员）" },
    ]);
  });

  test("comes back from an account of old, too", async () => {
    const { code } = (await office.says("市办", "邀请 王联络 县区联络员 海安")).facts;
    expect((await office.says({ browser: "old-pc" }, `绑定 ${code}`)).code).toBeNull();
    expect((await office.says({ browser: "old-pc" }, "今日")).code).toBeNull();
  });

  test("a code to come back with gives nobody an account of somebody who is back already", async () => {
    const { code } = (await office.says("市办", "邀请 王联络 县区联络员 海安")).facts;
    comesBack(office, "王联络");
    expect((await office.says({ browser: "thief" }, `绑定 ${code}`)).code).toBe("conflict");
  });
});
