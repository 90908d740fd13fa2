import { afterEach, beforeEach, expect, test } from "vitest";
import type { Card } from "../../src/chat/card.ts";
import { aStage, type Stage } from "./loop/stage.ts";

// What one person gets at one time about several issues is one message, and a newer reminder takes the place of the one before.

let stage: Stage;
beforeEach(async () => {
  stage = await aStage("2020-06-15T09:00", { jobs: false });
  stage.emptied();
});
afterEach(() => stage.close());

type Sent = { to: string; title: string; card: string; kind: "post" | "edit" };
/** What has gone out to a person by the issues' clock, and what was drawn anew for them. */
const sentTo = (name: string): (Omit<Sent, "card"> & { card: Card })[] =>
  (
    stage.raw
      .prepare(
        `select person.name as "to", outbox.title, card, kind from outbox join outbox_card on outbox_id = outbox.id
         join person on person.id = person_id
         where person.name = ? and (job = 'issue-deadlines' or kind = 'edit') order by outbox.id`,
      )
      .all(name) as Sent[]
  ).map((row) => ({ ...row, card: JSON.parse(row.card) as Card }));
const posts = (name: string) => sentTo(name).filter(({ kind }) => kind === "post");
const late = async (count: number, differs: Parameters<Stage["issueIn"]>[1] = {}) => {
  const due = "2020-06-16";
  for (let n = 0; n < count; n++)
    await stage.issueIn("rectifying", { title: `裸土${n}`, due, firstDue: due, supervisedAt: 1, ...differs });
};

test("60 overdue issues are one list for the office, with a way to all of them", async () => {
  await late(60);
  await stage.office.advanceTo("2020-06-19T09:00");
  const [list, ...others] = posts("市办");
  expect(others).toEqual([]);
  expect(list?.title).toBe("整改超期（报市办）：60件");
  const table = list?.card.blocks.find((block) => block.kind === "table");
  expect(table?.kind === "table" && table.rows.length).toBe(20);
  expect(list?.card.facts).toMatchObject({ total: 60 });
  expect(list?.card.buttons?.map(({ label }) => label)).toEqual(["全部超期", "今日待办"]);
  await stage.office.presses("市办", "全部超期");
  expect((await stage.office.says("市办", "问题 超期")).facts.total).toBe(60);
});

test("reminders, reports and proposals of one morning are one message", async () => {
  await late(1);
  await stage.issueIn("reviewing", { title: "油烟", confirmedAt: Date.parse("2020-06-12T02:00:00Z") });
  await stage.office.advanceTo("2020-06-19T09:00");
  expect(posts("市办").map(({ title }) => title)).toEqual(["问题办理提醒（2件）"]);
  expect(JSON.stringify(posts("市办")[0]?.card.blocks)).toContain("整改超期（报市办）1件，待复核提醒1件");
});

test("what is grave, reaches the top or waits for a decision counts against nothing; the rest does", async () => {
  await late(1);
  await stage.issueIn("rectifying", {
    title: "焚烧",
    level: "重大",
    due: "2020-06-26",
    regionId: "rudong",
    departmentId: null,
  });
  await stage.office.advanceTo("2020-06-23T09:00");
  const weights = stage.raw
    .prepare(
      `select distinct person.name, uncounted from outbox join person on person.id = person_id
       where job = 'issue-deadlines' and kind = 'post' and person.name in ('海安联络员', '督查', '如东联络员') order by 1`,
    )
    .raw()
    .all();
  expect(weights).toEqual([
    ["如东联络员", "urgent"],
    ["海安联络员", null],
    ["督查", "top-rung"],
  ]);
});

test("a newer reminder leaves one line of the one before, and no later change draws that anew", async () => {
  await late(1);
  await stage.office.advanceTo("2020-06-17T09:00");
  const folded = () => sentTo("海安联络员").filter(({ title }) => title === "已有新的提醒").length;
  // The reminder of the day itself has been replaced.
  expect(posts("海安联络员").map(({ title }) => title.split("：")[0])).toEqual([
    "今日到期提醒",
    "整改超期提醒（已超期1天）",
  ]);
  expect(folded()).toBe(1);
  await stage.office.advanceTo("2020-06-18T09:00");
  expect(folded()).toBe(2);
  const cards = await stage.office.cardsOf("海安联络员");
  expect(cards.filter(({ title }) => title === "已有新的提醒")).toHaveLength(2);
  expect(cards.at(-1)?.title).toBe("整改超期提醒（已超期2天）：裸土0");
  // Nothing draws the folded lines anew, not even what is drawn on every card of the issue.
  const shown = stage.raw.prepare(
    "select count(*) from message where subject is not null and card like '%已有新的提醒%'",
  );
  expect(shown.pluck().get()).toBe(0);
});

test("a list stays until newer messages say all of it", async () => {
  await late(2);
  await stage.office.advanceTo("2020-06-17T09:00");
  const folded = () => sentTo("海安联络员").filter(({ title }) => title === "已有新的提醒").length;
  const before = folded();
  // One of the two is handed in: the other's reminder says only half of the list.
  const other = stage.raw.prepare("select * from issue where title = '裸土1'").get() as {
    id: number;
    version: number;
    no: string;
  };
  await stage.office.photographs("海安联络员", other.no);
  expect(await stage.presses("海安联络员", "submit", other, { measures: "已覆盖" })).toBeNull();
  await stage.office.advanceTo("2020-06-18T09:00");
  expect(posts("海安联络员").at(-1)?.title).toBe("整改超期提醒（已超期2天）：裸土0");
  expect(folded()).toBe(before);
});
