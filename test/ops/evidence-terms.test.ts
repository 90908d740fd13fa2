import { utimesSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { healthOf } from "../../src/bot/health.ts";
import { lackingIn } from "../../src/bot/kept-files.ts";
import { open } from "../../src/bot/router.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { readTable } from "../../src/intake/table.ts";
import { sweep } from "../../src/ops/sweep.ts";
import { thinOut } from "../../src/ops/thin-out.ts";
import { copyDatabase, holdingsOf } from "../../src/store/inspection.ts";
import { keptFilesIn } from "../../src/store/kept-files.ts";
import { readDocument } from "../output/document.ts";
import { aPdf, aPhoto, lyingBeside, sendingTo } from "../support/evidence.ts";
import { aFolder } from "../support/folder.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { readyToTransfer } from "../support/records.ts";

const NO = "NT-2020-000006";
const LIAISON = "海安联络员";
let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
/** Of files that were sent, by what the test calls them. */
const sent = new Map<string, number>();
let photo: Buffer;
let token = "";
let placing = "";

/** Sends a file and remembers its row. */
async function hands(name: string, who: string, caption: string | undefined, bytes: Uint8Array) {
  const answer = await sends(who, caption, { bytes, name });
  if (answer.code !== null) throw new Error(answer.message ?? "");
  const person = await office.bot.store.read((r) => r.people.byName(who));
  const row = await office.bot.store.read((r) => r.evidence.newestOf(person?.id ?? (0 as never)));
  sent.set(name, row?.id ?? 0);
  return answer;
}
const rowOf = (name: string) => office.bot.store.read((r) => r.evidence.byId(sent.get(name) ?? 0));
const removed = async () => {
  const names: string[] = [];
  for (const name of sent.keys()) if ((await rowOf(name))?.removedAt !== null) names.push(name);
  return names;
};
const stands = (local: string) => {
  const now = Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();
  office.bot.clock = { now: async () => now };
};
const assign = async (title: string) =>
  (await office.says("市办", "交办", { county: "海安", title, due: "30日" })).facts.issue.no as string;

/** Rows that rest on a file of no issue, whoever made them: a paper of another kind may print it. */
const RESTED_ON = ["exemption", "response", "exposure_picture"] as const;
function restOn(): void {
  const raw = new Database(office.file);
  const id = (table: (typeof RESTED_ON)[number]) => sent.get(`${table}.pdf`);
  raw.exec(`
    insert into exposure (issue_id, state, text, chosen_at) values (1, 'preparing', '裸土', 1);
    insert into exposure_picture (exposure_id, evidence_id, boxes, at)
      select max(id), ${id("exposure_picture")}, '无', 1 from exposure;
    insert into exemption (name, region_id, basis, measures, approved_by, from_day, to_day, state, proposed_at, evidence_id)
      values ('某厂', 'haian', 'grade-a', '停产', '省厅', '2020-01-01', '2020-12-31', 'listed', 1, ${id("exemption")});
    insert into response (kind, drill, document_no, issued_at, effective_from, started_at, evidence_id)
      values ('alert', 0, '1号', 1, 1, 1, ${id("response")});
  `);
  for (const table of RESTED_ON)
    expect(raw.prepare(`select count(*) from ${table} where evidence_id = ?`).pluck().get(id(table))).toBe(1);
  raw.close();
}

/**
 * An issue that was closed, with all kinds of files; one that was withdrawn; one that goes on as another, which is open; a
 * patrol; files that nobody has said anything of.
 */
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T10:00", jobs: false });
  sends = sendingTo(office);
  photo = await aPhoto(7);
  const withdrawn = await assign("材料堆场未苫盖");
  const older = await assign("东城花园工地裸土未覆盖");
  const newer = await assign("东城花园二期裸露土方没有苫盖");
  const late = await assign("道路扬尘");
  const lateToo = await assign("道路扬尘反复");
  await hands("后来-方案.pdf", "市办", late, aPdf(6));
  await hands("后来并入-方案.pdf", "市办", lateToo, aPdf(7));
  await office.says("市办", `并案 ${lateToo} ${late}`);
  await hands("撤回-方案.pdf", "市办", withdrawn, aPdf(1));
  await hands("撤回-现场.jpg", "市办", `${withdrawn} 整改前`, await aPhoto(20));
  await hands("并案-情况.pdf", "市办", newer, aPdf(2));
  await hands("在办-情况.pdf", "市办", older, aPdf(3));
  await office.says("市办", `撤回 ${withdrawn} 重复交办`);
  await office.says("市办", `并案 ${newer} ${older}`);
  for (const [i, table] of RESTED_ON.entries()) await hands(`${table}.pdf`, LIAISON, undefined, aPdf(10 + i));
  restOn();
  const asked = await hands("没说明.pdf", LIAISON, undefined, aPdf(4));
  placing = asked.token(asked.labels.find((label) => label.includes(older)) ?? "");
  await hands("巡查.jpg", "海安点位长", "巡查 无问题", photo);

  await office.says(LIAISON, NO);
  await office.presses(LIAISON, "签收");
  await hands("整改前.jpg", LIAISON, `${NO} 整改前`, await aPhoto(40));
  await hands("整改后.jpg", LIAISON, `${NO} 整改后`, await aPhoto(60));
  await hands("整改方案.pdf", LIAISON, NO, aPdf(5));
  await hands("补充.jpg", LIAISON, `${NO} 补充`, await aPhoto(80));
  await office.says(LIAISON, NO);
  await office.presses(LIAISON, "提交整改", { measures: "裸土已全部覆盖" });
  await office.says("海安领导", NO);
  await office.presses("海安领导", "县级确认", {});
  await office.says("督查", NO);
  await office.presses("督查", "复核通过");
  const card = await office.says("市办", `照片 ${NO}`);
  token = card.card.files?.find(({ name }) => name === "整改方案.pdf")?.token ?? "";
  // Ended a year after its files came, and so did what another one went on as.
  stands("2021-03-01T10:00");
  await office.says("市办", `撤回 ${late} 重复交办`);
  for (const name of sent.keys()) expect([name, (await rowOf(name))?.removedAt]).toEqual([name, null]);
});
afterAll(() => office.close());

test("within the term every file stays; the term counts from the end of the issue", async () => {
  stands("2030-06-13T09:00");
  expect(await thinOut(office.bot)).toMatchObject({ files: 0 });
});

test("after it files go that no paper shows: not those of what goes on, nor the pictures of orders and slips", async () => {
  stands("2030-06-20T09:00");
  const lasting = (await rowOf("整改方案.pdf"))?.sha256 ?? "";
  expect(await thinOut(office.bot, { bite: 2 })).toMatchObject({ files: 5 });
  expect((await removed()).toSorted()).toEqual(
    ["撤回-方案.pdf", "没说明.pdf", "巡查.jpg", "整改方案.pdf", "补充.jpg"].toSorted(),
  );
  // What is known of each stays, and the audit says how many it were.
  expect(await rowOf("整改方案.pdf")).toMatchObject({
    name: "整改方案.pdf",
    sha256: lasting,
    kind: "document",
  });
  const audited = await office.bot.store.read((r) => r.audit.latest(3));
  expect(audited.map(({ act, detail }) => [act, JSON.parse(detail).files])).toEqual([
    ["rows.thin", 1],
    ["rows.thin", 2],
    ["rows.thin", 2],
  ]);
});

test("the next sweep takes their bytes, and nothing of it counts as missing", async () => {
  const before = lyingBeside(office.file).length;
  const all = await office.bot.store.read(keptFilesIn);
  for (const sha256 of lyingBeside(office.file)) utimesSync(office.bot.vault.placeOf(sha256), 0, 0);
  expect(await sweep(office.bot)).toBe(5);
  expect(lyingBeside(office.file)).toHaveLength(before - 5);
  expect(await lackingIn(office.bot.vault, all)).toEqual([]);
  const health = await healthOf(office.bot, Temporal.PlainDate.from("2030-06-20"));
  expect(health.parts.find(({ name }) => name === "kept files")).toMatchObject({ ok: true });
});

const GONE = "已按期限清理（2030年6月20日）";

test("whoever opens one that is gone reads when it went, from an old card as well", async () => {
  const card = await office.says("市办", `照片 ${NO}`);
  expect(card.text).toContain(`整改方案.pdf，${GONE}`);
  expect(card.card.files?.map(({ name }) => name)).toEqual(["整改前.jpg", "整改后.jpg"]);
  expect(card.facts.evidence).toContainEqual(
    expect.objectContaining({ name: "补充.jpg", removedAt: expect.stringMatching(/^2030-06-20T/) }),
  );
  expect((await office.says("市办", `问题 ${NO}`)).text).toContain(`其中2份${GONE}`);
  const opened = await open(office.bot, await office.speakerOf("市办"), token);
  expect(isRefusal(opened) && opened.message).toMatch(new RegExp(`^整改方案.pdf${GONE}，登记信息和校验码`));
});

test("the slip is made as before; the ledger, and the sheet of patrols, say what is gone", async () => {
  await office.says("市办", `公文 ${NO}`);
  expect((await office.opens("市办", `${NO}销号单.docx`)).bytes.byteLength).toBeGreaterThan(1000);
  await office.says("市办", "问题 全部 导出");
  expect(await cellsOf("市办", "问题台账.xlsx")).toContain(
    `整改前.jpg；整改后.jpg；整改方案.pdf，${GONE}；补充.jpg，${GONE}`,
  );
  const name = (await office.says("海安点位长", "巡查 2020年6月")).card.files?.at(-1)?.name ?? "";
  expect(await cellsOf("海安点位长", name)).toContain(`1张，其中1张${GONE}`);
});

/** All that a workbook says. */
async function cellsOf(who: string, name: string): Promise<string> {
  const sheets = await readTable((await office.opens(who, name)).bytes, "表.xlsx");
  if ("refusal" in sheets) throw new Error(sheets.refusal);
  return JSON.stringify(sheets);
}

test("a picture that is sent again is known by its hash, and the remark says that the other is gone", async () => {
  const next = await assign("新的堆场");
  await sends(LIAISON, `${next} 整改前`, { bytes: await aPhoto(80), name: "又是.jpg" });
  const { text } = await office.says("市办", `照片 ${next}`);
  expect(text).toContain(`与${NO}其他相同，那份${GONE}`);
});

test("a file that is gone is put to nothing any more, whatever button still names it", async () => {
  const { code, message } = await office.presses(LIAISON, placing);
  expect([code, message]).toEqual(["no-data", `没说明.pdf${GONE}，请重新发送。`]);
});

test("a transfer of what has come back lists it with its hashes, and encloses what is there", async () => {
  await office.says("市办", `问题 ${NO} 更多`);
  await office.presses("市办", "重新整改（反弹）", { text: "再次裸露", due: "5个工作日" });
  await readyToTransfer(office, NO);
  await office.says("市办", `移送 ${NO} “拒不整改”`);
  const card = (await office.cardsOf("市领导")).findLast(({ files = [] }) => files.some(isBundle));
  const made = await office.opens("市领导", card?.files?.find(isBundle)?.name ?? "");
  const files = unzipSync(made.bytes);
  expect(Object.keys(files).filter((name) => name.includes("整改方案.pdf"))).toEqual([]);
  const list = readDocument(files["证据清单.docx"] as Uint8Array);
  expect(list.tables.flat(2).join()).toContain(`整改方案.pdf\n${GONE}`);
});
const isBundle = ({ name }: { name: string }) => name.endsWith("移送材料.zip") || name.includes("移送材料");

test("a database from before files had a term names all that its vault has to hold", async () => {
  const older = join(aFolder(), "older.db");
  await copyDatabase(office.file, older);
  const raw = new Database(older);
  raw.exec("drop trigger evidence_no_update; alter table evidence drop column removed_at");
  raw.close();
  const { files } = await holdingsOf(older);
  expect(files.map(({ name }) => name)).toContain("整改方案.pdf");
});
