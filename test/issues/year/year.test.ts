import { expect, test } from "vitest";
import type { Card } from "../../../src/chat/card.ts";
import { dayOf, local, plusDays } from "../loop/days.ts";
import { aStage, type Stage } from "../loop/stage.ts";
import type { Told } from "./calendar.ts";
import { playsCourse } from "./course.ts";

// A random office: what the bot has reminded of and reported, when and to whom, is what an independent calendar says.

const full = process.env.TEST_FULL === "1";
const first = Number(process.env.TEST_SEED ?? 1);
const SEEDS = full ? [0, 1, 2, 3, 4].map((n) => first + n) : [first];
const [FROM, TO] = full ? ["2020-01-06", "2020-12-28"] : ["2020-07-13", "2020-08-06"];
const STOPS = 3;
const PER_WEEK = 10;

type Sent = { id: number; to: string; title: string; card: string; at: number };

/** Everything that the issues' clock has for people, as it was when it was written. */
function watch({ raw }: Stage) {
  raw.exec(`
    create table said as select outbox.*, card from outbox join outbox_card on outbox_id = outbox.id where 0;
    create trigger said after insert on outbox_card begin
      insert into said select outbox.*, new.card from outbox where id = new.outbox_id and job = 'issue-deadlines'
        and kind = 'post' and key like 'issue-deadlines/%'; end`);
  return () =>
    raw
      .prepare(
        `select said.id, person.name as "to", said.title, said.card, said.created_at as at
         from said join person on person.id = said.person_id order by said.id`,
      )
      .all() as Sent[];
}

const wordsOf = (text: string) =>
  text
    .replace(/（已[超等]期?\d+天）/g, "")
    .split("、")
    .toSorted();
const numberIn = (text: string) => Number(/第(\d+)件/.exec(text)?.[1]);
const SPOT_CHECK = "抽查任务提醒";

/** What a message says of each issue; of a long list the first twenty. */
function saidBy({ title, card, to, at }: Sent): { lines: Told[]; total: number } {
  const { blocks, facts } = JSON.parse(card) as Card;
  const table = blocks.find((block) => block.kind === "table");
  const isList = facts?.total !== undefined && table?.kind === "table";
  const rows = isList
    ? table.rows.map((row) => [String(row[1]), String(row[2])])
    : [[title, title.split("：")[0]]];
  const lines = rows
    .map(([about = "", words = ""]) => ({ at, to, n: numberIn(about), words: wordsOf(words) }))
    // What the bot gives out by itself (dustfall over its limit) is none of the course's.
    .filter(({ n, words }) => !Number.isNaN(n) && !words.includes(SPOT_CHECK));
  return { lines, total: isList ? Number(facts?.total) - (rows.length - lines.length) : lines.length };
}

const line = ({ at, to, n, words }: Told) => `${local(at)} ${to} 第${n}件 ${words.join("、")}`;

/** What both say must be the same; of a list longer than what it shows, what it shows and how many there are. */
function expectSame(told: readonly Told[], sent: readonly Sent[]) {
  const key = ({ at, to }: { at: number; to: string }) => `${at} ${to}`;
  const due = Map.groupBy(told, key);
  const missing: string[] = [];
  const unexpected: string[] = [];
  // What comes about between two looks of one instant, such as by a step, is a message of its own.
  for (const [at, messages] of Map.groupBy(sent, key)) {
    const said = messages.map(saidBy);
    const own = (due.get(at) ?? []).map(line);
    due.delete(at);
    const shown = said.flatMap(({ lines }) => lines.map(line));
    const total = said.reduce((sum, one) => sum + one.total, 0);
    unexpected.push(...shown.filter((text) => !own.includes(text)));
    if (total === shown.length) missing.push(...own.filter((text) => !shown.includes(text)));
    else expect(total, at).toBe(own.length);
  }
  for (const [, rest] of due) missing.push(...rest.map(line));
  const early = (all: string[]) => all.toSorted().slice(0, 12);
  expect({ missing: early(missing), unexpected: early(unexpected) }).toEqual({ missing: [], unexpected: [] });
}

/** People and weeks with more messages of those that count than anybody is to get; a stop's come when it is over. */
function overLimit({ raw }: Stage): unknown[] {
  const rows = raw
    .prepare(
      `select person.name, coalesce(sent_at, outbox.created_at) as at, outbox.title, coalesce(job, class) as job
       from outbox join person on person.id = person_id
       where kind = 'post' and uncounted is null and outbox.state in ('pending', 'sending', 'sent', 'ambiguous')`,
    )
    .all() as { name: string; at: number; title: string; job: string }[];
  const monday = (at: number) => {
    const day = dayOf(at);
    return plusDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
  };
  const weeks = Map.groupBy(rows, ({ name, at }) => `${name} ${monday(at)}`);
  return [...weeks]
    .filter(([, own]) => own.length > PER_WEEK)
    .map(([key, own]) => [
      `${key}: ${own.length}`,
      ...own.map(({ at, job, title }) => `${local(at)} ${job} ${title}`),
    ]);
}

/** What somebody has done, or was sent, after they had left. */
function ofLeavers({ raw }: Stage, left: ReadonlyMap<string, number>): unknown[] {
  const acts =
    "select act as what from audit join person on person.id = person_id where name = ? and outcome = 'done' and at > ?";
  const sent = `select title as what from outbox join person on person.id = person_id
    where name = ? and (outbox.created_at > ? or sent_at > ?) and outbox.state = 'sent'`;
  return [...left].flatMap(([name, at]) => [
    ...raw.prepare(acts).all(name, at),
    ...raw.prepare(sent).all(name, at, at),
  ]);
}

test.each(SEEDS)(
  `from ${FROM} to ${TO} with a random office what is due is told, when and to whom (seed %i)`,
  async (seed) => {
    const stage = await aStage(`${FROM}T08:00`);
    const { registry } = stage.bot;
    stage.emptied();
    stage.bot.registry = registry;
    const sent = watch(stage);
    try {
      const { told, left, counts } = await playsCourse(stage, {
        ...(full ? { busy: 1, hoursOff: 11 * 24 } : { busy: 4, hoursOff: 60 }),
        ...{ from: FROM, to: TO, seed, stops: STOPS },
        monthly: (so) => expectSame(so, sent()),
      });
      expect(stage.faults).toEqual([]);
      if (full)
        console.info(
          `seed ${seed}: ${JSON.stringify(counts)}, ${told.length} told in ${sent().length} messages`,
        );
      expectSame(told, sent());
      expect(overLimit(stage)).toEqual([]);
      expect(ofLeavers(stage, left)).toEqual([]);
      expect(counts.stops).toBe(STOPS);
      expect(counts.acts).toBeGreaterThan(full ? 150 : 10);
    } finally {
      stage.close();
    }
  },
  900_000,
);
