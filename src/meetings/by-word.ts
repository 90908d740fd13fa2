import { z } from "zod";
import { only } from "../chat/access.ts";
import { arg } from "../chat/args.ts";
import type { Card } from "../chat/card.ts";
import { type Change, type Context, change } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { type AnswerSaid, answerCall } from "./answer.ts";
import { invitationOf, numberAtHead } from "./which.ts";

export const answersCalls = only("报名", "city-lead", "county-lead", "county-liaison", "department-liaison");

const args = z.object({
  said: arg.maybe.text("会议编号和说明", { rest: true, maxLength: 250, hint: "只有一次会议时不用写编号" }),
});

/** Answers an invitation by word: 参会 3, 派员 3 海安联络员, 会议请假 3 外出开会. */
export async function answerByWord(
  said: string,
  word: AnswerSaid["word"],
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { no, rest } = numberAtHead(said);
  const found = await invitationOf(no, person, context);
  if (isRefusal(found)) return found;
  const { id } = found.meeting;
  if (word === "excused" && rest.length < 2)
    return refuse("usage", `请写明事由，例如“会议请假 ${id} 外出开会”。`);
  if (word === "delegated" && rest === "")
    return refuse("usage", `请写明派谁参加，例如“派员 ${id} ${person.name}”。`);
  const answer: AnswerSaid =
    word === "excused" ? { word, reason: rest } : word === "delegated" ? { word, name: rest } : { word };
  return answerCall(found.meeting, found.unit, answer, person, context);
}

/** Declares the command by which a unit gives one of its answers. */
export const answerCommand = (
  word: AnswerSaid["word"],
  spec: Pick<Change, "name" | "words" | "help">,
): Change<typeof args> =>
  change({
    ...spec,
    who: answersCalls,
    audience: "person",
    args,
    answer: ({ args: { said = "" }, person }, context) => answerByWord(said, word, person, context),
  });
