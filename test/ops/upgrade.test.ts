import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { anOffice } from "../support/office.ts";
import { anOldDatabase } from "../support/old-database.ts";

const issuesIn = (file: string) => {
  const raw = new Database(file, { readonly: true });
  const rows = raw.prepare("select no, title, state from issue order by id").all() as {
    no: string;
    title: string;
    state: string;
  }[];
  raw.close();
  return rows;
};

test("an office of the first version is brought up to date by its start, and goes on: nothing is gone, questions and orders are answered", async () => {
  const { file, raw } = anOldDatabase();
  raw.close();
  const before = issuesIn(file);
  expect(before.length).toBeGreaterThan(5);

  const office = await anOffice({ database: file, demoData: false, at: "2020-07-20T10:00" });
  onTestFinished(() => office.close());
  expect(issuesIn(file)).toEqual(before);
  const [name] = (await office.bot.store.read((r) => r.people.withRoles(["office"]))).map((one) => one.name);
  const who = name ?? "";
  for (const { no, title } of before) expect((await office.says(who, `问题 ${no}`)).text).toContain(title);
  const order = await office.says(who, "交办 海安 “升级以后交办的” 3个工作日");
  expect(order.code).toBeNull();
  expect(issuesIn(file).at(-1)?.title).toBe("升级以后交办的");
  expect(issuesIn(file).at(-1)?.no).not.toBe(before.at(-1)?.no);
  expect(await office.bot.store.read((r) => r.audit.firstBroken())).toBeNull();
});
