import { withDigits } from "./chinese-number.ts";

const HOUR = /^(凌晨|早上|上午|中午|下午|傍晚|晚上)?(\d{1,2})(?:[:：]00|[点时](?:整|钟)?)?$/;

/** A whole hour of the day, 0 to 23, as somebody writes it: 17, 17:00, 17时, 下午5点, 晚上十点. Null where it is none. */
export function hourSaid(said: string): number | null {
  const found = HOUR.exec(withDigits(said.normalize("NFKC").replace(/\s+/g, ""), "点时"));
  if (found === null) return null;
  const [, part = "", digits] = found;
  const hour = Number(digits);
  const isLater = /[下傍晚]/.test(part) || (part === "中午" && hour < 11);
  const hours = isLater && hour < 12 ? hour + 12 : hour;
  return hours > 23 ? null : hours;
}
