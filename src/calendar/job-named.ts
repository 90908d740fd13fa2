import { distance } from "fastest-levenshtein";
import type { Schedule } from "../chat/command.ts";
import { about, type Refusal, refuse } from "../chat/refusal.ts";

/** So many suggestions still help. */
const MOST = 3;

/**
 * The job that somebody means: by its title or what else it is called, a part of its title that no other has, or its name in scripts. What is nobody's
 * is refused with the nearest; `again` makes the phrase that each suggestion says.
 */
export function jobNamed(
  said: string,
  jobs: readonly Schedule[],
  again: (title: string) => string,
): Schedule | Refusal {
  const word = said.trim().toLowerCase();
  if (word === "") return refuse("usage", "请写明是哪一项任务，发送“日程”可以看全部任务。", ["日程"]);
  const exact = jobs.find(({ name, title, words = [] }) => [name, title, ...words].includes(word));
  if (exact !== undefined) return exact;
  const holding = jobs.filter(({ title }) => title.includes(word) || word.includes(title));
  const [only, ...others] = holding;
  if (only !== undefined && others.length === 0) return only;
  const near = (holding.length > 0 ? holding : jobs).toSorted(
    (a, b) => farFrom(word, a.title) - farFrom(word, b.title),
  );
  const titles = near.slice(0, MOST).map(({ title }) => title);
  const what = holding.length > 0 ? `叫“${said}”的任务有${holding.length}项` : `没有名为“${said}”的任务`;
  return about(
    said,
    refuse(
      "unknown-job",
      `${what}。您要找的是${titles.map((title) => `“${title}”`).join("、")}吗？`,
      titles.map(again),
    ),
  );
}

/** How far a word is from a title's best part of its length: 周通抱 is near 空气质量周通报. */
function farFrom(word: string, title: string): number {
  const parts = Array.from({ length: Math.max(1, title.length - word.length + 1) }, (_, i) =>
    title.slice(i, i + word.length),
  );
  return Math.min(...parts.map((part) => distance(word, part))) + title.length / 100;
}
