const DIGITS = "零一二三四五六七八九";

/** Up to 99,999,999: 五十, 一百零五, 两千三 (2300), 三万五千, or a number written digit by digit (二〇二〇); null when the characters make none. */
export function chineseNumber(text: string): number | null {
  const plain = text.replaceAll("〇", "零").replaceAll("两", "二");
  if (/^[零一二三四五六七八九]+$/.test(plain))
    return Number([...plain].map((c) => DIGITS.indexOf(c)).join(""));
  const [high = "", low, ...more] = plain.split("万");
  if (low === undefined) return belowTenThousand(high);
  const myriads = belowTenThousand(high);
  const rest = low === "" ? 0 : belowTenThousand(low, 10_000);
  return more.length > 0 || myriads === null || rest === null ? null : myriads * 10_000 + rest;
}

/** The same with decimals, as a plain decimal number: 五点五 gives 5.5; null when the characters make none. */
export function chineseDecimal(text: string): string | null {
  const [whole = "", decimals, ...more] = text.split("点");
  const number = chineseNumber(whole);
  if (number === null || more.length > 0) return null;
  if (decimals === undefined) return String(number);
  const digits = [...decimals.replaceAll("〇", "零")].map((c) => DIGITS.indexOf(c));
  return digits.length === 0 || digits.includes(-1) ? null : `${number}.${digits.join("")}`;
}

const POWERS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** `above`: the unit that stood before. A last digit without 零 counts the next smaller unit: 一百五 is 150. */
function belowTenThousand(text: string, above = 10): number | null {
  let sum = 0;
  let unit = 10_000;
  let digit: number | null = null;
  let isOnes = above === 10;
  for (const character of text) {
    const power = POWERS[character];
    const value = DIGITS.indexOf(character);
    if (power !== undefined) {
      const times = digit ?? (power === 10 ? 1 : 0);
      if (power >= unit || times === 0) return null;
      sum += times * power;
      unit = power;
      digit = null;
      isOnes = power === 10;
    } else if (value < 0 || digit !== null) return null;
    else if (value === 0) isOnes = true;
    else digit = value;
  }
  if (digit === null) return text === "" || text.endsWith("零") ? null : sum;
  return sum + digit * (isOnes ? 1 : unit / 10);
}

/** A text in which Chinese numerals before one of `units` (the inside of a character class) stand as digits: 三天, 二〇二〇年. */
export function withDigits(text: string, units: string): string {
  const numerals = new RegExp(`[零〇一二两三四五六七八九十]{1,4}(?=[${units}])`, "g");
  return text.replace(numerals, (numeral) => String(chineseNumber(numeral) ?? numeral));
}
