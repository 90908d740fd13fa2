import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";
import { readyToTransfer } from "../support/records.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
  await office.expectCards([]);
});
afterEach(() => office.close());

/** Another member, by the office's code. */
async function joins(name: string, post: string, browser = name) {
  const { facts } = await office.says("市办", `邀请 ${name} ${post}`);
  await office.says({ browser }, `绑定 ${facts.code}`);
  return { browser };
}
const person = (name: string) => office.bot.store.read((r) => r.people.byName(name));
const sentTo = async (name: string) =>
  (await office.bot.store.read((r) => r.outbox.after(0))).filter(({ audience }) => audience === name);

test("who leaves has no right from that second: words, buttons and forms are answered with why", async () => {
  const wang = await joins("王联络", "县区联络员 海安");
  const { card } = await office.says(wang, "今日");
  const button = card.buttons.find((one) => one.kind === "press");
  const left = await office.says("市办", "离任 王联络");
  expect(left.card.title).toBe("王联络（海安联络员）已离任");
  const said = await office.says(wang, "今日");
  expect(said).toMatchObject({ code: "not-linked" });
  expect(said.message).toContain("王联络）已于6月15日 08:30离任");
  if (button?.kind === "press")
    expect((await office.presses(wang, button.token)).message).toContain("已于6月15日 08:30离任");
  expect((await office.says("市办", "离任 王联络")).code).toBe("unknown-person");
});

test("nothing goes out to a leaver any more, neither what waits nor what comes", async () => {
  await joins("王联络", "县区联络员 海安");
  const wang = await person("王联络");
  const card = { title: "通知", blocks: [] };
  await office.bot.store.write((w) =>
    w.outbox.queue({ key: "waits", to: { personId: wang?.id ?? 0 }, class: "must-arrive", card }, 0),
  );
  await office.says("市办", "离任 王联络");
  const before = (await sentTo("王联络")).length;
  await office.says("市办", "交办 海安 “工地裸土未覆盖” 3个工作日");
  await office.advanceTo("2020-06-23T09:01");
  expect((await sentTo("王联络")).length).toBe(before);
  const waited = (await sentTo("王联络")).find(({ row }) => row.key === "waits");
  expect(waited?.row.state).toBe("settled");
  expect((await office.says("市办", "投递")).text).not.toContain("王联络");
});

test("what the only liaison had to do passes to the lead, and stands in the 交接单", async () => {
  await office.says("市办", "交办 如东 “工地裸土未覆盖” 3个工作日");
  const answer = await office.says("市办", "离任 如东联络员");
  const { items } = answer.facts.handover;
  const given = items.find((item: { title: string }) => item.title === "工地裸土未覆盖");
  expect(given).toMatchObject({ kind: "issue", what: "签收", to: "如东领导" });
  const cards = await office.cardsOf("如东领导");
  expect(cards.some(({ title }) => title === "交接单：如东联络员离任")).toBe(true);
  expect((await office.opens("市办", "交接单-如东联络员.docx")).bytes.length).toBeGreaterThan(2000);
});

test("the heir holds the post from then on, and what waited waits for them", async () => {
  await joins("李联络", "县区联络员 海安");
  const answer = await office.says("市办", "离任 如东联络员 接任李联络");
  expect(answer.code).toBeNull();
  expect((await office.says("市办", "人员 “李联络”")).facts.person.posts).toBe("海安联络员，兼如东联络员");
  await office.says("市办", "交办 如东 “道路积尘” 3个工作日");
  const cards = await office.cardsOf("李联络");
  expect(cards.some(({ title }) => title.includes("道路积尘"))).toBe(true);
});

test("the office's last member stays; of two who remove each other one does", async () => {
  expect(await office.says("市办", "离任 市办")).toMatchObject({ code: "conflict" });
  await joins("赵科", "市办");
  if ((await person("赵科")) === null) return;
  const [a, b] = await Promise.all([office.says("市办", "离任 赵科"), office.says("赵科", "离任 市办")]);
  expect([a.code, b.code].filter((code) => code === null)).toHaveLength(1);
  const left = await Promise.all(["市办", "赵科"].map(person));
  expect(left.filter((one) => one?.active)).toHaveLength(1);
});

test("the only liaison leaves in the midst of a form: it is gone, and what it was about passes on", async () => {
  const wang = await joins("王联络", "县区联络员 海安");
  const { id } = (await person("王联络")) ?? { id: 0 };
  const form = { platform: "telegram", token: "t", fields: "[]", answers: "{}", at: 0 };
  await office.bot.store.write((w) => w.chats.saveDialog({ personId: id, ...form }));
  await office.says("市办", "离任 海安联络员");
  const { card } = await office.says(wang, "今日");
  const asks = card.buttons.find((one) => one.kind === "press" && one.fields.length > 0);
  await office.says("市办", "离任 王联络");
  expect(await office.bot.store.read((r) => r.chats.dialogOf(id))).toBeNull();
  if (asks?.kind === "press") {
    const fill = Object.fromEntries(asks.fields.map((field) => [field.name, "已覆盖"]));
    expect((await office.presses(wang, asks.token, fill)).code).toBe("not-linked");
  }
  const { items } = (await office.says("市办", "交接单 王联络")).facts.handover;
  expect(items.map(({ to }: { to: string }) => to).filter((to: string) => !to.includes("海安领导"))).toEqual(
    [],
  );
});

test("a transfer that waited for whoever leaves to approve it is listed as nobody's", async () => {
  await readyToTransfer(office, "NT-2020-000006");
  expect((await office.says("市办", "移送 NT-2020-000006 “逾期不整改”")).code).toBeNull();
  const left = await office.says("市办", "离任 市领导");
  const [item] = left.facts.handover.items.filter(({ kind }: { kind: string }) => kind === "transfer");
  expect(item).toMatchObject({ what: "审批移送", to: "" });
  expect(left.text).toContain("暂无人接手");
  expect(await person("市领导")).toMatchObject({ active: false, name: "市领导" });
});

test.each<[who: string, said: string, code: string | null]>([
  ["海安领导", "离任 海安联络员", null],
  ["海安领导", "离任 海安点位长", null],
  ["海安领导", "离任 城东镇联络员 接任海安联络员", null],
  ["海安领导", "离任 海安联络员 接任海安领导", null],
  ["海安领导", "离任 海安联络员 接任如东联络员", "forbidden"],
  ["海安领导", "离任 如东联络员", "forbidden"],
  ["海安领导", "离任 海安领导", "forbidden"],
  ["海安领导", "离任 住建联络员", "forbidden"],
  ["海安领导", "离任 市办", "forbidden"],
  ["海安联络员", "离任 海安点位长", "forbidden"],
])("a county's lead lets go whom a lead lets in: %s says %s", async (who, said, code) => {
  expect((await office.says(who, said)).code).toBe(code);
});

test("who also serves elsewhere is the office's to let go, and the office hears of whom a lead did", async () => {
  await office.says("市办", "兼任 海安点位长 如东联络员");
  expect((await office.says("海安领导", "离任 海安点位长")).code).toBe("forbidden");
  expect((await office.says("海安领导", "人员 “海安联络员”")).labels).toContain("离任");
  expect((await office.says("海安联络员", "人员 “海安点位长”")).labels).not.toContain("离任");
  await office.says("海安领导", "离任 海安联络员");
  const told = (await office.cardsOf("市办")).at(-1);
  expect(told?.title).toBe("交接单：海安联络员离任");
});

test("a 交接单 is read on a phone as pictures of its pages, by both sides and whoever saw to it", async () => {
  await office.says("海安领导", "离任 海安联络员");
  const page = await office.opens("海安领导", "交接单-海安联络员-第1页.png");
  expect([page.type, page.bytes.length > 5000]).toEqual(["image/png", true]);
  expect((await office.says("海安领导", "交接单 海安联络员")).code).toBeNull();
  expect((await office.says("如东领导", "交接单 海安联络员")).code).toBe("forbidden");
});

test("a number stands where the office is asked to telephone", async () => {
  await office.says("如东联络员", "手机 13812345678");
  const gone = await person("如东联络员");
  const card = { title: "通知", blocks: [] };
  await office.bot.store.write(async (w) => {
    await w.outbox.queue({ key: "lost", to: { personId: gone?.id ?? 0 }, class: "must-arrive", card }, 0);
    const row = await w.outbox.find("lost");
    if (row !== null) await w.outbox.giveUp(row, "对方已停用机器人");
  });
  const { facts, text } = await office.says("市办", "投递");
  expect(text).not.toContain("13812345678");
  expect((await office.says("市办", `投递 ${facts.rows[0].id}`)).text).toContain("13812345678");
});
