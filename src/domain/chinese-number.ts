const DIGITS = "零一二三四五六七八九";

/** 0 to 99 from 一 … 九十九 (also 两, 〇), or a number written digit by digit (二〇二〇); null when the characters make none. */
export function chineseNumber(text: string): number | null {
  const plain = text.replaceAll("〇", "零").replaceAll("两", "二");
  if (/^[零一二三四五六七八九]+$/.test(plain))
    return Number([...plain].map((c) => DIGITS.indexOf(c)).join(""));
  const found = /^(?<tens>[二三四五六七八九])?十(?<ones>[一二三四五六七八九])?$/.exec(plain)?.groups;
  if (found === undefined) return null;
  const digit = (character: string | undefined) => (character === undefined ? 0 : DIGITS.indexOf(character));
  return 10 * (digit(found.tens) || 1) + digit(found.ones);
}

/** A text in which Chinese numerals before one of `units` (the inside of a character class) stand as digits: 三天, 二〇二〇年. */
export function withDigits(text: string, units: string): string {
  const numerals = new RegExp(`[零〇一二两三四五六七八九十]{1,4}(?=[${units}])`, "g");
  return text.replace(numerals, (numeral) => String(chineseNumber(numeral) ?? numeral));
}
