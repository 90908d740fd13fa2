/** Something of a person in a text: what it is, and the piece itself. */
export type PersonalData = {
  what: "手机号" | "电话" | "身份证号" | "车牌" | "邮箱" | "姓名";
  piece: string;
};
type Found = PersonalData & { at: number };

const PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/** Neither a piece of a longer number or sign, nor what stands behind the point or the stroke of one: 120.13812345678. */
const ALONE = String.raw`(?<![\dA-Za-z_]|\d[._-])`;
const ENDS = String.raw`(?![\dA-Za-z_]|[._-]\d)`;
/** What stands behind a quantity and behind no telephone number. */
const UNIT = String.raw`(?!\s?(?:[元万亿吨度]|千瓦|平方|立方))`;
/** What draws a text may have set a word joiner behind a point, so that nothing becomes a link. */
const POINT = "\\.\u2060?";

const PATTERNS: readonly [PersonalData["what"], RegExp, (piece: string) => boolean][] = [
  ["身份证号", new RegExp(`${ALONE}\\d{6}(?:19|20)\\d{9}[\\dXx](?![\\dA-Za-z])`, "g"), isIdentityNumber],
  ["手机号", new RegExp(`${ALONE}(?:(?:\\+|00)?86[- ]?|0)?1[3-9]\\d{9}${ENDS}${UNIT}`, "g"), always],
  // Three columns of figures look alike: then more figures stand beside them.
  [
    "手机号",
    new RegExp(
      `(?<!\\d[ .]{1,2})${ALONE}(?:(?:\\+|00)?86[- ]?)?1[3-9]\\d([- ])\\d{4}\\1\\d{4}(?! +[\\d.])${ENDS}${UNIT}`,
      "g",
    ),
    always,
  ],
  [
    "电话",
    new RegExp(
      `${ALONE}\\(?0(?:10|2\\d|[3-9]\\d{2})\\)?[-－—– ]{0,2}[1-9]\\d{2,3}[- ]?\\d{4}${ENDS}${UNIT}`,
      "g",
    ),
    always,
  ],
  // Without its area code it is one where it is called so.
  [
    "电话",
    new RegExp(
      `(?<=(?:电话|座机|手机|致电|拨打|tel\\.?|phone)(?:是|为|号码)?(?:[:：*\\s]|</b>){0,6})[2-8]\\d{2,3}[- ]?\\d{4}${ENDS}${UNIT}`,
      "gi",
    ),
    always,
  ],
  [
    "车牌",
    new RegExp(`[${PROVINCES}] ?[A-Z][·•\\s-]?(?:[A-Z0-9]{5,6}|[A-Z0-9]{4}[学警挂港澳])(?![A-Z0-9])`, "gi"),
    (piece) => /\d/.test(piece),
  ],
  [
    "邮箱",
    new RegExp(
      `[A-Za-z0-9_%+-]+(?:${POINT}[A-Za-z0-9_%+-]+)*@\u2060?[A-Za-z0-9-]+(?:${POINT}[A-Za-z0-9-]+)*${POINT}[A-Za-z]{2,}`,
      "g",
    ),
    always,
  ],
];

function always(): boolean {
  return true;
}

/** Day of birth and check digit (GB 11643): any other eighteen figures are the number of something else. */
function isIdentityNumber(piece: string): boolean {
  const [month, day] = [Number(piece.slice(10, 12)), Number(piece.slice(12, 14))];
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const sum = [...piece.slice(0, 17)].reduce(
    (total, digit, i) => total + Number(digit) * (2 ** (17 - i) % 11),
    0,
  );
  return "10X98765432"[sum % 11] === piece[17]?.toUpperCase();
}

/** Signs of full width as those of half: as many of them, at the same places. */
const halfWidth = (text: string) =>
  text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** What may hold any of it, in signs of either width: most texts don't. */
const PERHAPS = new RegExp(`(?:[\\d０-９][-－—–()（） ]{0,2}){7}|[@＠]|[${PROVINCES}] ?[A-Za-zＡ-Ｚａ-ｚ]`);

/** Telephone and identity numbers, number plates and mail addresses, in the order of the text; none lies in another. */
function foundIn(text: string): Found[] {
  if (!PERHAPS.test(text)) return [];
  const plain = halfWidth(text);
  const found: Found[] = [];
  for (const [what, pattern, holds] of PATTERNS)
    for (const { 0: match, index: at } of plain.matchAll(pattern))
      if (holds(match)) found.push({ what, piece: text.slice(at, at + match.length), at });
  return outermost(found);
}

function outermost(found: readonly Found[]): Found[] {
  const inside = (one: Found) =>
    found.some(
      (other) =>
        other.piece.length > one.piece.length &&
        other.at <= one.at &&
        one.at + one.piece.length <= other.at + other.piece.length,
    );
  return found.filter((one) => !inside(one)).sort((a, b) => a.at - b.at);
}

/**
 * What of a text may not be printed in a newspaper: telephone and identity numbers, number plates, mail addresses, names of
 * people that the office knows. Each piece once, in the order of the text. It finds what it knows and no more: a human reads
 * the text, too.
 */
export function personalDataIn(text: string, names: readonly string[]): PersonalData[] {
  const found = foundIn(text);
  // A name of one sign, or one that is a post (海安联络员), is none.
  for (const name of names.filter((one) => /^\p{Script=Han}{2,4}$/u.test(one))) {
    const at = text.indexOf(name);
    if (at >= 0) found.push({ what: "姓名", piece: name, at });
  }
  const seen = new Set<string>();
  return outermost(found)
    .filter(({ piece }) => !seen.has(piece) && seen.add(piece))
    .map(({ what, piece }) => ({ what, piece }));
}

/** The text with each of them left out: 联系人某某，电话略. What is left is a proposal, which a human reads. */
export function withoutPersonalData(text: string, names: readonly string[]): string {
  const instead = {
    手机号: "（略）",
    电话: "（略）",
    身份证号: "（略）",
    邮箱: "（略）",
    车牌: "某车",
    姓名: "某某",
  } as const;
  return personalDataIn(text, names).reduce(
    (left, { what, piece }) => left.replaceAll(piece, instead[what]),
    text,
  );
}

/**
 * A text as it may leave the machine: 138****1234, 3206************34, 苏F***45, z****@163.com. Whose it is can be recognised,
 * and nobody else can use it. Names stay. The text keeps its length, so that whatever counts its signs counts the same.
 */
export function maskedText(text: string): string {
  let masked = "";
  let end = 0;
  for (const { what, piece, at } of foundIn(text)) {
    // Two that overlap are one after the other from where the first one ends.
    const from = Math.max(at, end);
    masked += text.slice(end, from) + hidden(what, piece).slice(from - at);
    end = Math.max(end, at + piece.length);
  }
  return masked + text.slice(end);
}

/**
 * Everything that a value says, masked: of lists, maps and plain objects each text. Bytes and what else it holds stay as they
 * are, and so does what holds nothing to be masked: mostly that is all of it.
 */
export function masked<T>(value: T): T {
  return maskedValue(value) as T;
}

function maskedValue(value: unknown): unknown {
  if (typeof value === "string") return maskedText(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, maskedValue(one)]));
  if (Array.isArray(value)) return maskedIn(value, value.keys(), () => [...value]);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return maskedIn(value as Record<string, unknown>, Object.keys(value), () => ({ ...value }));
}

function maskedIn<Key extends PropertyKey>(
  whole: Record<Key, unknown>,
  keys: Iterable<Key>,
  copied: () => Record<Key, unknown>,
): Record<Key, unknown> {
  let copy: Record<Key, unknown> | null = null;
  for (const key of keys) {
    const instead = maskedValue(whole[key]);
    if (instead === whole[key]) continue;
    copy ??= copied();
    copy[key] = instead;
  }
  return copy ?? whole;
}

function hidden(what: PersonalData["what"], piece: string): string {
  if (what === "邮箱") {
    const name = piece.search(/[@＠]/);
    const shown = name > 1 ? 1 : 0;
    return `${piece.slice(0, shown)}${"*".repeat(name - shown)}${piece.slice(name)}`;
  }
  const signs = [...piece].flatMap((sign, i) => (/[\p{L}\p{N}]/u.test(sign) ? [i] : []));
  const [head, tail] = what === "身份证号" ? [4, 2] : what === "车牌" ? [2, 2] : [signs.length - 8, 4];
  const hides = new Set(signs.slice(Math.max(0, head), signs.length - tail));
  return [...piece].map((sign, i) => (hides.has(i) ? "*" : sign)).join("");
}

/**
 * A text without somebody's name and telephone number. `others` are names of other people: where theirs holds this one
 * (王伟 in 王伟业) it stays. A name of one sign, or one that is a post, is none.
 */
export function withoutPerson(
  text: string,
  { name, phone }: { name: string; phone: string | null },
  others: readonly string[],
): string {
  const digits = (piece: string) => halfWidth(piece).replaceAll(/\D/g, "");
  const numbers = foundIn(text).filter(({ piece }) => phone !== null && digits(piece).endsWith(phone));
  const said = numbers.reduce((left, { piece }) => left.replaceAll(piece, ERASED), text);
  if (name.length < 2 || /^\p{Script=Han}{5,}$/u.test(name)) return said;
  const longer = others.filter((other) => other !== name && other.includes(name));
  // Li is no part of Lily, while nothing stands between 王伟 and the signs around it.
  const edge = String.raw`(?<!\w(?=\w))`;
  const any = new RegExp(`${edge}(?:${[...longer, name].map(RegExp.escape).join("|")})${edge}`, "gu");
  return said.replaceAll(any, (found) => (found === name ? ERASED : found));
}

const ERASED = "〔已删除〕";
