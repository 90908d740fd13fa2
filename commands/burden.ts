import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { labelOfAction } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { type Burden, burdens } from "../src/office/burden.ts";
import { DIGEST } from "../src/office/digest.ts";

const toBurden = says("负担");

const SHOWN = 30;
/** What people call shorter than it is called, and what is no job of its own; what a change causes has none. */
const KINDS: Readonly<Record<string, string>> = {
  "weekly-notice": "周通报",
  "lagging-warning": "滞后预警",
  "issue-deadlines": "问题提醒",
  "morning-brief": "周一早报",
  "week-ahead": "周五清单",
  "report-reminder": "填报提醒",
  interview: "约谈",
  "warning-letter": "提醒函",
  [DIGEST]: "简报",
  chase: "请打电话",
  "dropped-runs": "漏发",
};

/** 负担：how many messages and taps the bot has asked of each person, with the plan's limit. */
export default command({
  name: "burden",
  words: ["负担", "消息负担"],
  hints: ["消息太多", "发了多少条", "谁收得最多", "打扰"],
  help: { does: "看每人每周收多少条、点多少次", example: "负担 上周" },
  who: only("查看负担", "office"),
  audience: "person",
  args: z.object({ period: arg.period("本周") }),

  async answer({ args: { period } }, { store, office, commands, schedules, officialPapers }) {
    const titles = new Map([
      ...schedules.map(({ name, title }) => [name, title] as const),
      ...officialPapers.map(({ id, title }) => [id, title] as const),
    ]);
    const kindOf = (job: string | null) =>
      job === null ? "办理通知" : (KINDS[job] ?? titles.get(job) ?? "其他");
    const limit = office.pack.settings.noise.perWeek;
    const all = (await burdens(period, { store, office })).filter(
      (one) => one.counted + one.uncounted + one.taps > 0,
    );
    const over = all.filter(({ fullestWeek }) => fullestWeek > limit);
    const eased = all.filter(({ byJob, person }) => byJob.has(DIGEST) && person.digestHour === null);
    const acts = new Map(commands.map(({ name, words }) => [name, words[0]]));
    return {
      title: `负担 ${period.label}（每人每周上限${limit}条）`,
      tone: over.length > 0 ? "bad" : "good",
      blocks: [
        { kind: "text", text: summary(all, over, eased, limit) },
        ...(all.length === 0
          ? []
          : [
              {
                kind: "table" as const,
                columns: [
                  { title: "姓名" },
                  { title: "最多一周", align: "end" as const },
                  { title: "计入", align: "end" as const },
                  { title: "不计", align: "end" as const },
                  { title: "消息类别" },
                  { title: "操作", align: "end" as const },
                  { title: "常做" },
                ],
                rows: all
                  .slice(0, SHOWN)
                  .map((one) => [
                    one.person.name,
                    `${one.fullestWeek}${one.fullestWeek > limit ? "（超）" : ""}`,
                    String(one.counted),
                    String(one.uncounted),
                    kindWords([...one.byJob].map(([job, n]) => [kindOf(job), n])),
                    String(one.taps),
                    kindWords(
                      [...one.byAct].map(([act, n]) => [acts.get(act) ?? labelOfAction(act) ?? "其他", n]),
                    ),
                  ]),
              },
            ]),
        ...(all.length > SHOWN ? [{ kind: "note" as const, text: `另有${all.length - SHOWN}人` }] : []),
        {
          kind: "note",
          text: "不计：重大、最高一级上报、响应期间的、本人查询的、等本人签收、签批、答复的、系统告警；一条合并消息算一条",
        },
      ],
      buttons: [toBurden("上周", "上周"), toBurden("上月", "上月")],
      facts: {
        period: { from: period.from.toString(), to: period.to.toString() },
        limit,
        over: over.map(({ person }) => person.name),
        eased: eased.map(({ person }) => person.name),
        rows: all.map((one) => ({
          person: one.person.name,
          fullestWeek: one.fullestWeek,
          messages: one.counted,
          uncounted: one.uncounted,
          byKind: Object.fromEntries([...one.byJob].map(([job, n]) => [job ?? "notice", n])),
          taps: one.taps,
          byAct: Object.fromEntries(one.byAct),
        })),
      },
    };
  },
});

/** 周通报2、问题提醒1 */
const kindWords = (kinds: readonly (readonly [string, number])[]): string =>
  kinds
    .slice(0, 3)
    .map(([kind, n]) => `${kind}${n}`)
    .join("、");

function summary(
  all: readonly Burden[],
  over: readonly Burden[],
  eased: readonly Burden[],
  limit: number,
): string {
  if (all.length === 0) return "这段时间没有发过消息，也没有人操作。";
  const names = (some: readonly Burden[]) => some.map(({ person }) => person.name).join("、");
  return [
    over.length === 0 ? `没有人一周超过${limit}条。` : `${over.length}人超过：${names(over)}。`,
    ...(eased.length === 0 ? [] : [`快满的已自动改为每天一条简报：${names(eased)}。`]),
  ].join("");
}
