import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Office } from "../office/office.ts";
import type { Writer } from "../store/store.ts";

const resend = buttonsOf("run.resend", z.object({}));
const toDropped = says("补发");

/** A slot that was dropped, with the job's Chinese name: the bot was down, or the office had paused the job. */
export type DroppedRun = { job: string; title: string; slot: EpochMs; why: "down" | "paused" };

/** Buttons that fit under one message; the rest is listed by 补发. */
const MOST_BUTTONS = 6;

/** What was dropped, with the buttons that send it all the same; `note` says how that came about. */
export function droppedCard(title: string, runs: readonly DroppedRun[], office: Office, note = ""): Card {
  const timeOf = ({ slot }: DroppedRun) =>
    shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(slot)));
  const listed = (when: string, why: DroppedRun["why"]) => {
    const own = runs.filter((run) => run.why === why).map((run) => `${run.title}（${timeOf(run)}）`);
    return own.length === 0 ? "" : `${when}期间到点、没有发出：${own.join("、")}。`;
  };
  const offered = runs.slice(0, MOST_BUTTONS);
  return {
    title,
    tone: "notice",
    blocks: [
      {
        kind: "text",
        text: `${note}${listed("系统停运", "down")}${listed("任务暂停", "paused")}需要的请补发，按当时的数据发出并注明补发；不补发不用处理。`,
      },
    ],
    buttons: [
      ...offered.map((run) =>
        resend(runs.length === 1 ? "补发" : `补发${run.title}${timeOf(run)}`, {
          job: run.job,
          slot: run.slot,
        }),
      ),
      ...(runs.length > offered.length ? [toDropped("全部未发的")] : []),
    ],
    facts: {
      dropped: runs.map(({ job, slot }) => ({
        job,
        slot: office.local(Temporal.Instant.fromEpochMilliseconds(slot)).toString({ timeZoneName: "never" }),
      })),
    },
  };
}

/** Tells the office what was dropped, in the transaction in which the last of it is decided. */
export async function tellDropped(
  runs: readonly DroppedRun[],
  { store, office, now }: Context<Writer>,
): Promise<void> {
  const newestFirst = runs.toSorted((a, b) => b.slot - a.slot);
  const card = droppedCard(`停运期间有${runs.length}期通知没有发出`, newestFirst, office);
  for (const person of await store.people.withRoles(["office"]))
    await store.outbox.queue(
      {
        key: `dropped/${now.epochMilliseconds}/${person.id}`,
        to: { personId: person.id },
        class: "must-arrive",
        uncounted: "alarm",
        card,
        job: "dropped-runs",
      },
      now.epochMilliseconds,
    );
}
