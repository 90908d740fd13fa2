import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import type { LedgerWord } from "../src/domain/plan/pack-ledger.ts";
import { alreadyMeans, calledSo, meaningsOf } from "../src/office/ledger-words.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const mayChange = only("修改台账用语", "office");
const MOST = 200;

/** 台账用语：what ledgers may call things, beside the plan pack's own words. */
export default command({
  name: "wording",
  words: ["台账用语"],
  help: { does: "看和改台账里类别、来源、状态、县区单位的其他叫法", example: "台账用语" },
  audience: "person",
  who: only("查看台账用语", "office", "supervision"),
  args: z.object({}),
  async answer({ person }, context) {
    return wordsCard("台账用语", person, context, await context.store.settings.ledgerWords());
  },
});

/** 添加: ledgers imported from now on may say it so. */
export const addLedgerWord = action({
  name: "wording.add",
  label: "添加叫法",
  params: z.object({}),
  fields: z.object({
    word: arg.text("台账里的叫法", { maxLength: 50, hint: "例如 渣土扬尘" }),
    means: arg.text("就是", { maxLength: 50, hint: "类别、来源的名称，或 已销号、未销号、县区单位" }),
  }),
  async press({ fields, person }, context) {
    const { office, store, today } = context;
    const forbidden = mayChange.check({ person, args: {}, office, today });
    if (forbidden !== null) return forbidden;
    const [word, means] = [fields.word.trim(), fields.means.trim()];
    const meanings = meaningsOf(office.pack);
    if (!meanings.includes(means))
      return refuse("usage", `没有“${means}”这一项。“就是”请填：${meanings.join("、")}。`);
    const before = alreadyMeans(word, means, office.pack);
    if (before !== null)
      return refuse("conflict", `“${word}”已经是“${before}”的叫法，一个叫法只能有一个意思。`);
    const own = await store.settings.ledgerWords();
    if (own.length >= MOST) return refuse("conflict", `自己添加的叫法最多${MOST}个，请先删去不用的。`);
    await store.settings.setLedgerWords([...own, { word, means }]);
    return {
      ...(await wordsCard(`已添加：${word}就是${means}`, person, context, own)),
      audit: { word, means },
    };
  },
});

/** 删去: of the office's own words; those of the plan pack stand in its file. */
export const removeLedgerWord = action({
  name: "wording.remove",
  label: "删去叫法",
  params: z.object({}),
  fields: z.object({ word: arg.text("台账里的叫法", { maxLength: 50 }) }),
  async press({ fields, person }, context) {
    const { office, store, today } = context;
    const forbidden = mayChange.check({ person, args: {}, office, today });
    if (forbidden !== null) return forbidden;
    const word = fields.word.trim();
    const own = await store.settings.ledgerWords();
    const left = own.filter((one) => one.word !== word);
    if (left.length === own.length)
      return refuse("usage", `“${word}”不是自己添加的叫法，不能在这里删去。自己添加的见“台账用语”。`, [
        "台账用语",
      ]);
    await store.settings.setLedgerWords(left);
    return { ...(await wordsCard(`已删去：${word}`, person, context, own)), audit: { word } };
  },
});

/** `before`: the words that the office had when it was asked: all others are its plan pack's. */
async function wordsCard(
  title: string,
  person: Person,
  { store, office, today }: Context<Reader>,
  before: readonly LedgerWord[],
): Promise<Card> {
  const own = await store.settings.ledgerWords();
  const isOwn = (word: string, means: string) =>
    before.some((one) => one.word === word && one.means === means);
  const rows = meaningsOf(office.pack).map((means) => {
    const packs = calledSo(means, office.pack).filter((word) => !isOwn(word, means));
    const added = own.flatMap((one) => (one.means === means ? [one.word] : []));
    return [means, packs.join("、") || "—", added.join("、") || "—"];
  });
  const mayEdit = mayChange.check({ person, args: {}, office, today }) === null;
  return {
    title,
    blocks: [
      {
        kind: "table",
        columns: [{ title: "含义" }, { title: "计划包里的叫法" }, { title: "自己添加的" }],
        rows,
      },
      { kind: "note", text: "添加后导入的台账按新叫法读，记录里保留台账原文；已导入的不变" },
    ],
    ...(mayEdit ? { buttons: [addLedgerWord.button({}), removeLedgerWord.button({})] } : {}),
    facts: { own },
  };
}
