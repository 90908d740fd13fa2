import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, change } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import type { CourseState } from "../src/domain/papers/course.ts";
import { actOnPaper, mayAct } from "../src/papers/act-on-paper.ts";
import { remarkField } from "../src/papers/ask.ts";
import { shownBefore } from "../src/papers/by-word.ts";
import { paperCalled, type SaidOfPaper } from "../src/papers/called.ts";
import { correctPaper } from "../src/papers/correct-paper.ts";
import { BEGUN_BY, PAPER_WORDS } from "../src/papers/declared.ts";
import { paperList } from "../src/papers/paper-list.ts";
import { pendingCard } from "../src/papers/pending.ts";
import { paperSeen } from "../src/papers/sees.ts";
import type { OfficialPaperRow } from "../src/store/official-papers.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const ACTS = {
  审核: "check",
  签发: "sign",
  退回公文: "return",
  撤回公文: "withdraw",
  更正公文: "correct",
} as const;
type Act = (typeof ACTS)[keyof typeof ACTS];

/** Words of the closed loop that are a paper's where its kind stands beside them: 更正 周通报. */
const SHARED = { 退回: "return", 撤回: "withdraw", 更正: "correct" } as const satisfies Record<string, Act>;

/** The states in which something can be done with a paper. */
const STATES: Readonly<Record<Act, readonly CourseState[]>> = {
  check: ["draft"],
  sign: ["draft", "checked"],
  return: ["checked", "signed"],
  withdraw: ["draft", "checked", "signed", "issued"],
  correct: ["issued"],
};

/** 审核、签发、退回公文、撤回公文、更正公文：the course of a paper by word, judged as by its buttons. */
export default change({
  name: "review",
  words: ["审核", "签发", "退回公文", "撤回公文", "更正公文"],
  sharedWords: { words: Object.keys(SHARED), beside: "kind" },
  help: {
    does: "审核、签发、退回、撤回或更正文件，写编号或种类和时段：签发 12号、更正 周通报 上周",
    example: "审核",
  },
  who: anyone,
  audience: "person",
  args: z.object({
    act: arg.maybe.choice("怎样办理", ACTS, { says: SHARED }),
    no: arg.maybe.number("文件编号", { bare: true }),
    kind: arg.maybe.choice("种类", PAPER_WORDS, { says: BEGUN_BY, ahead: true }),
    nth: arg.maybe.number("第几期", { edition: true, ahead: true, with: "kind" }),
    period: arg.maybe.period({ ahead: true, with: "kind" }),
    text: arg.maybe.longtext("意见", { maxLength: 300 }),
  }),

  async instead({ args: { text, ...said }, person }, context) {
    const { act, no, kind } = said;
    if (kind === undefined && no === undefined && (act === "withdraw" || act === "correct"))
      return whichIssued(act, person, context);
    if (kind === undefined && act !== undefined && no === undefined && text?.trim())
      return refuse("bad-number", `“${text.trim()}”不是文件编号，请写成“${wordOf(act)} 12号”。`, ["待审签"]);
    const id = await meantBy(said, person, context);
    if (id === null || act === undefined) return pendingCard(person, context);
    if (typeof id !== "number") return id;
    if ((act === "return" || act === "withdraw") && !text?.trim())
      return refuse(
        "usage",
        act === "return"
          ? `请写明意见，例如：退回公文 ${id}号 “数字再核”。`
          : `请写明原因，例如：撤回公文 ${id}号 “发错对象”。`,
      );
    return act === "correct" ? null : shownBefore(id, act, person, context);
  },

  async answer({ args: { text, ...said }, person }, context) {
    const { act = "check" } = said;
    const id = await meantBy(said, person, context);
    if (typeof id !== "number") return id ?? pendingCard(person, context);
    if (act === "correct") return correctPaper(id, person, context);
    const row = await paperSeen(id, person, context);
    if (isRefusal(row)) return row;
    return actOnPaper(row.id, { act, version: row.version, text }, person, context);
  },
});

type Said = Omit<SaidOfPaper, "kind"> & { kind?: string | undefined; act?: Act | undefined };

/** The number of the paper that is meant, by itself or by its kind; asks where there are several, null where none was named. */
async function meantBy(
  { act = "check", kind, ...rest }: Said,
  person: Person,
  context: Context<Reader>,
): Promise<number | Card | Refusal | null> {
  if (kind === undefined) return rest.no === undefined ? null : Number(rest.no);
  const can = (row: OfficialPaperRow) => STATES[act].includes(row.state) && mayAct(act, row, person, context);
  const found = await paperCalled({ kind, ...rest }, { word: wordOf(act), can }, person, context);
  return "id" in found ? found.id : found;
}

const wordOf = (act: Act) => Object.entries(ACTS).find(([, meant]) => meant === act)?.[0] ?? "";

/** Of what is out none is meant without its number. */
async function whichIssued(act: "withdraw" | "correct", person: Person, context: Context<Reader>) {
  const list = await paperList({ state: "issued" }, person, context);
  if (isRefusal(list)) return list;
  const word = act === "withdraw" ? "撤回公文" : "更正公文";
  const [newest] = (list.facts?.rows ?? []) as { no: string }[];
  const said =
    newest === undefined
      ? ""
      : `请写明编号，例如：${word} ${newest.no}${act === "withdraw" ? " “发错对象”" : ""}。`;
  return {
    ...list,
    blocks: [...(said === "" ? [] : [{ kind: "text" as const, text: said }]), ...list.blocks],
  };
}

const ofDraft = z.object({ paper: z.int(), version: z.int() });

/** 审核通过 on the draft that somebody looks at. */
export const checkPaper = action({
  name: "paper.check",
  label: "审核通过",
  params: ofDraft,
  fields: z.object({}),
  press: ({ params: { paper, version }, person }, context) =>
    actOnPaper(paper, { act: "check", version }, person, context),
});

export const signPaper = action({
  name: "paper.sign",
  label: "签发",
  params: ofDraft,
  fields: z.object({}),
  press: ({ params: { paper, version }, person }, context) =>
    actOnPaper(paper, { act: "sign", version }, person, context),
});

export const returnPaper = action({
  name: "paper.return",
  label: "退回",
  params: ofDraft,
  fields: z.object({ text: remarkField("退回意见") }),
  press: ({ params: { paper, version }, fields: { text }, person }, context) =>
    actOnPaper(paper, { act: "return", version, text }, person, context),
});

export const withdrawPaper = action({
  name: "paper.withdraw",
  label: "撤回公文",
  params: z.object({ paper: z.int() }),
  fields: z.object({ text: remarkField("撤回原因") }),
  press: ({ params: { paper }, fields: { text }, person }, context) =>
    actOnPaper(paper, { act: "withdraw", version: 0, text }, person, context),
});

export const correctIssued = action({
  name: "paper.correct",
  label: "更正",
  params: z.object({ paper: z.int() }),
  fields: z.object({}),
  press: ({ params: { paper }, person }, context) => correctPaper(paper, person, context),
});
