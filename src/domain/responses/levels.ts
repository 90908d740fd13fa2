/** Levels of a heavy-pollution alert from the lowest: III, II, I. What the rule before 2018 called blue is none (环办大气函〔2018〕875号). */
export const ALERT_LEVELS = ["yellow", "orange", "red"] as const;
export type AlertLevel = (typeof ALERT_LEVELS)[number];

/** Ids are stored, these words are drawn. */
export const levelWords: Readonly<Record<AlertLevel, string>> = {
  yellow: "黄色",
  orange: "橙色",
  red: "红色",
};

/** The response that follows each level. */
export const responseWords: Readonly<Record<AlertLevel, string>> = {
  yellow: "Ⅲ级",
  orange: "Ⅱ级",
  red: "Ⅰ级",
};

export const isAlertLevel = (text: string): text is AlertLevel =>
  (ALERT_LEVELS as readonly string[]).includes(text);

/** Above zero where `a` is the higher level. */
export const compareLevels = (a: AlertLevel, b: AlertLevel): number =>
  ALERT_LEVELS.indexOf(a) - ALERT_LEVELS.indexOf(b);

const CALLED: readonly (readonly [RegExp, AlertLevel])[] = [
  [/^(红色?|红色预警|Ⅰ级?|I级?|一级|1级?)(响应|预警)?$/, "red"],
  [/^(橙色?|橙色预警|Ⅱ级?|II级?|二级|2级?)(响应|预警)?$/, "orange"],
  [/^(黄色?|黄色预警|Ⅲ级?|III级?|三级|3级?)(响应|预警)?$/, "yellow"],
];

/** A level as lists and officers write it: 橙色, 橙色预警, II级; null for what is none. */
export function readLevel(text: string): AlertLevel | null {
  const said = text.trim().replace(/\s/g, "").toUpperCase();
  return CALLED.find(([form]) => form.test(said))?.[1] ?? null;
}
