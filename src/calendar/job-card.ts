import { buttonsOf } from "../chat/action.ts";
import type { Block, Button } from "../chat/card.ts";
import type { CatchUp, Context, Schedule } from "../chat/command.ts";
import { dateSeenOn } from "../chat/wording.ts";
import type { Reader } from "../store/store.ts";
import { audienceWords } from "./job-audience.ts";
import { moveForm, pauseForm, runForm } from "./job-forms.ts";
import { comingSlots } from "./job-slots.ts";
import { pauseNow, resumeButton } from "./pause-job.ts";
import { slotTime } from "./slot-words.ts";

const pause = buttonsOf("job.pause", pauseForm);
const move = buttonsOf("job.move", moveForm);
const run = buttonsOf("job.run", runForm);

/** What the office may do with a job: pause it or have it run again, move its next slot or send that now. */
export async function jobButtons(job: Schedule, context: Context<Reader>): Promise<Button[]> {
  const paused = await pauseNow(job, context);
  const [next] = (await comingSlots(job, context)).filter((one) => one.pause === null);
  const at = next === undefined ? "" : slotTime(next.due, context.office);
  return [
    ...(next === undefined
      ? []
      : [
          move(`改期${at}一期`, {
            job: job.name,
            slot: next.slot,
            due: next.due,
          }),
          run(`立即执行${at}一期`, { job: job.name, slot: next.slot }),
        ]),
    paused === null ? pause("暂停", { job: job.name }) : resumeButton("恢复", { job: job.name }),
  ];
}

/** How a job stands by itself: whether it is paused, by whom and why, what is made up for, and when it is next. */
export async function jobNotes(
  job: Schedule,
  forOffice: boolean,
  context: Context<Reader>,
): Promise<Block[]> {
  const { store, office, today } = context;
  const paused = await pauseNow(job, context);
  const [next] = (await comingSlots(job, context)).filter((one) => one.pause === null);
  const notes: Block[] = [];
  if (paused !== null) {
    const by = (await store.people.byId(paused.pausedBy))?.name ?? "市办";
    const until = paused.until === null ? "到恢复为止" : `到${dateSeenOn(today, paused.until)}`;
    notes.push({
      kind: "text",
      tone: "notice",
      text: `已暂停，${until}${forOffice ? `（${by}：${paused.reason}）` : ""}。`,
    });
  }
  notes.push({
    kind: "note",
    text: next === undefined ? "今后一年没有安排" : `下一期${slotTime(next.due, office)}`,
  });
  if (forOffice)
    notes.push({
      kind: "note",
      text: `发给：${audienceWords(job)}；停运后${catchUpWords(job.catchUp)}`,
    });
  return notes;
}

function catchUpWords(policy: CatchUp): string {
  if (policy === "all") return "每期都补发";
  if (policy === "skip") return "不补发";
  return `只补发最近一期，不超过${policy.match(/\d+/)?.[0]}天`;
}
