import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashOfCode } from "../../src/office/invitation.ts";
import { sealCodes, withoutCodes } from "../../src/office/sealed-codes.ts";
import { concealCodes, noteCode, revealCodes } from "../../src/office/shown-codes.ts";
import { arrivalsOn } from "../../src/platforms/kit/arrivals.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const CODE = "ABCD2345";
const SEALED = `H${hashOfCode(CODE)}`;
const seal = (value: unknown) => sealCodes(value, async (hash) => hash === hashOfCode(CODE));

describe("a code in what somebody sends is kept as its hash", () => {
  test.each([
    ["绑定 ABCD2345", `绑定 ${SEALED}`],
    ["绑定abcd2345", `绑定${SEALED}`],
    ["/link ABCD-2345", `/link ${SEALED}`],
    ["/start ABCD2345", `/start ${SEALED}`],
    ["绑定 AB CD 23 45 谢谢", `绑定 ${SEALED} 谢谢`],
    ["绑定 ＡＢＣＤ２３４５", `绑定 ${SEALED}`],
    ["我的码是ABCD2345，对吗", `我的码是${SEALED},对吗`],
    ["ABCD2345 ABCD2345", `${SEALED} ${SEALED}`],
    // None of it is a code that was given out.
    ["绑定 ABCD2346", "绑定 ABCD2346"],
    ["XABCD2345", "XABCD2345"],
    ["ABCD，2345", "ABCD，2345"],
    ["海安 5月　ＰＭ２．５", "海安 5月　ＰＭ２．５"],
  ])("%s", async (typed, kept) => {
    expect(await seal(typed)).toBe(kept);
    expect(withoutCodes(kept)).not.toContain(hashOfCode(CODE));
  });

  test("wherever in a payload it stands, a form's value or a name of its own included", async () => {
    const payload = JSON.parse(`{"a":[{"text":"${CODE}"}],"n":1,"x":null,"__proto__":{"fill":"${CODE}"}}`);
    const kept = JSON.stringify(await seal(payload));
    expect(kept).toBe(`{"a":[{"text":"${SEALED}"}],"n":1,"x":null,"__proto__":{"fill":"${SEALED}"}}`);
  });

  test("and what somebody types in the form of a hash is no code", async () => {
    const typed = (await seal(`绑定 ${SEALED}`)) as string;
    expect(hashOfCode(typed.replace("绑定 ", ""))).not.toBe(hashOfCode(CODE));
  });
});

test("a code that is shown is kept under a mark, and found again for as long as it is remembered", () => {
  noteCode(CODE);
  const kept = concealCodes(`邀请码 ${CODE}，发送：绑定 ${CODE}`);
  expect(kept).not.toContain(CODE);
  expect(revealCodes(kept)).toBe(`邀请码 ${CODE}，发送：绑定 ${CODE}`);
  expect(revealCodes("⟦code 0123456789abcdef⟧")).toBe("••••••••");
});

describe("in an office", () => {
  let office: AnOffice;
  beforeEach(async () => {
    office = await anOffice();
  });
  afterEach(() => office.close());

  test("a kept message does what its code is for, and neither file nor log of the database holds a code", async () => {
    const codes: string[] = [];
    const code = async (who: Parameters<AnOffice["says"]>[0], phrase: string) => {
      const made = (await office.says(who, phrase)).facts.code as string;
      codes.push(made);
      return made;
    };
    // By a chat platform: what was kept is what is worked off, also by another process after a crash.
    const arrivals = arrivalsOn(office.bot, "telegram");
    const text = `绑定 ${await code("市办", "邀请 王联络 县区联络员 海安")}`;
    await arrivals.keep([{ externalId: "1", payload: { text }, admit: () => "work" }]);
    const [row] = await office.bot.store.read((r) => r.inbox.waiting("telegram"));
    const kept = (JSON.parse(row?.payload ?? "{}") as { text: string }).text;
    expect((await office.says({ browser: "phone" }, kept)).facts.person).toBe("王联络");
    // Said again it is a used one, and one in a group is void.
    await office.says({ browser: "other" }, kept);
    await code({ browser: "phone" }, "绑定新账号");
    const leaked = await code("市办", "邀请 李联络 县区联络员 如东");
    await office.says({ member: "海安联络员", group: "C1" }, `绑定 ${leaked}`);

    const folder = dirname(office.file);
    const bytes = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => readFileSync(join(folder, name), "latin1"));
    for (const each of codes) {
      expect(each).toMatch(/^[A-Z2-9]{8}$/);
      expect(bytes.some((file) => file.includes(each))).toBe(false);
    }
  });
});
