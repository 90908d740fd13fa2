/** Something of a person in a text that is to be made public: what it is, and the piece itself. */
export type PersonalData = { what: "手机号" | "电话" | "身份证号" | "车牌" | "姓名"; piece: string };

const PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

const PATTERNS: readonly [PersonalData["what"], RegExp][] = [
  ["身份证号", /(?<!\d)\d{17}[\dXx](?!\d)/g],
  ["手机号", /(?<!\d)1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)/g],
  ["电话", /(?<!\d)0\d{2,3}[-－—\s]?\d{7,8}(?!\d)/g],
  ["车牌", new RegExp(`[${PROVINCES}][A-Z][·•\\s-]?[A-Z0-9]{5,6}(?![A-Z0-9])`, "gi")],
];

/**
 * What of a text may not be printed in a newspaper: telephone and identity numbers, number plates, names of people that the
 * office knows. Each piece once, in the order of the text. It finds what it knows and no more: a human reads the text, too.
 */
export function personalDataIn(text: string, names: readonly string[]): PersonalData[] {
  const found: (PersonalData & { at: number })[] = [];
  for (const [what, pattern] of PATTERNS)
    for (const match of text.matchAll(pattern)) found.push({ what, piece: match[0], at: match.index });
  // A name of one sign, or one that is a post (海安联络员), is none.
  for (const name of names.filter((one) => /^\p{Script=Han}{2,4}$/u.test(one))) {
    const at = text.indexOf(name);
    if (at >= 0) found.push({ what: "姓名", piece: name, at });
  }
  const inside = (one: { at: number; piece: string }) =>
    found.some(
      (other) =>
        other.piece.length > one.piece.length &&
        other.at <= one.at &&
        one.at + one.piece.length <= other.at + other.piece.length,
    );
  const seen = new Set<string>();
  return found
    .filter((one) => !inside(one))
    .sort((a, b) => a.at - b.at)
    .filter(({ piece }) => !seen.has(piece) && seen.add(piece))
    .map(({ what, piece }) => ({ what, piece }));
}

/** The text with each of them left out: 联系人某某，电话略. What is left is a proposal, which a human reads. */
export function withoutPersonalData(text: string, names: readonly string[]): string {
  const instead = {
    手机号: "（略）",
    电话: "（略）",
    身份证号: "（略）",
    车牌: "某车",
    姓名: "某某",
  } as const;
  return personalDataIn(text, names).reduce(
    (left, { what, piece }) => left.replaceAll(piece, instead[what]),
    text,
  );
}
