import { afterEach, beforeEach, expect, test } from "vitest";
import { type BroughtIn, importFile } from "../../src/incoming/import-file.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const HEAD = "编号,来源,县区,点位,问题描述,交办时间,整改时限,状态,销号时间";
const ledger = (...rows: string[]) => ({
  name: "台账.csv",
  bytes: new TextEncoder().encode([HEAD, ...rows].join("\n")),
});
const SITES = "东城花园 西郊家园 学府佳苑 滨江新城 凤山公馆".split(" ");
const row = (at: number, { county = "海安", site = SITES[at], state = "整改中", closed = "" } = {}) =>
  `督〔2020〕${at}号,部门督查,${county},${site},工地裸土未覆盖,2020-06-12,2020-06-28,${state},${closed}`;

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
});
afterEach(() => office.close());

async function brings(...rows: string[]): Promise<BroughtIn> {
  const person = await office.bot.store.read((r) => r.people.byName("市办"));
  const result = await importFile(office.bot, ledger(...rows), { person, partial: false });
  if ("code" in result) throw new Error(JSON.stringify(result));
  // Sends what is queued; the clock stands still, so that nothing else falls due.
  await office.says("市办", "帮助");
  return result;
}
const issueOf = async (no: string) => (await office.says("市办", `问题 ${no}`)).facts.issue;
const [SEVEN, EIGHT] = ["NT-2020-000007", "NT-2020-000008"] as const;

test("a ledger that nobody has acted on goes as a batch: withdrawn, on record, its unit told; and comes in again", async () => {
  const rows = [row(0), row(1, { county: "如皋" })];
  const { batch } = await brings(...rows);
  await office.expectCards([
    { to: "海安联络员", title: /^新的交办/ },
    { to: "如皋联络员", title: /^新的交办/ },
  ]);
  const done = await office.says("市办", `撤回导入 ${batch} 发错了文件`);
  expect(done.text).toMatch(/撤回2件问题，留在“问题 已撤回”里.*可以重新导入/);
  expect(done.facts).toMatchObject({ batch, kind: "issues", removed: 2, restored: 0 });
  await office.expectCards([
    { to: "海安联络员", title: /交办已撤回：工地裸土未覆盖/ },
    { to: "如皋联络员", title: /交办已撤回：工地裸土未覆盖/ },
  ]);
  const issue = await issueOf(SEVEN);
  expect(issue.state).toBe("withdrawn");
  expect(issue.history.at(-1)).toMatchObject({
    step: "撤回",
    by: "市办",
    text: `撤回第${batch}号导入：发错了文件`,
  });
  expect((await office.says("市办", "问题 已撤回")).facts.total).toBe(2);
  expect((await office.says("市办", `撤回导入 ${batch}`)).code).toBe("already-done");

  const again = await brings(...rows);
  expect(again).toMatchObject({ added: 2, unchanged: 0, sameAs: null });
  expect((await issueOf("NT-2020-000009")).state).toBe("assigned");
  expect((await office.says("市办", `撤回导入 ${again.batch}`)).code).toBeNull();
});

test("of more than three orders everybody gets one list", async () => {
  const { batch } = await brings(...SITES.map((_, at) => row(at)));
  await office.expectCards([{ to: "海安联络员", title: "新的交办：5件" }]);
  await office.says("市办", `撤回导入 ${batch} 重复`);
  await office.expectCards([{ to: "海安联络员", title: "交办已撤回：5件" }]);
  const [list] = (await office.cardsOf("海安联络员")).reverse();
  expect(JSON.stringify(list?.blocks)).toContain(`撤回第${batch}号导入：重复`);
});

test("what has come in as history goes without waking anybody", async () => {
  const { batch } = await brings(row(0, { state: "已销号", closed: "2020-06-14" }));
  expect((await issueOf(SEVEN)).state).toBe("closed");
  await office.says("市办", `撤回导入 ${batch}`);
  await office.expectCards([]);
  expect((await issueOf(SEVEN)).state).toBe("withdrawn");
  expect(await brings(row(0, { state: "已销号", closed: "2020-06-14" }))).toMatchObject({ added: 1 });
});

test("once somebody has acted on one of them the batch stands, and the answer names which", async () => {
  const { batch } = await brings(row(0), row(1, { county: "如皋" }));
  await office.presses("如皋联络员", "签收");
  const refused = await office.says("市办", `撤回导入 ${batch}`);
  expect(refused).toMatchObject({ code: "conflict", message: expect.stringContaining(EIGHT) });
  expect(refused.message).not.toContain(SEVEN);
  expect((await issueOf(SEVEN)).state).toBe("assigned");
});

test("what the clock reports is nothing that somebody did", async () => {
  const late = row(0).replace("2020-06-28", "2020-06-13");
  const { batch } = await brings(late);
  await office.advanceTo("2020-06-16T13:00");
  expect((await issueOf(SEVEN)).history.length).toBeGreaterThan(1);
  expect((await office.says("市办", `撤回导入 ${batch}`)).code).toBeNull();
  expect((await issueOf(SEVEN)).state).toBe("withdrawn");
});

test("a correction is taken back first, and the ledger before it is what counts again", async () => {
  const first = await brings(row(0));
  const second = await brings(row(0, { site: "东城花园二期" }));
  expect(second).toMatchObject({ corrected: 1 });
  expect((await office.says("市办", `撤回导入 ${first.batch}`)).message).toContain(SEVEN);
  expect((await office.says("市办", `撤回导入 ${second.batch}`)).facts).toMatchObject({
    removed: 0,
    restored: 1,
  });
  expect(await issueOf(SEVEN)).toMatchObject({ place: "东城花园", state: "assigned" });
  expect(await brings(row(0))).toMatchObject({ unchanged: 1 });
  expect((await office.says("市办", `撤回导入 ${first.batch}`)).code).toBeNull();
});
