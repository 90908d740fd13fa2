import { alertCountWords } from "../../alerts/causes.ts";
import type { Block, Card } from "../../chat/card.ts";
import { says } from "../../chat/says.ts";
import type { Period } from "../../domain/period.ts";
import type { Region } from "../../domain/plan/pack.ts";
import type { FrozenPart, WeekFacts } from "./week-facts.ts";
import { cardTable } from "./week-tables.ts";
import { cityWords, issueWords, ownWords, partNote, yearOfPlace, yearWords } from "./week-words.ts";
import type { PlaceYear } from "./week-year.ts";

const toCounty = says("县区");
const toRanking = says("排名");

/** The notice on a phone, with the reader's own county said first. */
export function weekCard(facts: WeekFacts, week: Period, own: Region | null): Card {
  const [from, to] = [week.from.toString(), week.to.toString()];
  return {
    title: `空气质量周通报（${week.label}）`,
    blocks: weekBlocks(facts, week, own),
    buttons: own ? [toCounty(`看${own.short}`, own.short)] : [toRanking("排名", `${from}..${to}`)],
    facts: {
      week: { from, to },
      county: own?.short ?? null,
      parts: facts.parts.map(({ data, rows, city, from, to, ruleSet }) => ({
        ...{ from, to, ruleSet, ...data, city },
        rows: rows.map(({ tied: _, regionId: __, ...row }) => row),
      })),
      year: facts.year,
      issues: facts.issues,
      lagging: facts.lag.total,
      ...(facts.alerts === undefined ? {} : { alerts: facts.alerts }),
    },
  };
}

function weekBlocks(facts: WeekFacts, { label }: Period, own: Region | null): Block[] {
  if (facts.parts.length === 0) return [{ kind: "text", text: `${label}没有可用的评价标准，不予统计。` }];
  const { year } = facts;
  const toDate = [null, ...(own === null ? [] : [own.id])].flatMap((id) => yearOfPlace(facts, id) ?? []);
  return [
    ...facts.parts.flatMap((part) => partBlocks(part, own)),
    ...(year === null
      ? []
      : toDate.map((place): Block => ({ kind: "text", text: yearWords(place, year, binding(place)) }))),
    { kind: "text", text: `问题：${issueWords(facts.issues)}。` },
    ...(facts.alerts === undefined
      ? []
      : [{ kind: "text" as const, text: `实时预警：${alertCountWords(facts.alerts)}。` }]),
    { kind: "text", text: `任务滞后：${facts.lag.words}。` },
    ...facts.parts.map((part): Block => ({ kind: "note", text: partNote(part) })),
  ];
}

/** The targets that bind; the others are in Word and Excel. */
const binding = ({ aims }: PlaceYear) => aims.filter(({ kind }) => kind === "constraint");

function partBlocks(part: FrozenPart, own: Region | null): Block[] {
  const mine = part.rows.find(({ regionId }) => regionId === own?.id);
  const { columns, rows } = cardTable(part);
  return [
    { kind: "text", text: cityWords(part) },
    ...(mine === undefined ? [] : [{ kind: "text" as const, text: ownWords(mine, part) }]),
    { kind: "table", columns, rows },
  ];
}
