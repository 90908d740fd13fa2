/** What is written below a photo that was taken on a patrol, behind the word for it; null where it speaks of none. */
export function patrolWords(caption: string): string | null {
  const found = /^\s*(?:点位|日常|今日)?(?:巡查|巡点)(?:情况|记录)?[\s:：,，。、]*/.exec(caption);
  return found === null ? null : caption.slice(found[0].length).trim();
}

const NOTHING =
  /^(?:一切|各项|均|都|现场|周边|情况)*(?:正常|良好|(?:无|没|没有|未|未见|未发现|没发现|没有发现)(?:问题|异常|情况)?)$/;

/** Whether words say that nothing was found, and nothing else: 无问题; 一切正常，未发现异常. */
export function saysNothingFound(words: string): boolean {
  const parts = words.split(/[\s，,。；;、.!！]+/).filter(Boolean);
  return parts.length > 0 && parts.every((part) => NOTHING.test(part));
}

/** The find itself, without the word that introduces it: 发现：人民路工地裸土. */
export const findIn = (words: string): string => words.replace(/^发现(?:问题|情况)?[\s:：,，]*/, "").trim();

/**
 * Which of some stations words name, and the words without its name where they begin with it. A station is known by any of
 * `called`, its own name first; null where none, or several, are named.
 */
export function stationIn<S extends { called: readonly string[] }>(
  words: string,
  stations: readonly S[],
): { station: S; rest: string } | null {
  const named = stations.filter(({ called }) => called.some((name) => words.includes(name)));
  const [station] = named;
  if (station === undefined || named.length > 1) return null;
  // A town's name is also part of where something was found.
  const own = station.called.find((name) => name.endsWith("站") && words.startsWith(name));
  return {
    station,
    rest: own === undefined ? words : words.slice(own.length).replace(/^[\s:：,，。、]+/, ""),
  };
}
