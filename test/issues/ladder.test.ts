import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { aStage } from "./loop/stage.ts";

// What becomes of an issue while nobody does anything: exactly the messages that the office expects, and no others.

const { ladder } = parse(readFileSync("test/cases/figures.yaml", "utf8")) as {
  ladder: { at: string; says: string; rung?: 1 | 2 | 3; to: string[] }[];
};
const REPORTED = { 1: "报县区领导", 2: "报市办", 3: "报市攻坚办" };
/** “整改超期提醒” comes on the 2nd and the 4th working day again, then once a week. */
const AGAIN = ["2020-07-02T09:00", "2020-07-06T09:00", "2020-07-13T09:00"];

/** When, and what is said, without to whom. */
const moment = (line: string) => line.replace(/^(\S+) \S+ /, "$1 ");
/** The example of docs/issues.md is this very issue. */
function documented(): string[] {
  const [, example = ""] = readFileSync("docs/issues.md", "utf8").split("## An example");
  const rows = example.split("\n").filter((line) => line.startsWith("| 2020-"));
  return rows.map((row) => {
    const [at = "", , says = ""] = row.slice(2).split(" | ");
    return `${at.replace(" ", "T")} ${says}`;
  });
}

test("an order that nobody looks at is reminded of and reported, each ladder by itself", async () => {
  const stage = await aStage("2020-06-15T09:00", { jobs: false });
  stage.emptied();
  await stage.office.says("市办", "交办 海安 “裸土未覆盖” 6月30日");
  await stage.office.advanceTo("2020-07-14T18:00");
  const sent = stage.raw
    .prepare(
      `select person.name as "to", outbox.title, outbox.created_at as at from outbox join person on person.id = person_id
       where job = 'issue-deadlines' and kind = 'post' order by outbox.id`,
    )
    .all() as { to: string; title: string; at: number }[];
  const got = sent.map(({ to, title, at }) => {
    const local = new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
    return `${local} ${to} ${title.split("：")[0]?.replace(/（已超期\d+天）/, "")}`;
  });
  const expected = ladder.flatMap(({ at, says, rung, to }) =>
    to.map((name) => `${at} ${name} ${says}${rung === undefined ? "" : `（${REPORTED[rung]}）`}`),
  );
  expect(new Set(got.map(moment))).toEqual(new Set(documented()));
  expect(got.toSorted()).toEqual(
    [...expected, ...AGAIN.map((at) => `${at} 海安联络员 整改超期提醒`)].toSorted(),
  );
  expect(
    sent.filter(({ title }) => title.includes("已超期")).map(({ title }) => title.split("：")[0]),
  ).toEqual([
    "整改超期提醒（已超期1天）",
    "整改超期提醒（已超期2天）",
    "整改超期提醒（已超期6天）",
    "整改超期提醒（已超期13天）",
  ]);
  stage.close();
});
