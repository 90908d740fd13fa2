import { z } from "zod";
import type { Lantian } from "../bot/lantian.ts";
import { type AskedForm, longButton } from "../bot/long-action.ts";
import { transact } from "../bot/transaction.ts";
import { arg } from "../chat/args.ts";
import type { Card } from "../chat/card.ts";
import type { AnyImportKind, Column } from "../chat/import.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { type DateOrder, dateOrderNames, otherOrder } from "../domain/date-order.ts";
import { columnTitle, fold } from "../intake/column-names.ts";
import { quoted } from "../intake/refusal.ts";
import { shown } from "../intake/sheet.ts";
import type { ColumnsSaid, ImportQuestion } from "../store/import-questions.ts";
import type { Person } from "../store/people.ts";
import { ANSWERS, type Answer } from "./asked.ts";
import { lookAgain, questionOf, versionOf } from "./asked-table.ts";
import { cancelImport, confirmImport, takeOtherOrder } from "./import-answers.ts";
import { lookAside } from "./import-aside.ts";
import type { TableLook } from "./import-thread.ts";
import type { Unsure } from "./read-tables.ts";

/**
 * Keeps a file that isn't told for sure and asks its sender: what was taken for what, with the first rows. Nothing of it is
 * stored before it is answered. Null where it can't be read as that either.
 */
export async function askAbout(
  bot: Lantian,
  person: Person,
  { name, bytes }: { name: string; bytes: Uint8Array },
  { doubts, ...unsure }: Unsure,
): Promise<Card | Refusal | null> {
  const look = await lookAside(bot, { name, bytes }, unsure);
  if ("refusal" in look) return null;
  const at = (await bot.clock.now()).epochMilliseconds;
  const draft = await bot.vault.lay(bytes);
  const dateOrder = look.guess?.order ?? null;
  const row = { personId: person.id, name, sha256: draft.sha256, at, ...unsure, dateOrder };
  const kept = await transact(bot, { act: "import.ask", at, person }, async (store) => {
    const id = await store.importQuestions.ask(row);
    draft.keep();
    return { title: name, blocks: [], facts: { id } };
  }).finally(draft.drop);
  return isRefusal(kept)
    ? kept
    : questionCard(bot, { id: Number(kept.card.facts?.id), ...row }, look, doubts);
}

/** What of a file was taken for what, with 确认 · 改列 · 取消. */
async function questionCard(
  bot: Lantian,
  question: ImportQuestion,
  look: TableLook,
  ofColumns: readonly string[],
): Promise<Card> {
  const { guess } = look;
  const doubts = [...ofColumns, ...(guess === null ? [] : [guess.doubt])];
  const params = { question: question.id, version: versionOf(question) };
  const form = formFor(bot, look);
  const doubt = doubts.length > 0 ? `拿不准：${doubts.join("；")}。` : "";
  return {
    title: `请核对：${question.name}`,
    tone: "notice",
    blocks: [
      { kind: "text", text: `${doubt}请核对每一列，确认后才导入。`, tone: "notice" },
      ...previewOf(bot, look),
    ],
    buttons: [
      await longButton({ ...ANSWERS.confirm, ...confirmImport }, params, bot, "primary"),
      ...(guess === null ? [] : [await orderButton(guess.order, params, bot)]),
      ...(ofColumns.length > 0 || Object.keys(question.columns).length > 0
        ? [await longButton({ ...ANSWERS.columns, ...changeColumns, form: async () => form }, params, bot)]
        : []),
      await longButton({ ...ANSWERS.cancel, ...cancelImport }, params, bot),
    ],
    facts: { asks: doubts, columns: question.columns, dateOrder: guess?.order ?? null },
  };
}

const orderButton = (shown: DateOrder, params: { question: number; version: string }, bot: Lantian) =>
  longButton(
    { ...ANSWERS.otherOrder, ...takeOtherOrder, label: `按${dateOrderNames[otherOrder(shown)]}读` },
    params,
    bot,
  );

function previewOf(bot: Lantian, look: TableLook): Card["blocks"] {
  const columns = [
    { title: "表头" },
    { title: "认作" },
    ...look.rows.map(({ line }) => ({ title: `第${line}行` })),
  ];
  const rows = look.at.map(([column, at]) => [
    quoted(look.heads[at] ?? ""),
    titleIn(bot, look, column),
    ...look.rows.map(({ cells }) => quoted(shown(cells[at] ?? ""))),
  ]);
  return [
    { kind: "table", columns, rows },
    { kind: "note", text: look.lines.join("\n") },
  ];
}

const kindOfLook = (bot: Lantian, { kind }: TableLook): AnyImportKind => {
  const found = bot.registry.imports.find(({ id }) => id === kind);
  if (found === undefined) throw new Error(`there is no kind of import "${kind}"`);
  return found;
};

const titleIn = (bot: Lantian, look: TableLook, column: string) =>
  columnTitle((kindOfLook(bot, look).columns as Record<string, Column>)[column] as Column);

/** 改列: which head is which of the columns that the kind needs. */
export const changeColumns: Answer = {
  async form({ question: id }, bot) {
    const question = await bot.store.read((store) => store.importQuestions.byId(id));
    const look = question && (await lookAgain(bot, question));
    return look === null || "refusal" in look ? { schema: z.object({}), values: {} } : formFor(bot, look);
  },
  async press(bot, { params, fields, person, keys, inbound }) {
    const question = await questionOf(bot, person, params);
    if (isRefusal(question)) return question;
    const before = await lookAgain(bot, question);
    if ("refusal" in before) return refuse("conflict", "这张表读不出列，请改好后重新发送文件。");
    const chosen = choicesFor(bot, before).columns.map(({ name, ...more }) => ({
      ...more,
      head: fields[name] as string | undefined,
    }));
    const twice = chosen.find(
      ({ head }, at) => head !== undefined && chosen.some((c, i) => i < at && c.head === head),
    );
    if (twice !== undefined) return refuse("usage", `同一列不能当作两项，请另选“${twice.title}”的列。`);
    const changed = { ...question, columns: reassigned(question.columns, chosen) };
    const look = await lookAgain(bot, changed);
    if ("refusal" in look) return refuse("usage", look.refusal);
    const at = (await bot.clock.now()).epochMilliseconds;
    const row = { ...changed, dateOrder: look.guess?.order ?? null, at };
    const kept = await transact(
      bot,
      { act: "import.columns", at, person, inbound, keys },
      async ({ importQuestions }) => {
        await importQuestions.ask(row);
        return { title: `已改列：${question.name}`, blocks: [] };
      },
    );
    return isRefusal(kept) ? kept : questionCard(bot, row, look, []);
  },
};

function formFor(bot: Lantian, look: TableLook): AskedForm {
  const { columns, choices, at } = choicesFor(bot, look);
  const fields = columns.map(({ name, title, needed }) => {
    const field = needed ? arg.choice(title, choices) : arg.maybe.choice(title, choices);
    return [name, field] as const;
  });
  const labels = Object.keys(choices);
  const values = columns.flatMap(({ name, column }) => {
    const label = labels[at.get(column) ?? -1];
    return label === undefined ? [] : [[name, label] as const];
  });
  return { schema: z.object(Object.fromEntries(fields)), values: Object.fromEntries(values) };
}

/** What was said before, but for the columns that are chosen now. */
function reassigned(
  before: ColumnsSaid,
  chosen: readonly { column: string; head: string | undefined }[],
): ColumnsSaid {
  const mine = new Set(chosen.map(({ column }) => column));
  const columns = Object.entries(before).map(
    ([head, column]) => [head, mine.has(column) ? "" : column] as const,
  );
  const now = chosen.flatMap(({ column, head }) => (head === undefined ? [] : [[head, column] as const]));
  return Object.fromEntries([...columns, ...now]);
}

/** Heads that a form offers: a select holds no more on any platform. */
const MOST_CHOICES = 90;

/** The columns that a kind needs, and the heads that each may be, under labels that no two of them share. */
function choicesFor(bot: Lantian, look: TableLook) {
  const all = look.heads.flatMap((text, at) => (text === "" ? [] : [{ at, text }]));
  const offered = all.slice(0, MOST_CHOICES);
  const choices = Object.fromEntries(
    offered.map(({ at, text }) => [`第${at + 1}列 ${quoted(text)}`, fold(text)] as const),
  );
  const place = new Map(offered.map(({ at }, i) => [at, i]));
  const at = new Map(look.at.map(([column, i]) => [column, place.get(i) ?? -1]));
  const needs = kindOfLook(bot, look).needs as readonly (string | readonly string[])[];
  const columns = needs.flatMap((group) => {
    const several = typeof group !== "string";
    return [group].flat().map((column) => ({ column, title: titleIn(bot, look, column), needed: !several }));
  });
  return { choices, at, columns: columns.map((one, i) => ({ ...one, name: `column${i + 1}` })) };
}
