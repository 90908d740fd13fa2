import type { Block } from "../chat/card.ts";
import { tally } from "../domain/meetings/roll-call.ts";
import type { UnitOnList } from "./units.ts";

/** What a unit has said, as its own people read it. */
export function unitAnswerWords({ presence, comes, remark }: UnitOnList): string {
  switch (presence) {
    case "attending":
      return comes.length > 0 ? `参会（${comes.join("、")}）` : "参会";
    case "delegated":
      return `派员（${comes.join("、")}）`;
    case "excused":
      return `请假（${remark ?? "—"}）`;
    case "silent":
      return remark ?? "未报";
    default:
      return presence satisfies never;
  }
}

/** The list of who comes, as the office has it on one screen. */
export function rollCallBlock(called: readonly UnitOnList[]): Block {
  const n = tally(called.map(({ presence }) => presence));
  const of = (presence: UnitOnList["presence"], words: (one: UnitOnList) => string) =>
    called
      .filter((one) => one.presence === presence)
      .map(words)
      .join("、") || "—";
  const named = ({ word, comes }: UnitOnList) => (comes.length > 0 ? `${word}（${comes.join("、")}）` : word);
  const remarked = ({ word, remark }: UnitOnList) => (remark === null ? word : `${word}（${remark}）`);
  return {
    kind: "facts",
    items: [
      { label: `参会${n.attending}`, value: of("attending", named) },
      { label: `派员${n.delegated}`, value: of("delegated", named) },
      { label: `请假${n.excused}`, value: of("excused", remarked) },
      {
        label: `未报${n.silent}`,
        value: of("silent", remarked),
        ...(n.silent > 0 ? { tone: "notice" as const } : {}),
      },
    ],
  };
}

/** Who took part, as minutes say it where nobody has written it: 海安（海安领导）、住建；请假：如皋. */
export function participantsWords(called: readonly UnitOnList[]): string {
  const present = called.filter(({ presence }) => presence === "attending" || presence === "delegated");
  const excused = called.filter(({ presence }) => presence === "excused");
  const names = present.map(({ word, comes }) =>
    comes.length > 0 ? `${word}（${comes.join("、")}）` : word,
  );
  return [
    names.join("、") || "—",
    ...(excused.length > 0 ? [`请假：${excused.map(({ word }) => word).join("、")}`] : []),
  ].join("；");
}
