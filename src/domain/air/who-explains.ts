/** Who has to say why after a day: see `explain` in settings.yaml of a plan pack. */
export type ExplainRule = {
  /** Everybody with an AQI above 100 has to. */
  readonly badDay: boolean;
  /** So many of those furthest above their control value have to; 0: nobody for that. */
  readonly worst: number;
};

export type ExplainingDay<K> = {
  readonly key: K;
  readonly exceeds: boolean;
  /** The day's PM2.5 mean and its month's control value, µg/m³; null where there is none of either: it isn't compared. */
  readonly pm25: number | null;
  readonly control: number | null;
};

export type Explaining<K> = {
  readonly key: K;
  readonly reasons: readonly ("bad-day" | "worst-against-control")[];
};

/**
 * Who has to explain a day, in the order given: whoever exceeded, and whoever lies furthest above their own control value in
 * proportion to it; everybody who shares the last place of those is among them. Nobody within their control value is.
 * Source: our own rule (domain document, section 4).
 */
export function whoExplains<K>(
  days: readonly ExplainingDay<K>[],
  rule: ExplainRule,
): readonly Explaining<K>[] {
  // Tenths over tenths, so that equal ratios are equal.
  const over = days.map(({ pm25, control }) =>
    pm25 === null || control === null || control <= 0 || pm25 <= control ? 0 : pm25 / control,
  );
  const least = over
    .filter((ratio) => ratio > 0)
    .sort((a, b) => b - a)
    .slice(0, rule.worst)
    .at(-1);
  return days.flatMap(({ key, exceeds }, at) => {
    const isWorst = least !== undefined && (over[at] ?? 0) >= least;
    const reasons = [
      ...(rule.badDay && exceeds ? ["bad-day" as const] : []),
      ...(isWorst ? ["worst-against-control" as const] : []),
    ];
    return reasons.length === 0 ? [] : [{ key, reasons }];
  });
}
