import type { Registry } from "../bot/registry.ts";
import type { Schedule } from "../chat/command.ts";
import { mechanismsOf } from "../chat/mechanism.ts";
import type { Mechanism } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import { dueSlots } from "../runs/slots.ts";

/** What runs a mechanism of the plan: names of commands, jobs, papers, standing duties and kinds of records. */
export type RunBy = {
  mechanism: Mechanism;
  commands: readonly string[];
  jobs: readonly Schedule[];
  papers: readonly string[];
  duties: readonly string[];
};
type Declared = Pick<Registry, "commands" | "schedules" | "officialPapers">;

/** What runs each mechanism of a pack, in its order, by what the registry declares and what the pack's duties say. */
export function runByOf({ commands, schedules, officialPapers }: Declared, { pack }: Office): RunBy[] {
  const recorder = commands.find(({ name }) => name === "record");
  return pack.mechanisms.map((mechanism) => {
    const runs = (one: Parameters<typeof mechanismsOf>[0]) => mechanismsOf(one).includes(mechanism.id);
    const papers = officialPapers.filter(runs);
    const kinds = pack.records.filter(runs);
    const duties = pack.duties.filter(runs).map(({ indicator }) => indicator);
    const recorded = kinds.map(({ name }) => `${recorder?.words[0] ?? "记录"} ${name}`);
    return {
      mechanism,
      commands: [...commands.filter(runs).map(({ words }) => words[0]), ...recorded],
      // The job that issues a paper is called as the paper is.
      jobs: schedules.filter((job) => runs(job) || papers.some(({ id }) => id === job.name)),
      papers: papers.map(({ id }) => id),
      duties: duties.map((id) => pack.indicators.find((one) => one.id === id)?.name ?? id),
    };
  });
}

/** Mechanisms of a pack that nothing runs. */
export const runByNothing = (all: readonly RunBy[]): string[] =>
  all
    .filter(({ commands, jobs, papers, duties }) =>
      [commands, jobs, papers, duties].every((one) => one.length === 0),
    )
    .map(({ mechanism }) => mechanism.id);

/** docs/mechanisms.md: each mechanism of the plan and what runs it. */
export function mechanismsDocument(all: readonly RunBy[], office: Office): string {
  const { title, year } = office.pack;
  return `# What runs the plan's mechanisms

This page is drawn by \`npm run docs:mechanisms\` from what commands, jobs, papers and duties declare; a test fails when it is out of date, or when nothing runs one. The plan is ${title}. The last column is the first and the last slot of its jobs in ${year} by the office's calendar (a job that looks every working day has one on each of them); what has no job runs when somebody asks for it or it happens.

${tableOf(
  [
    "id",
    "mechanism",
    "cadence",
    "commands",
    "jobs",
    "papers",
    "standing duties",
    `first and last slot in ${year}`,
  ],
  all.map(({ mechanism: { id, name, cadence }, commands, jobs, papers, duties }) => [
    code(id),
    name,
    cadence,
    commands.map(code).join(", "),
    jobs.map((job) => `${code(job.name)} ${job.title}`).join(", "),
    papers.map(code).join(", "),
    duties.join(", "),
    runsIn(jobs, office),
  ]),
)}
`;
}

/** The README's short form: a line a cadence, each mechanism with what runs it first. */
export function mechanismsInShort(all: readonly RunBy[], words: ShortWords): string {
  const byCadence = Map.groupBy(all, ({ mechanism }) => mechanism.cadence);
  return tableOf(
    words.head,
    [...byCadence].map(([cadence, some]) => [
      words.cadences[cadence],
      some
        .map((one) => `${one.mechanism.name}${words.open}${firstRunner(one)}${words.close}`)
        .join(words.comma),
    ]),
  );
}

type ShortWords = {
  head: readonly [string, string];
  cadences: Readonly<Record<Mechanism["cadence"], string>>;
  open: string;
  close: string;
  comma: string;
};

export const SHORT_ENGLISH: ShortWords = {
  head: ["when", "mechanism, and what runs it"],
  cadences: {
    realtime: "at once",
    week: "each week",
    month: "each month",
    quarter: "each quarter",
    year: "each year",
    event: "when it happens",
    continuous: "all the time",
  },
  ...{ open: " (", close: ")", comma: ", " },
};
export const SHORT_CHINESE: ShortWords = {
  head: ["何时", "机制（由什么运行）"],
  cadences: {
    realtime: "实时",
    week: "每周",
    month: "每月",
    quarter: "每季",
    year: "每年",
    event: "条件触发",
    continuous: "经常性",
  },
  ...{ open: "（", close: "）", comma: "、" },
};

/** A job by its name, else the command that is asked for it, else the paper, else the duty. */
function firstRunner({ mechanism, jobs, commands, papers, duties }: RunBy): string {
  const own = jobs.filter(({ prepares }) => prepares === undefined);
  const job = own.find(({ name }) => name === mechanism.id) ?? own[0];
  if (job !== undefined) return code(job.name);
  const [first = "—"] = [...commands, ...papers].map(code).concat(duties);
  return first;
}

/** 2020-01-06 … 2020-12-28: the first and the last slot of some jobs in the plan's year; — where they have none. */
function runsIn(jobs: readonly Schedule[], office: Office): string {
  const { year, timeZone } = office.pack;
  const start = (of: number) =>
    Temporal.PlainDate.from({ year: of, month: 1, day: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  const [from, to] = [start(year) - 1, start(year + 1) - 1];
  const due = jobs
    .flatMap((job) => dueSlots(job, office, from, to))
    .map((slot) => slot.due)
    .filter((at) => from < at);
  if (due.length === 0) return "—";
  const day = (at: number) =>
    office.local(Temporal.Instant.fromEpochMilliseconds(at)).toPlainDate().toString();
  return `${day(Math.min(...due))} … ${day(Math.max(...due))}`;
}

const code = (word: string) => `\`${word}\``;

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell || "—").join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const SHORT_TABLE = /(<!-- drawn by npm run docs:mechanisms -->\n\n)[\s\S]*?\n*<!-- end -->/;

/** A README with its short table drawn anew, between its marks. */
export const withMechanisms = (readme: string, table: string): string =>
  readme.replace(SHORT_TABLE, (_whole, before) => `${before}${table}\n\n<!-- end -->`);
