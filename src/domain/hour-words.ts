import { withDigits } from "./chinese-number.ts";
import { hourNamed } from "./time-of-day.ts";

const HOUR = /^(凌晨|早上|上午|中午|下午|傍晚|晚上)?(\d{1,2})(?:[:：]00|[点时](?:整|钟)?)?$/;

/** A whole hour of the day, 0 to 23, as somebody writes it: 17, 17:00, 17时, 下午5点, 晚上十点. Null where it is none. */
export function hourSaid(said: string): number | null {
  const found = HOUR.exec(withDigits(said.normalize("NFKC").replace(/\s+/g, ""), "点时"));
  if (found === null) return null;
  const [, part = "", digits] = found;
  const hour = hourNamed(part, Number(digits));
  return hour > 23 ? null : hour;
}
