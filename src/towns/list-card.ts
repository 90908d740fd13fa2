import type { Card } from "../chat/card.ts";
import { says } from "../chat/says.ts";
import type { Region, Town } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";

const toTowns = says("镇街");
/** Columns of the list of towns, as it goes out and comes in. */
export const TOWN_HEADS = ["县区", "镇街", "启用日期", "停用日期", "并入"] as const;

/**
 * 镇街名单: the towns of a county, or of all, those of the past too, with their days; as the table that the office can bring in
 * again. A town that took another in stands once, whatever records it has.
 */
export function townListCard(
  county: Region | undefined,
  { pack, lineage, heirOn }: Office,
  today: Temporal.PlainDate,
): Card {
  const short = (id: Region["id"]) => heirOn(id, today).short;
  const own = county && lineage(county.id);
  const heirOf = ({ successor }: Town) => pack.towns.find(({ id }) => id === successor);
  const listed = pack.towns.filter((town) => own === undefined || own.includes(town.county));
  const goesOn = (town: Town) => heirOf(town)?.short === town.short;
  const firstDay = (town: Town): string | null => {
    const before = listed.find((one) => heirOf(one) === town && goesOn(one));
    return before === undefined ? (town.from ?? null) : firstDay(before);
  };
  const towns = listed
    .filter((town) => !goesOn(town))
    .map((town) => ({
      county: short(town.county),
      town: town.short,
      ...{ from: firstDay(town), to: town.to ?? null },
      into: heirOf(town)?.short ?? null,
    }));
  return {
    title: `${county?.short ?? "各县（市、区）"}镇街名单（${towns.length}个）`,
    blocks: [
      {
        kind: "table",
        columns: TOWN_HEADS.map((title) => ({ title })),
        rows: towns.map(({ county, town, from, to, into }) => [
          county,
          town,
          from ?? "—",
          to ?? "—",
          into ?? "—",
        ]),
      },
      {
        kind: "note",
        text: "增补、更名、合并、撤销：市办按这五列填表发给我；更名、合并填停用日期（最后一天）和并入的镇街，新设的另写一行并填启用日期；停用错了的在停用日期填“清除”，整份导错了的可以撤回导入",
      },
    ],
    buttons: county === undefined ? [] : [toTowns("全部镇街", "名单")],
    facts: { towns },
  };
}
