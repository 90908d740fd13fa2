import type { Context } from "../../chat/command.ts";
import { dateSeenOn } from "../../chat/wording.ts";
import type { OfficialPaperRow } from "../../store/official-papers.ts";
import type { Reader } from "../../store/store.ts";

/** A unit's answer to its letter; `at`: null where it hasn't come. Dates are ISO. */
export type LetterAnswer = {
  due: string;
  at: string | null;
  cause: string | null;
  measures: string | null;
  by: string | null;
};

/** What the unit of a letter has answered; null where nothing is expected of it. */
export async function letterAnswer(
  paper: OfficialPaperRow,
  { store, office }: Pick<Context<Reader>, "store" | "office">,
): Promise<LetterAnswer | null> {
  const day = (at: number) => office.today(Temporal.Instant.fromEpochMilliseconds(at));
  const [given] = await store.paperAnswers.of(paper.id);
  if (given?.due == null) return null;
  return {
    due: given.due,
    at: given.answeredAt === null ? null : day(given.answeredAt).toString(),
    cause: given.cause,
    measures: given.measures,
    by: given.promised,
  };
}

/** 6月5日回复，6月30日前完成；逾期未回复（应于6月12日前） */
export function letterAnswerWords({ due, at, by }: LetterAnswer, today: Temporal.PlainDate): string {
  const seen = (date: string) => dateSeenOn(today, date);
  if (at !== null)
    return `${seen(at)}回复${at > due ? "（逾期）" : ""}${by === null ? "" : `，${seen(by)}前完成`}`;
  return today.toString() > due ? `逾期未回复（应于${seen(due)}前）` : `${seen(due)}前回复`;
}
