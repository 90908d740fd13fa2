import type { InlineKeyboardButton } from "grammy/types";
import { earlier, keysOf } from "../../bot/earlier.ts";
import { checkField, formOf } from "../../bot/form.ts";
import type { Lantian, Reply, Speaker } from "../../bot/lantian.ts";
import { press } from "../../bot/router.ts";
import type { DrawnCard, Field } from "../../chat/card.ts";
import { isRefusal, type Refusal, type RefusalCode, refuse } from "../../chat/refusal.ts";
import { own } from "../../domain/own.ts";
import type { Person } from "../../store/people.ts";
import type { Writer } from "../../store/store.ts";
import { cardOf, inRows, labelOf, noticePart, type Part } from "./draw.ts";
import { escapeHtml, inert } from "./text.ts";

/** A form left alone so long is forgotten: what its person says next is meant otherwise. */
const FORGOTTEN_AFTER_MS = 12 * 3_600_000;
/** Refusals after which no other answer helps. */
const FINAL: readonly RefusalCode[] = ["stale-action", "forbidden", "already-done", "not-linked"];

/** Who fills a form; every step of a form comes from one inbox row. */
export type Filler = Speaker & { person: Person; inbound: number };

/** A form as it stands between two questions; it is kept in the store, so that a restart goes on with it. */
export type Dialog = {
  /** Names this one time that the form was opened: its questions bear it, and under it the form has one effect. */
  id: string;
  token: string;
  title: string;
  fields: readonly Field[];
  /** Answers so far by field; an empty one was skipped. */
  values: Record<string, string>;
  /** The field asked for; null while the person chooses which answer to correct. */
  asking: string | null;
};

/** How a form is claimed by this one time that it was opened. */
const handedIn = ({ id, token }: Dialog) => ({ token, opening: openingOf(id) });
const openingOf = (id: string) => `telegram/${id}`;

/** What a person does with a form: `c` an option, `s` skip, `e` correct a field, `g` submit again, `x` leave. */
export type Move =
  | { kind: "text"; text: string }
  | { kind: "c" | "s" | "e"; field: number; option: number }
  | { kind: "g" | "x" };

/** The form that a person is in the middle of here, or null. */
export async function dialogOf(bot: Lantian, { person }: Pick<Filler, "person">): Promise<Dialog | null> {
  const now = (await bot.clock.now()).epochMilliseconds;
  return bot.store.read(async ({ chats, effects }) => {
    const row = await chats.dialogOf(person.id);
    if (row === null || row.platform !== "telegram" || now - row.at > FORGOTTEN_AFTER_MS) return null;
    const { token } = row;
    const id = token.slice(0, 6);
    const dialog: Dialog = { id, token, ...JSON.parse(row.fields), ...JSON.parse(row.answers) };
    // Handed in, but stopped before that was written down here: the form is done.
    const done = await effects.of(keysOf({ person }, handedIn(dialog)));
    return done === null ? dialog : null;
  });
}

/** What came of the form that a button belongs to; null for one that was never handed in. */
export async function formerly(bot: Lantian, filler: Filler, data: string): Promise<Reply | null> {
  const id = data.match(CODE)?.[1];
  return id === undefined ? null : earlier(bot, filler, { opening: openingOf(id) });
}

/** Opens the form of a button. `fields` as they were drawn carry what the person has said already. */
export async function openDialog(
  bot: Lantian,
  filler: Filler,
  token: string,
  fields?: readonly Field[],
): Promise<Part[] | null> {
  const form = await formOf(bot, filler.person, token);
  if (form === null || form.fields.length === 0) return null;
  const asked = fields ?? form.fields;
  const said = asked.filter((f) => f.required && f.value !== undefined);
  const values = Object.fromEntries(said.map((f) => [f.name, f.value ?? ""]));
  const dialog: Dialog = {
    id: filler.inbound.toString(36),
    token,
    title: form.title,
    fields: asked,
    values,
    asking: asked.find((f) => own(values, f.name) === undefined)?.name ?? null,
  };
  if (!(await keep(bot, filler, dialog))) return [];
  return [questionOf(dialog)];
}

/** What a step in a form is answered with: messages of the form itself, or the card that came of submitting it. */
export type FormStep = { parts: readonly Part[] } | { card: DrawnCard };

/** Takes one step in a form. @returns what to send. */
export async function moveOn(bot: Lantian, filler: Filler, dialog: Dialog, move: Move): Promise<FormStep> {
  if (move.kind === "x") {
    const first = await change(bot, filler, dialog, ({ chats }) => chats.endDialog(filler.person.id));
    return { parts: first ? [noticePart(`已取消“${dialog.title}”，没有提交任何内容。`)] : [] };
  }
  if (move.kind === "g") return submit(bot, filler, dialog);
  if (move.kind === "e") {
    const asking = dialog.fields[move.field]?.name ?? null;
    const changed = { ...dialog, asking };
    return { parts: (await keep(bot, filler, changed)) ? [questionOf(changed)] : [] };
  }
  const field = dialog.fields.find((f) => f.name === dialog.asking);
  if (field === undefined)
    return { parts: [choiceOf(dialog, refuse("usage", "请点要修改的一项，或点“重新提交”。"))] };
  const value = move.kind === "text" ? move.text.trim() : move.kind === "c" ? optionOf(field, move) : "跳过";
  const skipped = value === "跳过" && !field.required;
  const refusal = skipped ? null : await wrong(bot, filler, dialog, field, value);
  if (refusal !== null) return { parts: [noticePart(refusal.message), questionOf(dialog)] };
  const values = { ...dialog.values, [field.name]: skipped ? (field.value ?? "") : value };
  const next = dialog.fields.find((f) => own(values, f.name) === undefined);
  const answered = { ...dialog, values, asking: next?.name ?? null };
  if (next === undefined) return submit(bot, filler, answered);
  return { parts: (await keep(bot, filler, answered)) ? [questionOf(answered)] : [] };
}

/** The question that is open, once more: after a restart. */
export function questionAgain(dialog: Dialog): Part {
  return dialog.asking === null ? choiceOf(dialog, refuse("usage", "表单还没有提交。")) : questionOf(dialog);
}

/** `f:`, the dialogue, the move, the field, the option: far below Telegram's 64 bytes. */
const CODE = /^f:([\w-]{1,12}):([csegx])(?::(\d{1,3}))?(?::(\d{1,3}))?$/;
const codesOf =
  ({ id }: Dialog) =>
  (move: string) =>
    `f:${id}:${move}`;

/** Reads a button of a form. @returns null for anything else, and for a button of another form or an earlier question. */
export function moveOf(data: string, dialog: Dialog): Move | null {
  const found = data.match(CODE);
  if (found?.[1] !== dialog.id) return null;
  const kind = found[2] as Exclude<Move["kind"], "text">;
  if (kind === "g" || kind === "x") return { kind };
  const move = { kind, field: Number(found[3]), option: Number(found[4] ?? 0) };
  const field = dialog.fields[move.field];
  if (field === undefined || (kind !== "e" && field.name !== dialog.asking)) return null;
  return kind === "c" && field.options?.[move.option] === undefined ? null : move;
}

const optionOf = (field: Field, move: { option: number }) => field.options?.[move.option]?.value ?? "";

async function wrong(bot: Lantian, { person }: Filler, dialog: Dialog, field: Field, value: string) {
  if (value === "跳过") return refuse("usage", `“${field.label}”必填，不能跳过。`);
  const form = await formOf(bot, person, dialog.token);
  return form === null ? null : checkField(bot, form, field.name, value);
}

async function submit(bot: Lantian, filler: Filler, dialog: Dialog): Promise<FormStep> {
  const fill = Object.fromEntries(Object.entries(dialog.values).filter(([, value]) => value !== ""));
  const { token, opening } = handedIn(dialog);
  const reply = await press(bot, filler, token, fill, opening);
  const { answer } = reply;
  if (!isRefusal(answer) || FINAL.includes(answer.code)) {
    await bot.store.write((w) => w.chats.endDialog(filler.person.id));
    return { card: cardOf(reply) };
  }
  // The one answer that the refusal names is asked for again; otherwise the person says which it is.
  const named = dialog.fields.filter((f) => answer.message.includes(f.label));
  const asking = named.length === 1 ? (named[0]?.name ?? null) : null;
  const corrected = { ...dialog, asking };
  if (!(await keep(bot, filler, corrected))) return { parts: [] };
  return {
    parts:
      asking === null ? [choiceOf(corrected, answer)] : [noticePart(answer.message), questionOf(corrected)],
  };
}

async function keep(bot: Lantian, filler: Filler, dialog: Dialog): Promise<boolean> {
  const row = await rowOf(bot, filler, dialog);
  return change(bot, filler, dialog, ({ chats }) => chats.saveDialog(row));
}

/**
 * Changes a form in the transaction that takes the inbox row's effect. @returns false when the row has had it before, or
 * the form has been handed in meanwhile, from another phone.
 */
async function change(
  bot: Lantian,
  { person, inbound }: Filler,
  dialog: Dialog,
  by: (writer: Writer) => Promise<void>,
): Promise<boolean> {
  return bot.store.write(async (writer) => {
    if ((await writer.effects.of(keysOf({ person }, handedIn(dialog)))) !== null) return false;
    if (!(await writer.inbox.takeEffect(inbound))) return false;
    await by(writer);
    return true;
  });
}

async function rowOf(bot: Lantian, { person }: Filler, dialog: Dialog) {
  const { id, token, title, fields, values, asking } = dialog;
  return {
    personId: person.id,
    platform: "telegram" as const,
    token,
    fields: JSON.stringify({ id, title, fields }),
    answers: JSON.stringify({ values, asking }),
    at: (await bot.clock.now()).epochMilliseconds,
  };
}

function questionOf(dialog: Dialog): Part {
  const at = dialog.fields.findIndex((f) => f.name === dialog.asking);
  const field = dialog.fields[at] as Field;
  const code = codesOf(dialog);
  const optional = `可不填，发送“跳过”${field.value ? `（用“${field.value}”）` : ""}`;
  const lines = [
    `${dialog.title}（${at + 1}/${dialog.fields.length}）`,
    `请${field.options ? "选择" : "发送"}：${field.label}${field.kind === "date" ? "（如 6月30日）" : ""}`,
    ...(field.hint ? [field.hint] : []),
    ...(field.required ? [] : [optional]),
  ];
  const options = (field.options ?? []).map((option, i) => button(option.label, code(`c:${at}:${i}`)));
  const end = [...(field.required ? [] : [button("跳过", code(`s:${at}`))]), button("取消", code("x"))];
  return { ...text(lines), keyboard: [...inRows(options), end] };
}

/** After a refusal that names no single answer: which one is to be corrected? */
function choiceOf(dialog: Dialog, refusal: Refusal): Part {
  const code = codesOf(dialog);
  const answers = dialog.fields.map((f, i) => button(`改：${f.label}`, code(`e:${i}`)));
  const short = (value: string) => (value.length > 200 ? `${[...value].slice(0, 100).join("")}…` : value);
  const shown = dialog.fields.map((f) => `${f.label}：${short(own(dialog.values, f.name) || "（不填）")}`);
  const lines = [refusal.message, "", `${dialog.title}，已填：`, ...shown, "", "要改哪一项？"];
  return {
    ...text(lines),
    keyboard: [...inRows(answers), [button("重新提交", code("g")), button("取消", code("x"))]],
  };
}

function text(lines: readonly string[]): Pick<Part, "html" | "plain"> {
  const plain = inert(lines.join("\n"));
  return { html: escapeHtml(plain), plain };
}

function button(label: string, data: string): InlineKeyboardButton {
  return { text: labelOf(label), callback_data: data };
}
