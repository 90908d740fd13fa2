/** What somebody could be called, found or written to by, made up from a seed; `foundIn` says what of it a text still holds. */
export function personOf(seed: number) {
  const digits = (salt: number, count: number) =>
    Array.from({ length: count }, (_, i) => hashOf(seed, salt + i) % 10).join("");
  const one = <T>(salt: number, of: readonly T[]): T => of[hashOf(seed, salt) % of.length] as T;
  const phone = `1${one(1, [3, 4, 5, 6, 7, 8, 9])}${digits(10, 9)}`;
  const body = `3206${one(2, ["02", "12", "21", "85"])}19${one(3, [5, 7, 9])}${digits(30, 1)}${one(4, ["01", "12"])}${one(5, ["09", "28"])}${digits(40, 3)}`;
  const plate = `苏F${one(6, ["", "D"])}${digits(50, 4)}${one(7, ["A", "8", "学"])}`;
  const plates = plate.length > 7 && plate.endsWith("学") ? `${plate.slice(0, -1)}6` : plate;
  const mail = `p${digits(60, 6)}@${one(8, ["163.com", "nantong.gov.cn"])}`;
  const shape = one(9, [(p: string) => p, spaced("-"), spaced(" ")]);
  const all = [shape(phone), `${body}${checkDigit(body)}`, plates, mail];
  return {
    all,
    /** Its digits, letters and @ alone: however they are parted, they could be put together again. */
    foundIn: (text: string) => {
      const plain = bare(text);
      return all.filter((piece) => plain.includes(bare(piece)));
    },
  };
}

/** Without the signs that may stand within a number, and that platforms put into texts. */
const bare = (text: string) => text.replaceAll(/[-\s\u2060\u200b]/g, "");

const spaced = (sign: string) => (phone: string) =>
  `${phone.slice(0, 3)}${sign}${phone.slice(3, 7)}${sign}${phone.slice(7)}`;

/** Of an identity number of 17 figures (GB 11643). */
function checkDigit(body: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return "10X98765432"[sum % 11] as string;
}

/** The same for the same pair, spread evenly. */
function hashOf(seed: number, salt: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}
