import { z } from "zod";
import { WEEKLY_NOTICE } from "../src/air/week-report.ts";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { shortTime } from "../src/chat/wording.ts";
import { type Seen, seenBy } from "../src/office/seen.ts";
import type { SentNotice } from "../src/store/outbox.ts";

const toIssue = says("问题");

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
  help: { does: "看一件问题或一期通报谁还没看", example: "谁没看 {issue}" },
  who: only("查看谁没看", "office", "supervision", "city-lead"),
  audience: "person",
  args: z.object({
    issue: arg.maybe.issue(),
    notice: arg.maybe.choice(
      "通报",
      { 周通报: WEEKLY_NOTICE, 滞后预警: "lagging-warning" },
      { says: { 空气质量周通报: WEEKLY_NOTICE, 任务滞后预警: "lagging-warning", 周报: WEEKLY_NOTICE } },
    ),
  }),

  async answer({ args: { issue: no, notice }, person: asker }, { store, office }) {
    if (no === undefined && notice === undefined)
      return refuse("usage", "请写明哪一件或哪一期，例如“谁没看 6”或“谁没看 周通报”。", ["谁没看 周通报"]);
    const issue = no === undefined ? null : await store.issues.byNo(no);
    if (no !== undefined && issue === null) return refuse("no-data", `没有${no}这件问题。`, ["问题"]);
    const slot = notice === undefined ? null : await store.outbox.newestSlot(notice);
    const what = issue !== null ? { issue } : { job: notice ?? "", slot: slot ?? 0 };
    const sent = await store.outbox.about(what);
    const name = issue?.no ?? sent[0]?.title ?? "还没有发出过";
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
      buttons: issue === null ? [] : [toIssue(`看 ${issue.no}`, issue.no)],
      facts: {
        about: issue?.no ?? notice,
        unseen: open.map(({ person, sent, seen }) => ({ person, title: sent.title, state: seen })),
        seen: stands.filter(({ seen }) => seen === "seen").map(({ person }) => person),
      },
    };
  },
});
