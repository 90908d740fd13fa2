import { afterAll, beforeAll, expect, test } from "vitest";
import { argsOf } from "../../src/chat/args.ts";
import { exampleFor } from "../../src/chat/suggestions.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// Another city and year, with two counties and three measures: nothing in the program rests on the shipped plan.
const plan = "test/packs/lanwan-2023";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ plan, at: "2023-06-12T08:30" });
});
afterAll(() => office.close());

test("its demonstration has two years of air, reports of every indicator and something to do", async () => {
  const { facts } = await office.says("市办", "东山 2023-05");
  expect(facts).toMatchObject({ county: "东山", days: { calendar: 31 }, sufficient: true });
  expect(facts.yearOnYear["PM2.5"]).not.toBeNull();
  expect(
    (await office.says("市办", "任务 2")).facts.measure.indicators.map((i: { county: string }) => i.county),
  ).toEqual(["东山", "西河"]);
  expect((await office.says("东山联络员", "今日")).text).toContain("LW-2023-000001");
});

test("its notices go out on its Mondays, to its people", async () => {
  await office.advanceTo("2023-06-12T09:00");
  const cards = await office.cardsOf("西河领导");
  expect(cards.map((card) => card.title).join()).toMatch(/空气质量周通报/);
});

test("a season that its plan defines is read, and one that it doesn't is refused", async () => {
  const { facts } = await office.says("市办", "东山 2022年秋冬季");
  expect(facts.period).toMatchObject({ from: "2022-10-01", to: "2023-03-31" });
  expect((await office.says("市办", "排名 上个采暖季")).facts.period.from).toBe("2022-11-15");
  const { code, message } = await office.says("市办", "东山 夏季");
  expect([code, message]).toEqual(["bad-period", expect.stringContaining("计划没有规定“夏季”")]);
});

test("an issue goes round the loop under its numbers and terms", async () => {
  const given = await office.says("市办", "交办 西河 “裸土未覆盖” 3个工作日");
  expect(given.facts.issue).toMatchObject({ no: "LW-2023-000003", county: "西河", due: "2023-06-15" });
  const signed = await office.presses("西河联络员", "签收");
  expect(signed.facts.issue).toMatchObject({ no: "LW-2023-000003", state: "acknowledged" });
});

/** Names of the shipped plan that a text written into the program would give away. */
const FOREIGN = /.{0,10}(南通|海安|如皋|如东|启东|崇川|港闸|通州|海门|住建|NT-).{0,10}/g;

test("no answer, refusal, form or example speaks of another city", async () => {
  const { commands, actions } = office.bot.registry;
  const today = office.bot.office.today(await office.bot.clock.now());
  const said: string[] = [];
  const others = ["市领导", "督查", "东山领导", "东山联络员", "建设联络员", "东山点位长"];
  for (const [nth, command] of commands.entries()) {
    // Beside 市办 one of the others in turn; the full run lets everybody say everything.
    const turn = process.env.TEST_FULL === "1" ? others : [others[nth % others.length] as string];
    for (const who of ["市办", ...turn]) {
      const { person } = { person: await office.bot.store.read((r) => r.people.byName(who)) };
      const example = exampleFor(person, command, { office: office.bot.office, today });
      // As the example has it, alone, and with something that means nothing.
      for (const text of [example, `/${command.name}`, `/${command.name} 某某`]) {
        const answer = await office.says(who, text);
        said.push(
          example,
          JSON.stringify(answer.code === null ? answer.card : [answer.message, answer.instead]),
        );
      }
    }
  }
  for (const text of ["", "某某", "任务 99", "任务 某某", "问题 某某", "交办 某某"]) {
    const { code, message, instead } = await office.says("市办", text);
    said.push(JSON.stringify([code, message, instead]));
  }
  for (const { args } of commands) said.push(JSON.stringify(argsOf(args).map(([, meta]) => meta)));
  for (const { fields } of actions.values())
    said.push(JSON.stringify(argsOf(fields).map(([, meta]) => meta)));
  expect(said.flatMap((text) => text.match(FOREIGN) ?? [])).toEqual([]);
});
