import { personalDataIn } from "../personal-data.ts";
import { maskPhone } from "../phone.ts";

/** Heads under which a sender's file says who reported. */
const REPORTER =
  /举报人|投诉人|来电人|反映人|诉求人|信访人|报料人|联系人|姓名|联系方式|电话|手机|来电号码|身份证|住址/;

/** 13912345678 → 139****5678; 张三丰 → 张**; whoever has the sender's own file knows who it is by the reference. */
const masked = (cell: string): string =>
  /^[\d\s-]{7,}$/.test(cell) ? maskPhone(cell.replace(/[\s-]/g, "")) : `${[...cell][0] ?? ""}**`;

/** A sender's row, with what tells who reported masked: nobody needs it to mend what was reported. */
export const withoutReporter = (
  cells: readonly (readonly [head: string, cell: string])[],
): (readonly [head: string, cell: string])[] =>
  cells.map(([head, cell]) => [head, REPORTER.test(head) && cell.trim() !== "" ? masked(cell.trim()) : cell]);

/** A text without telephone and identity numbers. A number plate stays: it is what was reported. */
export const withoutNumbers = (text: string): string =>
  personalDataIn(text, [])
    .filter(({ what }) => what !== "车牌")
    .reduce((left, { piece }) => left.replaceAll(piece, "（略）"), text);
