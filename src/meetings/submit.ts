import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import type { Refusal } from "../chat/refusal.ts";
import { draftByHand } from "../papers/draft-by-hand.ts";
import type { Meeting } from "../store/meetings.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { periodLooked } from "./words.ts";

/** 送审: minutes with nothing left open are drafted as the paper that is checked and signed. */
export const submitMinutes = (
  meeting: Meeting,
  by: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> =>
  draftByHand(
    { kind: "meeting-minutes", said: { period: periodLooked(meeting.period) }, no: undefined },
    by,
    context,
  );
