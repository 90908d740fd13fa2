import { afterEach, beforeEach, expect, test } from "vitest";
import { sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { aScene, taken } from "../support/scenes.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const gives = async (title: string, place?: string, county = "启东") => {
  const fill = { county, title, due: "20日", ...(place ? { place } : {}) };
  const { facts } = await office.says("市办", "交办", fill);
  return facts.issue.no as string;
};
/** What the office's head was proposed so far. */
const proposed = async () =>
  (await office.cardsOf("市领导"))
    .map(({ title }) => title)
    .filter((title) => title.startsWith("建议挂牌督办"));

test("the third at one place within ninety days is proposed for supervision, with the two before it", async () => {
  const first = await gives("裸土未覆盖", "滨江花园二期工地");
  const second = await gives("夜间施工噪声扬尘", "滨江花园二期");
  expect(await proposed()).toEqual([]);
  await gives("出入口未冲洗", "滨江花园二期项目部");
  expect(await proposed()).toEqual([
    `建议挂牌督办（90日内同一地点第3件，前有${first}、${second}）：启东“出入口未冲洗”`,
  ]);
  // It is a proposal, and the head's to decide.
  expect((await office.says("市领导", "问题 督办")).facts.rows).toEqual([]);
  await office.says("市领导", "今日");
  await office.presses("市领导", "挂牌督办", { text: "一周内整改到位" });
});

test("what was closed counts, what was withdrawn doesn't", async () => {
  const first = await gives("裸土未覆盖", "滨江花园二期");
  const second = await gives("夜间施工", "滨江花园二期");
  await office.says("市办", `撤回 ${second} 发错了`);
  await gives("出入口未冲洗", "滨江花园二期");
  expect(await proposed()).toEqual([]);
  expect(first).not.toBe(second);
});

test("other houses, other towns, other counties and longer ago are other places", async () => {
  await gives("裸土未覆盖", "人民路3号工地");
  await gives("裸土未苫盖", "人民路5号工地");
  await gives("裸土未盖网", "人民路7号工地");
  await gives("物料未覆盖", "滨江花园二期", "海门");
  const old = await gives("夜间施工", "滨江花园二期");
  await gives("出入口未冲洗", "滨江花园二期");
  expect(await proposed()).toEqual([]);
  await office.bot.store.write(async (w) => {
    const issue = await w.issues.byNo(old);
    const before = (issue?.assignedAt ?? 0) - 91 * 86_400_000;
    if (issue) await w.issues.move(issue.id, issue.version, { assignedAt: before });
  });
  await gives("未洒水", "滨江花园二期");
  expect(await proposed()).toEqual([]);
});

test("a place that titles alone name is one, too; a correction of the place makes the third", async () => {
  await gives("东城花园裸土未覆盖");
  await gives("东城花园夜间焚烧垃圾");
  const third = await gives("西郊新村出入口未冲洗");
  expect(await proposed()).toEqual([]);
  await office.says("市办", `更正 ${third} 地点 东城花园`);
  expect(await proposed()).toEqual([expect.stringContaining("90日内同一地点第3件")]);
});

test("what the pictures of two say of where they are goes before the names", async () => {
  const sends = sendingTo(office);
  const at = async (seed: number, words: string, latitude: number) => {
    const bytes = await taken(await aScene(seed), { position: { latitude, longitude: 121.6 } });
    const { title } = await sends("督查", words, { bytes });
    const no = /NT-\d{4}-\d{6}/.exec(title)?.[0] ?? "";
    await office.says("市办", no);
    await office.presses("市办", "交办", { county: "启东", due: "20日" });
    return no;
  };
  await at(1, "启东江边砂石未覆盖", 31.8);
  await at(2, "启东码头物料起尘", 31.8005);
  expect(await proposed()).toEqual([]);
  await at(3, "启东堤内道路积尘", 31.81);
  expect(await proposed()).toEqual([]);
  await at(4, "启东泊位抛洒", 31.8003);
  expect(await proposed()).toEqual([expect.stringContaining("第3件")]);
});
