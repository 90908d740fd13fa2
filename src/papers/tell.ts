import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { redrawShown } from "../chat/redraw-shown.ts";
import { says } from "../chat/says.ts";
import type { PersonId } from "../domain/ids.ts";
import { isWaiting } from "../domain/papers/course.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { reviewCard, subjectOfReview } from "./ask.ts";
import { noOf, subjectOfPaper } from "./kind-of.ts";
import { PAPER_STATE_WORDS } from "./state-words.ts";

const toPaper = says("文件");
const toPending = says("待审签");

/** 退回: the office hears what the signer wants looked at. */
export async function tellReturned(
  row: OfficialPaperRow,
  remark: string,
  by: Person,
  context: Context<Writer>,
): Promise<void> {
  const card: Card = {
    title: `退回：${row.title}`,
    tone: "notice",
    blocks: [
      { kind: "text", text: `${by.name}：${remark || "未写意见"}` },
      { kind: "text", text: `核对后发送“审核 ${noOf(row)}”再送签；数据更正后会自动改稿。` },
    ],
    buttons: [toPending("待审签"), toPaper("看文件", noOf(row))],
    facts: { no: noOf(row), remark },
  };
  const office = (await context.store.people.withRoles(["office"])).map(({ id }) => id);
  // It waits for the office again, like a draft that was sent to be checked.
  await tell(`paper-return/${row.id}`, office, by, card, row, context, "signature");
}

/** 撤回: whoever was sent it, groups too, hears that it is void, and why. */
export async function tellWithdrawn(
  row: OfficialPaperRow,
  why: string,
  by: Person,
  context: Context<Writer>,
): Promise<void> {
  const { store, now } = context;
  const subject = subjectOfPaper(row.id);
  const sent = await store.outbox.about({ subject });
  const readers = sent.flatMap(({ row: { personId } }) => personId ?? []);
  const card: Card = {
    title: `撤回：${row.number ?? row.title}`,
    tone: "bad",
    blocks: [{ kind: "text", text: `《${row.title}》已撤回，不再作数。${why === "" ? "" : `原因：${why}`}` }],
    facts: { no: noOf(row), number: row.number, why },
  };
  const key = `paper-withdraw/${row.id}`;
  await tell(key, readers, by, card, row, context);
  const at = now.epochMilliseconds;
  const groups = new Set((await store.outbox.toGroupsAbout(subject)).map(({ chat }) => chat.id));
  for (const chatId of groups)
    await store.outbox.queue(
      { key: `${key}/${at}/chat-${chatId}`, to: { chatId }, class: "must-arrive", card, job: row.kind },
      at,
    );
}

async function tell(
  key: string,
  readers: readonly PersonId[],
  by: Person,
  card: Card,
  row: OfficialPaperRow,
  { store, now }: Context<Writer>,
  uncounted?: "signature",
): Promise<void> {
  const at = now.epochMilliseconds;
  const sending = { class: "must-arrive", card, job: row.kind, ...(uncounted ? { uncounted } : {}) } as const;
  for (const personId of new Set(readers))
    if (personId !== by.id)
      await store.outbox.queue({ ...sending, key: `${key}/${at}/${personId}`, to: { personId } }, at);
}

/** The cards of a paper that stood before somebody for checking or signing show what has become of it. */
export async function redrawReviews(row: OfficialPaperRow, context: Context<Writer>): Promise<void> {
  const acts = await context.store.officialPapers.acts(row.id);
  const cardFor = async (reader: Person): Promise<Card> =>
    isWaiting(row.state)
      ? reviewCard(row, reader, context)
      : {
          title: `${PAPER_STATE_WORDS[row.state]}：${row.number ?? row.title}`,
          subject: subjectOfReview(row.id),
          tone: "muted",
          blocks: [{ kind: "text", text: row.title }],
          buttons: [toPaper("看文件", noOf(row))],
        };
  const revision = `paper-${acts.at(-1)?.id ?? 0}`;
  await redrawShown(subjectOfReview(row.id), { revision, everywhere: true, cardFor }, context);
}
