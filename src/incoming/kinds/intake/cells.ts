import type { Cell, FoundTable } from "../../../chat/import.ts";
import { withoutReporter } from "../../../domain/issues/reporter.ts";
import type { IntakeSender } from "../../../domain/plan/pack-intakes.ts";
import type { Read, Told } from "../../../domain/reading.ts";
import { cleaned } from "../../../intake/cells.ts";
import { quoted } from "../../../intake/refusal.ts";
import type { Office } from "../../../office/office.ts";
import { plainName, remembered } from "../../cells.ts";

/** A row as its sender wrote it, under the sender's heads. */
export type WholeRow = readonly (readonly [head: string, cell: string])[];

/** Id of the sender that a cell names. */
export const sender: Cell<string> = ({ office }) => {
  const all = office.pack.settings.intakes;
  return remembered((text): Read<string> => {
    const [found] = sendersIn(text, all);
    if (found !== undefined) return { value: found.id };
    const known = all.map(({ name }) => name).join("、");
    return { reason: `没有名为“${quoted(text)}”的来件渠道，已登记的有${known}，请核对` };
  });
};

/** The sender that a title or the name of a sheet speaks of: 12345热线工单. */
export const senderTold = ({ office }: { office: Office }): Told => {
  const all = office.pack.settings.intakes;
  return {
    within: (text) => sendersIn(text, all).map(({ name }) => name),
    is: (text) => namesOf(all).find(({ name }) => name === plainName(text))?.one.name ?? null,
  };
};

/** The sender whose name a text is, or holds, the longest counting: 12345 is none of 13812345678. */
function sendersIn(text: string, all: readonly IntakeSender[]): IntakeSender[] {
  const plain = plainName(text);
  const holds = (name: string) => plain.split(name).some((_, i, parts) => i > 0 && isApart(parts, i, name));
  const found = namesOf(all).filter(({ name }) => holds(name));
  return found.slice(0, 1).map(({ one }) => one);
}

const isApart = (parts: readonly string[], i: number, name: string): boolean =>
  !/^\d+$/.test(name) || !(/\d$/.test(parts[i - 1] ?? "") || /^\d/.test(parts[i] ?? ""));

const namesOf = (all: readonly IntakeSender[]) =>
  all
    .flatMap((one) => [one.name, ...one.also].map((name) => ({ one, name: plainName(name) })))
    .toSorted((a, b) => b.name.length - a.name.length);

/** The sender's own number of a matter, as it writes it. */
export const reference: Cell<string> = () => (text) => {
  const found = plainName(text);
  return found.length > 60 ? { reason: "来件编号不能超过60字，请核对" } : { value: found };
};

/** What was reported. Of a hotline that is a page at times. */
export const content: Cell<string> = () => (cell) => {
  const text = cleaned(cell);
  return [...text].length < 2 ? { reason: "内容太短，请写清是什么问题" } : { value: text };
};

export const whole: Cell<WholeRow> = () => (text) => ({ value: JSON.parse(text) as WholeRow });

/** Each row with all that its sender has written in it, so that the answer can go back in the sender's columns. */
export function withWhole(found: FoundTable): FoundTable {
  const { sheet, at } = found;
  const { header } = sheet;
  const width = header.length;
  const rows = sheet.rows.map(({ line, cells }) => {
    const own = header.flatMap((head, i) =>
      head.trim() === "" ? [] : [[head.trim(), (cells[i] ?? "").trim()] as const],
    );
    const padded = Array.from({ length: width }, (_, i) => cells[i] ?? "");
    return { line, cells: [...padded, JSON.stringify(withoutReporter(own)), ...cells.slice(width)] };
  });
  return {
    ...found,
    sheet: { ...sheet, header: [...header, "原表"], rows },
    at: new Map([...at, ["whole", width]]),
  };
}
