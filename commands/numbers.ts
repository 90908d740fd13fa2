import { z } from "zod";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { counted, listTitle } from "../src/chat/wording.ts";
import { PAPER_NAMES } from "../src/issues/numbering.ts";
import { type askedNumbers, readsRegister, registerOf, registerPaper } from "../src/issues/register.ts";
import { PAPER_WORDS } from "../src/papers/declared.ts";

const toNumbers = says("文号");
const toIssue = says("问题");
const toPaper = says("文件");

export { registerPaper } from "../src/issues/register.ts";

const SHOWN = 20;
const KINDS: Readonly<Record<string, string>> = {
  ...{ 交办: "order", 督办: "supervision", 延期: "extension", 移送: "transfer" },
  ...PAPER_WORDS,
};

/** 文号：the office's register: which numbers were given to which papers, void ones too. */
export default command({
  name: "numbers",
  words: ["文号", "登记簿", "文号登记簿", "发文登记簿", "发文登记"],
  hints: ["发文"],
  help: { does: "看文号登记簿：每个文号对应哪件公文，作废的也在", example: "文号" },
  who: readsRegister,
  audience: "person",
  args: z.object({
    kind: arg.maybe.choice("类别", KINDS, {
      says: Object.fromEntries(Object.entries(PAPER_NAMES).map(([kind, name]) => [name, kind])),
    }),
    period: arg.maybe.period(),
    search: arg.maybe.text("搜索", { prefix: "搜", maxLength: 50 }),
    page: arg.maybe.number("页码"),
    look: arg.maybe.choice("导出", { 导出: "workbook", Excel: "workbook", excel: "workbook" }),
  }),

  async answer({ args: { kind, period, search, page, look } }, context) {
    const asked: z.output<typeof askedNumbers> = {
      ...(kind ? { kind } : {}),
      ...(period ? { from: period.from.toString(), to: period.to.toString() } : {}),
      ...(search ? { text: search } : {}),
    };
    const at = Number(page ?? 1);
    if (!Number.isInteger(at) || at < 1)
      return refuse("bad-number", "页码应为1以上的整数，例如“文号 第2页”。", ["文号"]);
    const { rows, total } = await registerOf(asked, { limit: SHOWN, offset: (at - 1) * SHOWN }, context);
    const pages = Math.max(1, Math.ceil(total / SHOWN));
    if (at > pages) return refuse("bad-number", `没有第${at}页，共${pages}页。`, ["文号"]);
    const said = [
      Object.entries(KINDS).find(([, meant]) => meant === kind)?.[0],
      period?.label,
      search && `“${search}”`,
    ].filter(Boolean);
    const turnTo = (label: string, n: number) => toNumbers(label, ...said, `第${n}页`);
    return {
      title: listTitle("文号登记簿", ...said, counted(total, "个")),
      blocks: [
        total === 0
          ? { kind: "text", text: "还没有编过文号。" }
          : {
              kind: "table",
              columns: [
                { title: "文号" },
                { title: "日期" },
                { title: "内容" },
                { title: "对应编号" },
                { title: "状态" },
              ],
              rows: rows.map((row) => [
                row.no,
                row.day,
                `${row.kind}：${row.title}`,
                row.stands || "—",
                row.state,
              ]),
              opens: rows.map((row) => {
                if (row.stands === "") return null;
                return (row.stands.endsWith("号") ? toPaper : toIssue)("", row.stands).say;
              }),
            },
        ...(pages > 1 ? [{ kind: "note" as const, text: `第${at}页，共${pages}页` }] : []),
      ],
      buttons: [
        ...(at > 1 ? [turnTo("上一页", at - 1)] : []),
        ...(at < pages ? [turnTo("下一页", at + 1)] : []),
        ...(look === undefined && total > 0 ? [toNumbers("导出Excel", ...said, "导出")] : []),
      ],
      ...(look === undefined || total === 0
        ? {}
        : { files: [registerPaper.file(asked, { name: "文号登记簿.xlsx" })] }),
      facts: { rows, total },
    };
  },
});
