import converter from "chinese-s2t";
import { own } from "../domain/own.ts";

/** What the package leaves as it is. */
const ALSO: Readonly<Record<string, string>> = { 麼: "么", 週: "周", 妳: "你", 裡: "里", 臺: "台" };
const HAN = /^\p{Script=Han}$/u;
/** What is written so in both scripts: 显著. */
const BOTH = new Set("著乾");

/**
 * Traditional characters as simplified ones, one by one, so that 海門 and 交辦 are read as what they mean. What stands in
 * quotation marks stays as it was written, and every character stands where it stood.
 */
export function simplified(text: string): string {
  return text
    .split(/(["“「『][^"“”「」『』]*["”」』])/)
    .map((part, at) => (at % 2 === 1 ? part : [...part].map(one).join("")))
    .join("");
}

/** The package looks through its whole list for each character. */
const known = new Map<string, string>();

function one(character: string): string {
  if (!HAN.test(character) || BOTH.has(character)) return character;
  const found = known.get(character) ?? own(ALSO, character) ?? converter.t2s(character);
  known.set(character, found);
  return found;
}
