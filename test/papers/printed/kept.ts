import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { contextOf } from "../../../src/bot/lantian.ts";
import { makePaperFiles } from "../../../src/papers/make-files.ts";
import { importText } from "../../support/import-text.ts";
import { full, office, papersOf } from "./story.ts";

/** Makes the files of all issued papers; not in the full run those that go with the newest of each kind. */
async function makeFiles(): Promise<void> {
  if (full) {
    while ((await makePaperFiles({ ...office.bot, context: await contextOf(office.bot) })) > 0);
    return;
  }
  const newest = new Map((await papersOf()).map(({ row }) => [row.kind, row]));
  for (const { id } of newest.values()) {
    const { card } = await office.says("市办", `文件 ${id}号`);
    for (const { name } of card.files ?? []) if (!/第\d+页/.test(name)) await office.opens("市办", name);
  }
}

/** Every issued paper as it stands: its figures, and the files that were made of it. */
async function keptOf() {
  const papers = (await papersOf()).filter(({ row }) => row.state === "issued");
  const kept = new Map<string, unknown>();
  for (const { row, print } of papers) {
    const files = await office.bot.store.read((r) => r.officialPapers.files(row.id));
    const hashes = files.map(async ({ look, sha256 }) => {
      const bytes = await office.bot.vault.read(sha256);
      return [look, createHash("sha256").update(bytes).digest("hex")];
    });
    kept.set(`${row.id} ${row.title}`, { state: row.state, print, files: await Promise.all(hashes) });
  }
  return kept;
}

test("after a correction the old papers are the same bytes, and are listed with the old and the new value", async () => {
  await makeFiles();
  const before = await keptOf();
  const files = [...before.values()].flatMap((one) => (one as { files: unknown[] }).files);
  expect(files.length).toBeGreaterThan(full ? 200 : 12);
  const weekly = (await papersOf("weekly-notice")).at(-1);
  const { firstDay = "", lastDay = "" } = weekly?.row ?? {};
  const printed = weekly?.figures.find(({ of, figure }) => of === "海安" && figure.includes("PM2.5"));
  const result = await importText(office, [
    "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h",
    `${firstDay},海安,148,180,8,30,0.7,90`,
  ]);
  if (!("affected" in result)) throw new Error(JSON.stringify(result));
  const affected = result.affected.find(({ no }) => no === `${weekly?.row.id}号`);
  const change = affected?.changes?.find(({ of, figure }) => of === "海安" && figure === printed?.figure);
  const now = (await office.says("市办", `海安 ${firstDay}..${lastDay}`)).facts.pollutants["PM2.5"].value;
  expect(change).toEqual({ of: "海安", figure: printed?.figure, printed: printed?.value, now: String(now) });
  expect(String(now)).not.toBe(printed?.value);
  await makeFiles();
  expect(await keptOf()).toEqual(before);
});
