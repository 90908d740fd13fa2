import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { shortTime } from "../src/chat/wording.ts";
import type { Period } from "../src/domain/period.ts";
import { type Seen, seenBy } from "../src/office/seen.ts";
import { papersCalled } from "../src/papers/called.ts";
import { BEGUN_BY, PAPER_WORDS } from "../src/papers/declared.ts";
import { noOf, subjectOfPaper } from "../src/papers/kind-of.ts";
import { paperSeen } from "../src/papers/sees.ts";
import type { OfficialPaperRow } from "../src/store/official-papers.ts";
import type { SentNotice } from "../src/store/outbox.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const toIssue = says("问题");
const toPaper = says("文件");

const SHOWN = 40;
const NAMED: Readonly<Record<Seen, string>> = {
  unseen: "没看",
  waiting: "还没发出",
  undelivered: "没有送达",
  seen: "已看",
};

/** 谁没看：who has not had a notice before them; what people do with the bot says so, nobody presses 收到 for it. */
export default command({
  name: "unseen",
  words: ["谁没看", "谁没看过", "谁没读", "未读"],
  hints: ["看了没有", "谁看了", "谁看过", "没看的", "都看了吗"],
  help: { does: "看一件问题或一份文件谁还没看", example: "谁没看 {issue}" },
  who: only("查看谁没看", "office", "supervision", "city-lead"),
  audience: "person",
  args: z.object({
    issue: arg.maybe.issue(),
    kind: arg.maybe.choice("文件种类", PAPER_WORDS, { says: BEGUN_BY }),
    nth: arg.maybe.number("第几期", { edition: true, with: "kind" }),
    period: arg.maybe.period({ with: "kind" }),
    of: arg.maybe.choice("哪一种", { 文件: "paper", 问题: "issue" }),
  }),

  async answer({ args: { issue: no, kind, nth, period, of }, person: asker }, context) {
    const { store, office } = context;
    if (no === undefined && kind === undefined)
      return refuse("usage", "请写明哪一件，例如“谁没看 6”“谁没看 周通报”或“谁没看 文件 12号”。", [
        "谁没看 周通报",
      ]);
    const issue =
      no === undefined || kind !== undefined || of === "paper" ? null : await store.issues.byNo(no);
    const paper = issue !== null ? null : await paperSent({ no, kind, nth, period, of }, asker, context);
    if (paper !== null && isRefusal(paper)) return paper;
    const sent = await store.outbox.about(
      issue !== null ? { issue } : { subject: subjectOfPaper(paper?.id ?? 0) },
    );
    const name = issue?.no ?? paper?.title;
    const stands: { person: string; sent: SentNotice; seen: Seen }[] = [];
    for (const one of sent) {
      const person = one.row.personId === null ? null : await store.people.byId(one.row.personId);
      if (!person?.active) continue;
      // Whoever asks is looking now.
      const seen = person.id === asker.id ? "seen" : await seenBy(one, store);
      stands.push({ person: person.name, sent: one, seen });
    }
    const open = stands.filter(({ seen }) => seen !== "seen");
    const timeOf = ({ row }: SentNotice) =>
      shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(row.sentAt ?? row.createdAt)));
    return {
      title: `谁没看：${name}`,
      tone: open.length > 0 ? "notice" : "good",
      blocks: [
        {
          kind: "text",
          text:
            stands.length === 0
              ? "还没有发给任何人。"
              : `发给${stands.length}人，${stands.length - open.length}人已看${open.length > 0 ? `，${open.length}人没看` : ""}。`,
        },
        ...(open.length === 0
          ? []
          : [
              {
                kind: "table" as const,
                columns: [{ title: "谁" }, { title: "内容" }, { title: "时间" }, { title: "情况" }],
                rows: open
                  .slice(0, SHOWN)
                  .map(({ person, sent, seen }) => [person, sent.title, timeOf(sent), NAMED[seen]]),
              },
            ]),
        ...(open.length > SHOWN ? [{ kind: "note" as const, text: `另有${open.length - SHOWN}人` }] : []),
        { kind: "note", text: "收到后在机器人里发过消息、按过按钮或打开过网页的，算已看" },
      ],
      buttons: [
        ...(issue === null ? [] : [toIssue(`看 ${issue.no}`, issue.no)]),
        ...(paper === null ? [] : [toPaper(`看${noOf(paper)}`, noOf(paper))]),
      ],
      facts: {
        about: issue?.no ?? (paper && noOf(paper)),
        unseen: open.map(({ person, sent, seen }) => ({ person, title: sent.title, state: seen })),
        seen: stands.filter(({ seen }) => seen === "seen").map(({ person }) => person),
      },
    };
  },
});

type Asked = Partial<Record<"no" | "kind" | "nth" | "of", string | undefined>> & {
  period?: Period | undefined;
};

/** The newest paper that is meant and has gone out; a number that no issue has is a paper's, as elsewhere. */
async function paperSent(
  { no: issueNo, kind, nth, period, of }: Asked,
  person: Person,
  context: Context<Reader>,
): Promise<OfficialPaperRow | Refusal> {
  const no = issueNo === undefined ? undefined : String(Number(issueNo.slice(-6)));
  const isNumber = issueNo?.includes(`-${context.today.year}-`) === true && of !== "issue";
  if (kind === undefined && !isNumber) return refuse("no-data", `没有${issueNo}这件问题。`, ["问题"]);
  const found =
    kind === undefined
      ? await paperSeen(Number(no), person, context)
      : await papersCalled({ kind, no, nth, period }, person, context);
  if (isRefusal(found))
    return kind === undefined && of === undefined
      ? { ...found, message: `没有${issueNo}这件问题，也${found.message}` }
      : found;
  const out = [found].flat().find(({ issuedAt }) => issuedAt !== null);
  return out ?? refuse("no-data", "这份文件还没有印发，没有发给任何人。", ["待审签"]);
}
