import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";
import { until } from "../support/until.ts";
import { addressOf, aVisitor, startBot } from "./console.ts";

const full = process.env.TEST_FULL === "1";
const FROM = full ? 2013 : 2016;

/** Days of four counties before 2019, none of which the demonstration has. */
function table(): Uint8Array {
  const lines = ["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h"];
  for (
    let date = Temporal.PlainDate.from({ year: FROM, month: 1, day: 1 });
    date.year < 2019;
    date = date.add({ days: 1 })
  )
    for (const county of ["海安", "如皋", "如东", "启东"]) lines.push(`${date},${county},35,60,9,30,1.0,90`);
  return new TextEncoder().encode(lines.join("\n"));
}

test("killed while a file from the console is imported: nothing of it is in, and the conversation says so at the next start", async () => {
  const file = await aDatabaseIn(aFolder());
  const raw = new Database(file, { readonly: true });
  onTestFinished(() => void raw.close());
  const ask = (sql: string) => raw.prepare(sql).pluck().get() as number;
  const office = ask("select id from person where name = '市办'");
  let bot = startBot(file);
  onTestFinished(async () => void (await bot.kill()));
  const bytes = table();
  const visitor = await aVisitor(await addressOf(bot), office);
  const sent = visitor.sends("r1", "历年.csv", bytes);
  await until(() => ask("select count(*) from import_run") === 1);
  await bot.kill();
  expect(await sent).toBeNull();
  expect(ask("select count(*) from region_day where date < '2019'")).toBe(0);

  bot = startBot(file);
  const again = await aVisitor(await addressOf(bot), office);
  const [mine, answer, ...more] = await again.reads();
  expect(mine).toBe("[文件] 历年.csv");
  expect(answer).toMatch(/未能办理.*导入“历年\.csv”时机器人中途停止，什么也没有导入。请重新发送/);
  expect(more).toEqual([]);
  expect(ask("select count(*) from import_run")).toBe(0);
  // Sent again it is imported whole; the page that lost its answer gets the one that there is.
  const answered = await again.sends("r2", "历年.csv", bytes);
  expect(await answered?.text()).toContain("已导入：历年.csv");
  expect(ask("select count(*) from region_day where date < '2019'")).toBeGreaterThan(
    (2019 - FROM) * 365 * 4 - 1,
  );
});
