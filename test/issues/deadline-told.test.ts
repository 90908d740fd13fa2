import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-24T10:00", jobs: false });
});
afterAll(() => office.close());

const BETWEEN = "3个工作日，6月25—27日端午节，6月28日上班";
const HOW = "3个工作日，6月24日起算（当天不计），6月25—27日端午节，6月28日上班，到6月30日。";
const order = async (said: string) => {
  const answer = await office.says("市办", said);
  const issue = answer.facts.issue ?? answer.facts.issues[0];
  return { ...answer, no: issue.no as string, due: issue.due as string };
};
const howOf = async (no: string) => (await office.says("市办", `期限 ${no}`)).facts.how;

describe("an order keeps the term that its deadline was given as", () => {
  test("its answer names the holiday and the day worked for it, and 期限 says the whole", async () => {
    const { no, due, text } = await order("交办 海安 “料堆未苫盖” 3个工作日");
    expect(due).toBe("2020-06-30");
    expect(text).toContain(BETWEEN);
    const {
      command,
      facts,
      text: told,
    } = await office.says("海安联络员", `${Number(no.slice(-6))}号期限怎么算的`);
    expect(command).toBe("deadline");
    expect(facts).toMatchObject({ no, due, term: { n: 3, unit: "working" }, how: HOW });
    expect(told).toContain(HOW);
    expect(await office.says("如皋联络员", `期限 ${no}`)).toMatchObject({ code: "forbidden" });
  });

  test("several counties' orders say it once", async () => {
    const { no, text } = await order("交办 海安、如皋 “道路积尘” 3个工作日");
    expect(text.split(BETWEEN)).toHaveLength(2);
    expect(await howOf(no)).toBe(HOW);
  });

  test("a form, and an order that was read back, keep it, too", async () => {
    const form = await office.says("市办", "交办 海安 3个工作日");
    const { facts } = await office.presses("市办", "填写", { ...valuesOf(form), title: "车身带泥" });
    expect(await howOf(facts.issue.no)).toBe(HOW);
    const asked = await office.says("市办", "交办 海安 “渣土外运撒漏” 3个工作日 张局长盯");
    expect(asked.facts.asks).toBeDefined();
    const confirmed = await office.presses("市办", "确认");
    expect(await howOf(confirmed.facts.issue.no)).toBe(HOW);
  });

  test("the same once more on purpose keeps it", async () => {
    await office.says("市办", "交办 海安 “露天焚烧落叶” 3个工作日");
    await office.says("市办", "交办 海安 “露天焚烧落叶” 3个工作日");
    const { facts } = await office.presses("市办", "再交办一件");
    expect(await howOf(facts.issue.no)).toBe(HOW);
  });

  test("the usual term of a level is one; a date that was written has none", async () => {
    const usual = await order("交办 海安 “围挡喷淋未开”");
    expect(await howOf(usual.no)).toMatch(/^15日，6月24日起算/);
    const written = await order("交办 海安 “雾炮未开” 6月27日前");
    expect(await howOf(written.no)).toBe("期限是写明的日期：6月27日。6月27日为休息日，写明的日期不顺延。");
    expect(written.text).not.toContain("端午节");
  });
});

test("another deadline has a term of its own; suspended, it gets back its working days", async () => {
  const { no } = await order("交办 海安 “搅拌站无喷淋” 5个工作日");
  const n = Number(no.slice(-6));
  expect((await office.says("市办", `更正 ${n} 时限 3个工作日`)).text).toContain(BETWEEN);
  expect(await howOf(no)).toBe(HOW);
  await office.says("海安联络员", `签收 ${n}`);
  const asked = await office.says("海安联络员", `${n}号申请延期4个工作日 设备未到货`);
  expect(asked.text).toContain("4个工作日，6月25—27日端午节，6月28日上班");
  await office.says("市办", `同意 ${n}`);
  const extended = await office.says("市办", `期限 ${n}`);
  expect(extended.facts.how).toBe(
    `${HOW}6月24日申请延期4个工作日，6月25—27日端午节，6月28日上班，经同意现到7月1日。`,
  );
  expect(extended.facts.extensions).toEqual([
    { term: { n: 4, unit: "working" }, from: "2020-06-24", due: "2020-07-01" },
  ]);

  // Suspended over the holiday: of 24 to 27 June only the 24th was worked.
  await office.says("市办", `问题 ${no} 更多`);
  await office.presses("市办", "依法中止", { due: "2020-07-20", text: "法院查封" });
  await office.advanceTo("2020-06-28T10:00");
  await office.says("市办", `问题 ${no} 更多`);
  await office.presses("市办", "恢复办理", {});
  const { facts, text } = await office.says("市办", `期限 ${n}`);
  expect(facts).toMatchObject({ firstDue: "2020-07-01", due: "2020-07-02" });
  expect(text).toContain("中止的日子已经扣除");
});

test("a holiday that the office has entered is called so in what rests on it", async () => {
  await importText(office, ["日期,类型,名称", "2020-07-15,休,运河节"]);
  await office.advanceTo("2020-07-13T10:00");
  const { no, text } = await order("交办 海安 “沙堆未覆盖” 3个工作日");
  expect(text).toContain("3个工作日，7月15日运河节");
  expect(await howOf(no)).toBe("3个工作日，7月13日起算（当天不计），7月15日运河节，到7月17日。");
});

/** What a form holds already. */
function valuesOf({ card }: Awaited<ReturnType<AnOffice["says"]>>): Record<string, string> {
  const [button] = card.buttons;
  if (button?.kind !== "press") throw new Error("no form");
  return Object.fromEntries(button.fields.flatMap((f) => (f.value ? [[f.name, f.value]] : [])));
}
