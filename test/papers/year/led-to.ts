import type Database from "better-sqlite3";
import type { AnOffice } from "../../support/office.ts";

// What the demonstration's figures lead to, judged beside the bot from what its commands answer.

/** What the office asks of every county, and what it lets pass (settings.yaml). */
const [CUT_PCT, TOLERANCE, RED_TASKS] = [10, 0.5, 2];
/** Last places of the province's list that count. */
const LAST = 10;

export type Unit = { id: string; short: string };

/** Whom a letter is due to: counties whose PM2.5 has fallen too little since January, whoever has two red tasks. */
export async function judgeLetters(office: AnOffice, month: string, day: string): Promise<Unit[]> {
  const { regions, departments, measures } = office.bot.office.pack;
  const end = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0))
    .toISOString()
    .slice(0, 10);
  const lagging = (await office.says("市办", "滞后")).facts.rows as {
    county: string | null;
    measure: string;
    level: string;
  }[];
  const red = lagging.filter(({ level }) => level === "红");
  const due: Unit[] = [];
  for (const { id, short, kind, from = "", to = "9" } of regions) {
    if (kind === "city" || day < from || day > to) continue;
    const answer = await office.says("市办", `${short} ${month.slice(0, 4)}-01-01..${end}`);
    const change = answer.code === null ? (answer.facts.yearOnYear?.["PM2.5"] ?? null) : null;
    const isSlow = change !== null && Math.round((change + CUT_PCT) * 10) > TOLERANCE * 10;
    if (isSlow || red.filter(({ county }) => county === short).length >= RED_TASKS) due.push({ id, short });
  }
  for (const { id, short } of departments) {
    const leads = (no: string) => measures.find((one) => one.no === String(no))?.lead.includes(id) ?? false;
    if (red.filter(({ measure }) => leads(measure)).length >= RED_TASKS) due.push({ id, short });
  }
  return due;
}

export type Ranked = { region: string; month: string; isLast: boolean };

export function ranksOf(raw: Database.Database): Ranked[] {
  const rows = raw
    .prepare("select region_id as region, month, rank, total from provincial_rank where rank is not null")
    .all() as { region: string; month: string; rank: number; total: number }[];
  return rows.map(({ region, month, rank, total }) => ({ region, month, isLast: rank > total - LAST }));
}
