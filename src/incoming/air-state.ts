import type { Block } from "../chat/card.ts";
import type { Cell, Importing, Report } from "../chat/import.ts";
import { shortDate } from "../chat/wording.ts";
import type { IsoDate } from "../domain/air/day.ts";
import { monthPeriod } from "../domain/months.ts";
import { own } from "../domain/own.ts";
import { quoted } from "../intake/refusal.ts";
import type { Merged } from "../store/air-merge.ts";
import { remembered } from "./cells.ts";

const WORDS: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(
    ["审核后", "已审核", "审核", "审定", "已审定", "审核后数据", "审核通过", "audited"].map((w) => [w, true]),
  ),
  ...Object.fromEntries(
    [
      "实时",
      "实时数据",
      "未审核",
      "未经审核",
      "审核前",
      "待审核",
      "未审定",
      "原始",
      "realtime",
      "unaudited",
    ].map((w) => [w, false]),
  ),
};

/** Whether a row's figures are audited, by its own word. */
export const dataState: Cell<boolean> = () =>
  remembered((text) => {
    const value = own(WORDS, text.normalize("NFKC").replace(/\s/g, "").toLowerCase());
    return value === undefined
      ? { reason: `不认识数据状态“${quoted(text.trim())}”，请填“实时”或“审核后”` }
      : { value };
  });

/** The names of stations and regions by their ids. */
export async function namesOfPlaces({ store, office }: Importing): Promise<(id: string) => string> {
  const stations = new Map((await store.air.stations()).map(({ id, name }) => [id, name]));
  return (id) => stations.get(id) ?? office.region(id).short;
}

/** What the answer says of audited days beside the counts; undefined where there is nothing to say. */
export function stateReport(merged: readonly Merged[], nameOf: (id: string) => string): Report | undefined {
  const all = (of: "confirmed" | "kept" | "unsettled"): Days => merged.flatMap((m) => m[of]);
  const [confirmed, kept, unsettled] = [all("confirmed"), all("kept"), all("unsettled")];
  const lines = [
    confirmed.length > 0 ? `${confirmed.length}条数值不变，转为审核后。` : "",
    kept.length > 0
      ? `${kept.length}条是实时数据，与审核后的数据不同，保留审核后的：${named(kept, nameOf)}。确需更正请去掉“实时”后重发。`
      : "",
    unsettled.length > 0
      ? `${unsettled.length}条更正了审核后的数据，现为未经审核：${named(unsettled, nameOf)}。核对后请发送“审定 ${monthOf(unsettled)}”。`
      : "",
  ];
  const blocks = lines.flatMap((text): Block[] =>
    text === "" ? [] : [{ kind: "text", text, tone: "notice" }],
  );
  if (blocks.length === 0) return undefined;
  return {
    blocks,
    facts: { audited: confirmed.length, keptAudited: kept.length, unaudited: unsettled.length },
  };
}

type Days = readonly { id: string; date: IsoDate }[];

/** Days that the answer names; the rest are counted. */
const NAMED = 5;

function named(days: Days, nameOf: (id: string) => string): string {
  const shown = days.slice(0, NAMED).map(({ id, date }) => `${nameOf(id)}${shortDate(date)}`);
  return `${shown.join("、")}${days.length > NAMED ? "等" : ""}`;
}

const monthOf = ([first]: Days) => (first === undefined ? "" : monthPeriod(first.date.slice(0, 7)).label);
