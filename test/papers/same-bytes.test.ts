import { afterAll, beforeAll, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-14T08:00" });
  await office.advanceTo("2020-06-15T09:05");
});
afterAll(() => office.close());

/** What somebody is answered and every file of it, each opened. */
async function asked(phrase: string) {
  const { card, text } = await office.says("海安联络员", phrase);
  const files = [];
  for (const { name } of card.files ?? [])
    files.push({
      name,
      bytes: Buffer.from((await office.opens("海安联络员", name)).bytes).toString("base64"),
    });
  return { text, files };
}

test("a weekly notice asked for again is the same text and the same bytes, whatever its days have become", async () => {
  const paper = await office.bot.store.read((r) => r.officialPapers.ofKey("weekly-notice", "2020-06-08"));
  const ways = ["周通报 上周", "周通报 上周 Word", `文件 ${paper?.id}号`];
  const before = [];
  for (const way of ways) before.push(await asked(way));
  expect(new Set(before.flatMap(({ files }) => files.map(({ name }) => name.split(".").at(-1))))).toEqual(
    new Set(["png", "docx", "xlsx"]),
  );
  await importText(office, [
    "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h",
    ...["2020-06-08", "2020-06-10", "2019-06-10", "2020-03-01"].map(
      (day) => `${day},海安,148,180,8,30,0.7,190`,
    ),
  ]);
  expect((await office.says("海安联络员", "海安 上周")).text).not.toContain(
    before[0]?.text.match(/海安：PM2.5 \d+/)?.[0] ?? "",
  );
  const after = [];
  for (const way of ways) after.push(await asked(way));
  expect(after).toEqual(before);
}, 60_000);
