import type { Context } from "../chat/command.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { PaperAnswer } from "../store/paper-answers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { answersOwed } from "./answers.ts";
import { pendingFor } from "./pending.ts";
import { unitPeople } from "./units.ts";
import { waitsFor } from "./waits-for.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "officialPapers" | "today">;

/** What somebody has to do with a paper; `answer` is what their unit owes it. */
export type OwedPaper = { row: OfficialPaperRow; what: "审核" | "签发" | "回复"; answer: PaperAnswer | null };

/** All papers that wait for somebody: to be answered by a day, the nearest first, then to be checked or signed. */
export async function owedPapers(person: Person, context: Around): Promise<OwedPaper[]> {
  const answers = await answersOwed(person, context);
  const { mine } = await pendingFor(person, context);
  return [
    ...answers.map(({ row, answer }): OwedPaper => ({ row, what: "回复", answer })),
    ...mine.map(
      (row): OwedPaper => ({
        row,
        what: waitsFor(row, context)?.act === "sign" ? "签发" : "审核",
        answer: null,
      }),
    ),
  ];
}

/** Everybody who may do what a paper waits for. */
export async function whoOwesPaper({ row, answer }: OwedPaper, context: Around): Promise<Person[]> {
  if (answer !== null) return unitPeople(answer, context);
  const waits = waitsFor(row, context);
  return waits === null ? [] : context.store.people.withRoles([waits.by]);
}
