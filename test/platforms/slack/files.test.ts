import { afterAll, beforeAll, expect, test } from "vitest";
import { workbook, zip } from "../../intake/xlsx-builder.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

let here: SlackOffice;
let office: string;
beforeAll(async () => {
  here = await aSlackOffice();
  office = await here.link("市办");
});
afterAll(() => here.close());

const head = ["日期", "县区", "站点", "PM2.5", "PM10", "SO2", "NO2", "CO", "O3_8h"];
const csv = `${head.join(",")}\n2020-06-14,海安,,35,70,9,28,0.8,101\n`;
const type = "application/octet-stream";
let serial = 0;

const sends = async (
  user: string,
  name: string,
  bytes: Uint8Array | string,
  over: { size?: number; url?: string; type?: string } = {},
) => {
  serial += 1;
  const content = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  const url = over.url ?? here.slack.addFile(`F${serial}`, { bytes: content, type: over.type ?? type });
  const file = {
    id: `F${serial}`,
    name,
    size: over.size ?? content.length,
    mode: "hosted",
    url_private: url,
  };
  await here.sends.message(user, "", { subtype: "file_share", files: [file] });
  await here.settled();
  return here.seen(here.slack.directTo(user).at(-1)?.blocks);
};

test("the office sends a table: it is fetched, brought in and reported", async () => {
  expect(await sends(office, "日报.csv", csv)).toMatch(/已导入：日报\.csv.*读入.*1行/s);
  const rows = [head, ["2020-06-14", "海安", null, 35, 70, 9, 28, 0.8, 101]];
  // The same values once more, as a workbook: nothing changes.
  expect(await sends(office, "日报.xlsx", workbook({ 数据: rows }))).toMatch(/未变.*1/s);
});

test("what was imported is taken back by a button of the list, whose form asks why", async () => {
  const before = await here.bot.store.read((r) => r.air.days("rugao", "2020-06-14", "2020-06-14"));
  expect(await sends(office, "误发.csv", csv.replace("海安", "如皋"))).toMatch(/导入编号/);
  await here.sends.message(office, "撤回导入");
  await here.settled();
  const { blocks } = here.slack.directTo(office).at(-1) ?? { blocks: [] };
  const [batch] = await here.bot.store.read((r) => r.batches.latest(1));
  await here.sends.press(office, blocks, `撤回 ${batch?.id}`, { channel: here.slack.directId(office) });
  await here.settled();
  await here.sends.submit(office, here.slack.views.at(-1)?.view, { reason: "发错了文件" });
  await here.settled();
  expect(await here.bot.store.read((r) => r.air.days("rugao", "2020-06-14", "2020-06-14"))).toEqual(before);
  expect(await here.bot.store.read((r) => r.batches.latest(1))).toMatchObject([
    { withdrawnWhy: "发错了文件" },
  ]);
});

test.each([
  ["an unknown kind", "报告.docx", "x", /不能接收这种文件/, {}],
  ["a picture that calls itself a table", "图.xlsx", "\x89PNG\r\n", /没有导入/, {}],
  ["an old workbook", "台账.xls", "x", /是旧版Excel文件.*另存为/, {}],
  ["a workbook of WPS", "台账.et", "x", /是WPS表格文件.*另存为/, {}],
  ["too large by its own word", "大.csv", csv, /超过15 MB/, { size: 16 * 1024 * 1024 }],
  [
    "a bomb",
    "炸.xlsx",
    zip([{ name: "xl/worksheets/sheet1.xml", content: "0".repeat(50_000_000) }]),
    /没有导入/,
    {},
  ],
  ["a sign-in page in its place", "页.csv", "<html>", /读不到/, { type: "text/html" }],
  ["a file elsewhere", "外.csv", csv, /不在Slack上/, { url: "https://evil.example/外.csv" }],
  [
    "a file on a host that only looks like Slack's",
    "似.csv",
    csv,
    /不在Slack上/,
    { url: "https://slack.com.evil.example/x" },
  ],
] as const)("%s is refused with a reason", async (_, name, bytes, reason, over) => {
  expect(await sends(office, name, bytes, over)).toMatch(reason);
});

test("a file that is larger than it said is given up while it comes", async () => {
  expect(await sends(office, "谎.csv", new Uint8Array(16 * 1024 * 1024), { size: 10 })).toMatch(/超过15 MB/);
});

test("a table of anybody else is no import, and of a stranger it isn't even fetched", async () => {
  const liaison = await here.link("海安联络员");
  expect(await sends(liaison, "日报.csv", csv)).toContain("不能导入日均空气数据");
  expect(await sends(here.slack.addUser("U0STRANGER"), "日报.csv", csv)).toContain("还没有绑定");
  expect(here.slack.fileCalls).not.toContain(`F${serial}`);
  const audit = await here.bot.store.read((r) => r.audit.latest(10));
  const theirs = audit.filter(({ act, actor }) => act === "import" && actor !== "市办");
  expect(theirs.map(({ actor, outcome }) => [actor, outcome])).toEqual([["海安联络员", "denied"]]);
});

test("the token goes to Slack only, and is neither stored nor told", () => {
  expect(here.faults).toEqual([]);
  expect(JSON.stringify([...here.slack.channels.values()].map((c) => c.messages))).not.toContain("xoxb-");
});

test("a table that isn't told for sure has its columns chosen in a modal, one select for each that is needed", async () => {
  const table = "日期,县区,PM2.5,细颗粒物,PM10,SO2,NO2,CO,O3_8h\n2020-06-13,海安,31,32,55,8,20,0.7,120\n";
  expect(await sends(office, "两列.csv", table)).toMatch(
    /请核对：两列\.csv.*“PM2\.5”和“细颗粒物”都像PM2\.5/s,
  );
  const where = { channel: here.slack.directId(office) };
  const newest = () => here.slack.directTo(office).at(-1)?.blocks ?? [];
  await here.sends.press(office, newest(), "改列", where);
  await here.settled();
  const { view } = here.slack.views.at(-1) ?? {};
  // biome-ignore lint/suspicious/noExplicitAny: a view as Slack shows it
  const inputs = view.blocks.filter((block: any) => block.type === "input");
  // biome-ignore lint/suspicious/noExplicitAny: a view as Slack shows it
  const standing = inputs.map((block: any) => [block.block_id, block.element.initial_option?.value]);
  const chosen = Object.fromEntries(standing.filter(([, value]: string[]) => value !== undefined));
  expect(Object.values(chosen)).toContain("第3列 PM2.5");
  const pm25 = standing.find(([, value]: string[]) => value === "第3列 PM2.5")?.[0];
  await here.sends.submit(office, view, { ...chosen, [pm25]: "第4列 细颗粒物" });
  await here.settled();
  expect(here.seen(newest())).toMatch(/请核对：两列\.csv.*细颗粒物/s);
  await here.sends.press(office, newest(), "确认", where);
  await here.settled();
  expect(here.seen(newest())).toContain("已导入：两列.csv");
  const [day] = await here.bot.store.read((r) => r.air.days("haian", "2020-06-13", "2020-06-13"));
  expect(day).toMatchObject({ "PM2.5": 32 });
  expect(here.slack.refusals).toEqual([]);
});
