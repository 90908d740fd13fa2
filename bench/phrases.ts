import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { contextOf } from "../src/bot/lantian.ts";
import { understand } from "../src/chat/phrase.ts";
import { namesOf } from "../src/office/names.ts";
import { officeOf } from "../src/office/office.ts";
import { addMembers } from "./members.ts";
import { benchOffice } from "./office.ts";
import { type Finding, halfAndNearlyAll, roundsOf, type Size, sized, takingTurns } from "./side-by-side.ts";

const PEOPLE = [50, 500, 5_000];
const PLACES = 300;
/** Characters of a long order, as one is pasted out of a letter. */
const LONG = 200;

/**
 * A phrase understood, of those that officials type (test/cases/phrases.yaml) and of a long order, in an office of many
 * people and 300 places against the demonstration's: each phrase is one measurement, so that the slowest counts.
 */
export async function phrases(size: Size): Promise<Finding[]> {
  const all = (
    parse(readFileSync(join(import.meta.dirname, "../test/cases/phrases.yaml"), "utf8")) as { say: string }[]
  )
    .map(({ say }) => say)
    .filter((_, n) => size === "whole" || n % 20 === 0);
  const long =
    `交办 海安 ${"城南路东侧工地裸土未覆盖，出入口未冲洗，6月10日检查时仍在作业；".repeat(10)}`.slice(
      0,
      LONG,
    );
  const findings: Finding[] = [];
  for (const people of sized(size, PEOPLE, [50])) {
    const ours = await sideOf(people, PLACES);
    const todays = await sideOf(0, 0);
    const rounds = roundsOf(size, 1, 3);
    const where = `${people} people, ${PLACES} places`;
    findings.push(
      ...halfAndNearlyAll(`a phrase, ${where} / today`, await measured(ours, todays, all, rounds)),
    );
    const longs = Array.from({ length: sized(size, 100, 2) }, () => `${long.slice(0, LONG - 7)} 3个工作日`);
    findings.push(
      ...halfAndNearlyAll(
        `${LONG} characters, ${where} / today`,
        await measured(ours, todays, longs, rounds),
      ),
    );
    ours.close();
    todays.close();
  }
  return findings;
}

type Side = Awaited<ReturnType<typeof sideOf>>;

async function measured(
  ours: Side,
  todays: Side,
  said: readonly string[],
  rounds: ReturnType<typeof roundsOf>,
) {
  const times = async ({ read }: Side) => said.map((phrase) => read(phrase));
  const found = await takingTurns(
    () => times(ours),
    () => times(todays),
    rounds,
  );
  return { ours: found.ours.flat(), reference: found.reference.flat() };
}

/** An office with so many further members and, where they are asked for, so many places in all. */
async function sideOf(people: number, places: number) {
  const { bot, close } = await benchOffice();
  if (people > 0)
    await addMembers(
      bot,
      "slack",
      "T1",
      Array.from({ length: people }, (_, n) => `U${n}`),
    );
  const { pack } = bot.office;
  const [pattern] = pack.regions.filter(({ kind }) => kind !== "city");
  const regions = Array.from({ length: Math.max(0, places - pack.regions.length) }, (_, n) => {
    const short = nameOf(n);
    return {
      ...pattern,
      id: `place-${n}`,
      short,
      name: `${short}县`,
      aliases: [],
      code: undefined,
      order: 100 + n,
    };
  });
  const office = officeOf({ ...pack, regions: [...pack.regions, ...(regions as typeof pack.regions)] });
  const person = await bot.store.read((r) => r.people.byName("市办"));
  const context = { ...(await contextOf(bot)), office, names: namesOf(office), person };
  /** Milliseconds that a phrase takes. */
  const read = (phrase: string) => {
    const start = performance.now();
    understand(phrase, {}, context.commands, context);
    return performance.now() - start;
  };
  return { read, close };
}

/** Names of places as there are: two characters of which neither says anything by itself. */
function nameOf(n: number): string {
  const [first, second] = ["泾桐霍枞蒙萧砀灵泗涡颍阜亳宿濉寿凤凰繁芜", "陵阳川溪丘邑浦塘坪岭冈峪峰梁堡"];
  return `${first[n % 20]}${second[Math.floor(n / 20)]}`;
}
