import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { type Context, command } from "../src/chat/command.ts";
import { platformName } from "../src/chat/platform.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { counted, listTitle, shortTime } from "../src/chat/wording.ts";
import { actWords, detailWords, subjectWords } from "../src/members/audit-words.ts";
import type { AuditAbout } from "../src/store/audit.ts";
import type { Reader } from "../src/store/store.ts";

const SHOWN = 15;
const toAudit = says("审计");

/** 审计：who did what when, and what changed by it: all of it, one person's, one issue's, strangers' tries. */
export default command({
  name: "audit",
  words: ["审计", "审计记录", "操作记录"],
  help: { does: "看谁办了什么、改了什么，可按人、按问题", example: "审计 {issue}" },
  who: only("查看审计记录", "office"),
  audience: "person",
  args: z.object({
    said: arg.maybe.text("姓名或问题编号", { rest: true, maxLength: 60, hint: "不填看最近的；可加“第2页”" }),
  }),

  async answer({ args: { said = "" } }, context) {
    const { store, office } = context;
    const [, asked = "", page = "1"] = /^(.*?)\s*(?:第(\d{1,5})页)?$/.exec(said.trim()) ?? [];
    const about = await aboutOf(asked, context);
    if (isRefusal(about)) return about;
    const at = Number(page);
    const { rows, total } = await store.audit.about(about.what, SHOWN, (at - 1) * SHOWN);
    const pages = Math.max(1, Math.ceil(total / SHOWN));
    const turnTo = (label: string, n: number) =>
      toAudit(label, ...[about.said, n === 1 ? "" : `第${n}页`].filter((word) => word !== ""));
    if (at < 1 || at > pages)
      return refuse("bad-number", `没有第${at}页，共${pages}页。`, [turnTo("", pages).say]);
    const drawn: string[][] = [];
    for (const row of rows)
      drawn.push([
        shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(row.at))),
        row.actor,
        actWords(row.act, context),
        await subjectWords(row.subject, context),
        row.outcome === "done" ? "已办" : "被拒",
        detailWords(row),
      ]);
    const counts = about.said === STRANGERS ? await store.strangers.latest(SHOWN) : [];
    return {
      title: listTitle(`审计记录${about.said === "" ? "" : `：${about.said}`}`, counted(total, "条")),
      blocks: [
        drawn.length === 0
          ? { kind: "text", text: "没有记录。" }
          : {
              kind: "table",
              columns: [
                { title: "时间" },
                { title: "谁" },
                { title: "事项" },
                { title: "对象" },
                { title: "结果" },
                { title: "内容" },
              ],
              rows: drawn,
            },
        ...(counts.length === 0
          ? []
          : [
              {
                kind: "table" as const,
                columns: [{ title: "日期" }, { title: "平台" }, { title: "次数", align: "end" as const }],
                rows: counts.map(({ day, platform, tries }) => [
                  day,
                  platformName(context.platforms, platform),
                  String(tries),
                ]),
              },
            ]),
        ...(pages > 1 ? [{ kind: "note" as const, text: `第${at}页，共${pages}页` }] : []),
      ],
      buttons: [
        ...(at > 1 ? [turnTo("上一页", at - 1)] : []),
        ...(at < pages ? [turnTo("下一页", at + 1)] : []),
      ],
      facts: {
        total,
        page: at,
        pages,
        rows: rows.map(({ id, at: when, actor, act, subject, outcome, detail }) => ({
          id,
          at: Temporal.Instant.fromEpochMilliseconds(when).toString(),
          actor,
          act,
          subject,
          outcome,
          detail: JSON.parse(detail),
        })),
        ...(counts.length > 0 ? { strangers: counts } : {}),
      },
    };
  },
});

const STRANGERS = "陌生人";

/** Whose rows, or which issue's. */
async function aboutOf(
  asked: string,
  { store, names }: Pick<Context<Reader>, "store" | "names">,
): Promise<{ what: AuditAbout; said: string } | Refusal> {
  if (asked === "") return { what: {}, said: "" };
  if (asked === STRANGERS) return { what: { act: "stranger" }, said: asked };
  const issue = await store.issues.byNo(asked.toUpperCase());
  if (issue !== null) return { what: { subject: `issue:${issue.id}` }, said: issue.no };
  if (/^[A-Z]+-\d{4}-\d+$/i.test(asked))
    return refuse("unknown-issue", `没有编号为${asked}的问题。发送“问题”看清单。`, ["问题"]);
  const everybody = await store.people.ever();
  const name = asked.normalize("NFKC").replace(/\s/g, "");
  const person = everybody.find((one) => one.name === name);
  if (person !== undefined) return { what: { personId: person.id, name: person.name }, said: person.name };
  const near = names.nearest(
    name,
    everybody.map((one) => one.name),
  );
  return refuse(
    "unknown-person",
    `没有叫“${asked.slice(0, 20)}”的成员，也没有这个编号的问题。${near.length > 0 ? `您要找的是${near.map((one) => `“${one}”`).join("或")}吗？` : ""}`,
    near.length > 0 ? near.map((one) => `审计 ${one}`) : ["审计"],
  );
}
