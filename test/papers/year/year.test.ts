import { expect, test } from "vitest";
import type { Role } from "../../../src/domain/roles.ts";
import type { Paper } from "./calendar.ts";
import { localOf, plusDays, weekdayOf } from "./days.ts";
import { type Played, played, type Told } from "./play.ts";
import { DEPUTY, LEAD } from "./staff.ts";

// A year with people who sign at once or late, return, are away, leave: which papers went out, when, with which number, to whom
// is what an independent calendar says.

const full = process.env.TEST_FULL === "1";
const first = Number(process.env.TEST_SEED ?? 1);
const SEEDS = full ? [0, 1, 2].map((n) => first + n) : [first];
const SPAN = full ? (["2020-01-02", "2021-01-29"] as const) : (["2020-06-22", "2020-07-15"] as const);
const PER_WEEK = 10;

/** The papers as they stand in the bot's own records. */
function papersIn({ raw }: Played): Paper[] {
  const rows = raw
    .prepare(
      "select id, kind, key, state, quick, number, drafted_at as at from official_paper where corrects is null order by id",
    )
    .all() as {
    id: number;
    kind: string;
    key: string;
    state: string;
    quick: number;
    number: string | null;
    at: number;
  }[];
  return rows.map(({ id, kind, key, quick, number, at }) => {
    const acts = raw
      .prepare(
        `select act, version, at, person.name as by, behalf.name as behalf from official_paper_act a
         left join person on person.id = a.person_id left join person behalf on behalf.id = behalf_id where paper_id = ? order by a.id`,
      )
      .all(id) as { act: string; version: number; at: number; by: string | null; behalf: string | null }[];
    const last = (act: string) => {
      const found = acts.findLast((one) => one.act === act);
      const by = found && (found.behalf === null ? found.by : `${found.by}代${found.behalf}`);
      return found === undefined ? null : `${localOf(found.at)} ${by}`;
    };
    const [checked, returned] = [last("check"), last("return")];
    const isVoid =
      acts.findLastIndex(({ act }) => act === "return") > acts.findLastIndex(({ act }) => act === "check");
    return {
      ...{
        kind,
        key,
        drafted: localOf(at),
        checked: isVoid ? null : checked,
        returned,
        signed: last("sign"),
      },
      ...{ issued: last("issue")?.slice(0, 16) ?? null, quick: quick === 1, number, to: readersOf(raw, id) },
    };
  });
}

const readersOf = (raw: Played["raw"], id: number) =>
  (
    raw
      .prepare(
        `select person.name from outbox join person on person.id = person_id
         where subject = ? and kind = 'post' and outbox.state <> 'dropped' and uncounted is not 'signature'`,
      )
      .all(`paper:${id}`) as { name: string }[]
  )
    .map(({ name }) => name)
    .toSorted();

/** What both say must be the same: each paper once, and of it each thing. */
function expectSame(due: readonly Paper[], done: readonly Paper[]) {
  const nameOf = ({ kind, key }: Paper) => `${kind} ${key}`;
  expect.soft(done.map(nameOf).toSorted()).toEqual(due.map(nameOf).toSorted());
  const differ = due.flatMap((one) => {
    const other = done.find((paper) => nameOf(paper) === nameOf(one));
    return other === undefined ? [] : differences(one, other).map((text) => `${nameOf(one)} ${text}`);
  });
  expect.soft(differ.slice(0, 12)).toEqual([]);
}

function differences({ to: due, ...one }: Paper, { to: done, ...other }: Paper): string[] {
  const fields = (Object.keys(one) as (keyof typeof one)[]).filter((name) => one[name] !== other[name]);
  return [
    ...fields.map((name) => `${name}: due ${one[name]}, is ${other[name]}`),
    ...due.filter((name) => !done.includes(name)).map((name) => `not to ${name}`),
    ...done
      .filter((name, i) => !due.includes(name) || done.indexOf(name) < i)
      .map((name) => `also to ${name}`),
  ];
}

/** Numbers of each pattern and year as the register has them. */
function numbersIn({ raw }: Played): number[][] {
  const rows = raw.prepare("select pattern, year, ordinal from document_number order by id").all() as {
    pattern: string;
    year: number;
    ordinal: number;
  }[];
  return [...Map.groupBy(rows, ({ pattern, year }) => `${pattern} ${year}`).values()].map((own) =>
    own.map(({ ordinal }) => ordinal),
  );
}

/** People and weeks with more messages of those that count than anybody is to get; a stop's come when it is over. */
function overLimit({ raw }: Played): string[] {
  const rows = raw
    .prepare(
      `select person.name, coalesce(sent_at, outbox.created_at) as at, outbox.title, coalesce(job, class) as job
       from outbox join person on person.id = person_id
       where kind = 'post' and uncounted is null and outbox.state in ('pending', 'sending', 'sent', 'ambiguous')`,
    )
    .all() as { name: string; at: number; title: string; job: string }[];
  const monday = (at: number) => plusDays(localOf(at).slice(0, 10), 1 - weekdayOf(localOf(at).slice(0, 10)));
  return [...Map.groupBy(rows, ({ name, at }) => `${name} ${monday(at)}`)]
    .filter(([, own]) => own.length > PER_WEEK)
    .map(([key, own]) =>
      [key, ...own.map(({ at, job, title }) => `${localOf(at)} ${job} ${title}`)].join("\n"),
    );
}

/** Whom a job has reached whom it doesn't name. */
function unnamed({ raw, office }: Played): string[] {
  const rows = raw
    .prepare(
      `select distinct job, person.name, role from outbox join person on person.id = person_id
       where key like job || '/____-__-__T%'`,
    )
    .all() as { job: string; name: string; role: Role }[];
  return rows.flatMap(({ job, name, role }) => {
    const audience = office.bot.registry.schedules.find((one) => one.name === job)?.audience;
    // Whoever stands in for somebody, or has come after them, gets what is theirs.
    const isTheirs = audience === undefined || audience.includes(role) || [DEPUTY, LEAD].includes(name);
    return isTheirs ? [] : [`${job} → ${name}`];
  });
}

function meetingsIn({ raw }: Played): Told[] {
  const rows = raw
    .prepare(
      `select distinct job, created_at as at, title from outbox
       where job in ('monthly-consultation', 'quarterly-review', 'meetings') and key like job || '/%' and kind = 'post'`,
    )
    .all() as { job: string; at: number; title: string }[];
  return rows.flatMap(({ job, at, title }) => {
    const said = /请定|请报名|会议材料已备/.exec(title)?.[0];
    return said === undefined ? [] : [{ job, at: localOf(at), title: said }];
  });
}

test.each(SEEDS)(
  `from ${SPAN.join(" to ")} each paper is drafted, checked, signed, numbered and sent as the plan has it (seed %i)`,
  async (seed) => {
    const all = await played(seed, SPAN);
    const { calendar, raw, faults, office, counts } = all;
    try {
      expect.soft(faults).toEqual([]);
      const due = calendar.numbered();
      if (full)
        console.info(
          `seed ${seed}`,
          counts,
          Object.fromEntries(
            [...Map.groupBy(due, ({ kind }) => kind)].map(([kind, own]) => [kind, own.length]),
          ),
        );
      expectSame(due, papersIn(all));
      for (const ordinals of numbersIn(all)) expect.soft(ordinals).toEqual(ordinals.map((_, i) => i + 1));
      const told = (all: Told[]) =>
        [...new Set(all.map(({ job, at, title }) => `${at} ${job} ${title}`))].toSorted();
      expect.soft(told(meetingsIn(all))).toEqual(told(all.meetings));
      expect.soft(overLimit(all)).toEqual([]);
      expect.soft(unnamed(all)).toEqual([]);
      const ofYear = due.filter(({ kind, issued }) => kind === "weekly-notice" && issued?.startsWith("2020"));
      if (full) expect.soft(ofYear).toHaveLength(52);
      const late = raw
        .prepare(
          "select title from outbox join person on person.id = person_id where name = ? and outbox.state = 'sent' and sent_at > (select left_at from person where name = ?)",
        )
        .all(LEAD, LEAD);
      expect.soft(late).toEqual([]);
    } finally {
      raw.close();
      office.close();
    }
  },
  1_800_000,
);
