import type { Block, Card } from "../chat/card.ts";
import type { Refusal } from "../chat/refusal.ts";
import { figure } from "../chat/wording.ts";
import { isIrregular, type RegionDustfall, regionDustfall } from "../domain/air/dustfall.ts";
import type { RegionId } from "../domain/ids.ts";
import { monthPeriod, monthsOver } from "../domain/months.ts";
import type { Period } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import { type DustfallMonth, dustfallLimit, dustfallOf } from "./dustfall.ts";
import { DUSTFALL_UNIT, noDustfall, overWords, pointWords, restsOn, restWords } from "./dustfall-words.ts";

/** One county's months: of a single one its points, of several a row each. */
export async function dustfallCountyCard(
  store: Reader,
  office: Office,
  region: Region,
  asked: Period,
  today: Temporal.PlainDate,
): Promise<Card | Refusal> {
  const span = monthsOver(asked, today);
  const months = span ? ((await dustfallOf(store, office, [region], span)).get(region.id) ?? []) : [];
  const [first] = months;
  if (first === undefined)
    return noDustfall(store, asked, today, { name: region.short, ids: office.lineage(region.id) });
  const limit = dustfallLimit(office);
  const facts = {
    county: region.short,
    limit: limit === null ? null : Number(limit),
    rows: months.map(({ month, value, ...rest }) => ({ month, value, ...restsOn(rest) })),
  };
  const card =
    months.length > 1
      ? { title: `${region.short}${asked.label}各月降尘量`, ...monthsPart(months, limit) }
      : {
          title: `${region.short}${monthPeriod(first.month).label}降尘量`,
          ...pointsPart(first, limit, (id) => office.subunit(id)?.short ?? ""),
        };
  return {
    title: card.title,
    blocks: [...card.blocks, { kind: "note", text: restWords(months) }],
    facts: { ...facts, ...card.facts },
  };
}

type Part = Pick<Card, "blocks" | "facts">;

function monthsPart(months: readonly DustfallMonth[], limit: string | null): Part {
  const over = months.filter(({ keeps }) => keeps === false);
  return {
    blocks: [
      {
        kind: "text",
        text: overWords(
          limit,
          over.map(({ month }) => monthPeriod(month).label),
        ),
      },
      {
        kind: "table",
        columns: [
          { title: "月份" },
          { title: `降尘量（${DUSTFALL_UNIT}）`, align: "end" },
          { title: "有效点位", align: "end" },
        ],
        rows: months.map((one) => [
          one.month,
          `${figure(one.value, 1)}${one.keeps === false ? "（超标）" : ""}`,
          pointWords(one),
        ]),
      },
    ],
  };
}

function pointsPart(one: DustfallMonth, limit: string | null, townName: (id: RegionId) => string): Part {
  const towns = townsOf(one, townName);
  const reached =
    one.value === null ? "点位样品全部失效，没有降尘量" : `${one.value.toFixed(1)}${DUSTFALL_UNIT}`;
  const standing = one.keeps === null ? "" : one.keeps ? "，达标" : "，超标";
  const allowed = limit === null ? "" : `（要求不高于${limit}）`;
  return {
    blocks: [
      {
        kind: "text",
        text: `${reached}${standing}${allowed}；有效点位${pointWords(one)}个。`,
        ...(one.keeps === false ? { tone: "bad" as const } : {}),
      },
      {
        kind: "table",
        columns: [
          { title: "点位" },
          ...(towns.length === 0 ? [] : [{ title: "镇街" }]),
          { title: "降尘量", align: "end" },
          { title: "天数", align: "end" },
          { title: "说明" },
        ],
        rows: one.samples.map((sample) => [
          sample.site,
          ...(towns.length === 0 ? [] : [sample.townId === null ? "—" : townName(sample.townId)]),
          sample.value === null ? "失效" : figure(sample.value / 100, 2),
          sample.exposure === null
            ? "—"
            : `${sample.exposure / 10}${isIrregular(sample) ? "（超出28—32天）" : ""}`,
          sample.note ?? "",
        ]),
      },
      ...(towns.length === 0 ? [] : [townTable(towns)]),
    ],
    facts: {
      ...(towns.length === 0 ? {} : { towns: towns.map(({ town, value }) => ({ town, value })) }),
      points: one.samples.map((sample) => ({
        site: sample.site,
        value: sample.value === null ? null : sample.value / 100,
        days: sample.exposure === null ? null : sample.exposure / 10,
        irregular: isIrregular(sample),
        note: sample.note,
      })),
    },
  };
}

type TownDustfall = RegionDustfall & { town: string };

/** The means of the towns whose points are known, the dustiest first. */
function townsOf({ samples }: DustfallMonth, townName: (id: RegionId) => string): TownDustfall[] {
  const placed = Map.groupBy(samples, ({ townId }) => townId);
  return [...placed]
    .flatMap(([id, own]) => (id === null ? [] : [{ town: townName(id), ...regionDustfall(own) }]))
    .sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
}

const townTable = (towns: readonly TownDustfall[]): Block => ({
  kind: "table",
  columns: [{ title: "镇街" }, { title: "降尘量均值", align: "end" }, { title: "有效点位", align: "end" }],
  rows: towns.map((one) => [one.town, figure(one.value, 1), pointWords(one)]),
});
