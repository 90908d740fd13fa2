import { html, nothing } from "lit-html";
import type { DrawnButton, DrawnCard, Field } from "../../../chat/card.ts";
import type { ConsoleMessage } from "../console.ts";
import { api, newRequestId } from "./api.ts";
import { drawBoxes } from "./boxes.ts";
import { showAnswer, withdraw } from "./conversation.ts";
import { draftOf, keepDraft } from "./draft.ts";
import { drawField, inputId } from "./field.ts";
import { once } from "./notice.ts";
import { openSheet } from "./sheet.ts";
import { draw, state } from "./state.ts";

type PressButton = Extract<DrawnButton, { kind: "press" }>;

/**
 * Asks for the button's fields, without fields whether to go on, then presses it.
 * A refusal is shown at the form and the input stays; what is typed outlives Escape and a reload.
 */
export function askInForm(button: PressButton, message: ConsoleMessage): void {
  const { id: messageId, card } = message;
  const { label, token, fields, style } = button;
  const of = card?.title ?? "";
  // The one button of a card that is nothing but a form says no more than "fill in": the card says what.
  const title = loneForm(message) ? of : label;
  const draft = `${messageId}/${label}`;
  const kept = draftOf(draft);
  const begun = Object.fromEntries(fields.map(({ name, value = "" }) => [name, kept[name] ?? value]));
  let filled: Readonly<Record<string, string>> = begun;
  const form = newRequestId();
  let missing: readonly Field[] = [];
  let refused: string | null = null;

  const refuse = (why: string) => {
    refused = why;
  };
  const typed = ({ currentTarget }: Event) => {
    const fill = fillOf(currentTarget as HTMLFormElement);
    keepDraft(draft, fill);
    filled = fill;
    if (missing.length === 0 && !fields.some(({ over }) => over)) return;
    missing = missing.filter(({ name }) => !fill[name]);
    draw();
  };
  const press = async (fill: Record<string, string>) => {
    // Mended input is another request; the form stays the same, so that it has one effect though an answer was lost.
    const answers = await api.press(newRequestId(), token, fill, form);
    const refusals = answers.filter((each) => refusalIn(each.card) !== null);
    withdraw(refusals);
    showAnswer(answers.filter((each) => !refusals.includes(each)));
    refused = refusalIn(refusals[0]?.card);
    if (refused !== null) return;
    keepDraft(draft, {});
    close();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const target = event.currentTarget as HTMLFormElement;
    const fill = fillOf(target);
    missing = fields.filter(({ name, required }) => required && !fill[name]);
    draw();
    if (missing[0]) return target.querySelector<HTMLElement>(`[name="${missing[0].name}"]`)?.focus();
    once(draft, () => press(fill), refuse);
  };
  /** The photo that a field's boxes are drawn on, where it stands on the card. */
  const photoOver = ({ name, over }: Field) => {
    const photo = over && card?.files?.find((file) => file.picture && file.name === over);
    return photo ? drawBoxes(photo, inputId(name), filled[name] ?? "") : nothing;
  };
  const content = () => html`
    <form class="form" novalidate autocomplete="off" @input=${typed} @submit=${submit}>
      <div class="form-body">
        <p class="form-about" ?hidden=${title === of}>${of}</p>
        ${fields.map((field) => drawField(field, begun[field.name] ?? "", missing.includes(field), photoOver(field)))}
      </div>
      <div class="form-foot">
        <p class="form-fault" role="alert" ?hidden=${refused === null}>${refused}</p>
        <div class="form-buttons">
          <button type="button" class="button" data-style="plain" @click=${() => close()}>取消</button>
          <button class="button" data-style=${style === "danger" ? style : "primary"} aria-busy=${state.busy.has(draft) || nothing}
            >${fields.length === 0 || style === "danger" ? label : "提交"}</button>
        </div>
      </div>
    </form>
  `;
  // On a photo nobody types at first: a phone's keyboard would cover it.
  const first = fields[0] ? ".photo, [name]" : ".form-buttons :last-child";
  keepDraft(OPEN, { message: String(messageId), label });
  const closed = () => keepDraft(OPEN, {});
  const close = openSheet(fields[0] ? title : `${title}？`, content, { focus: first, closed });
}

/** Under this name stands which form is open: a reload, or coming back to the page, opens it again. */
const OPEN = "open-form";

/** Opens the form again that was open when the page was left, where its button is still there. */
export function reopenForm(): void {
  const { message: id, label } = draftOf(OPEN);
  const message = state.messages.get(Number(id));
  const button = message?.card?.buttons?.find(
    (each): each is PressButton => each.kind === "press" && each.label === label,
  );
  if (message && button) askInForm(button, message);
  else keepDraft(OPEN, {});
}

/** An answer that is nothing but a form opens by itself: the person asked for it. */
export function openLoneForm(answers: readonly ConsoleMessage[]): void {
  const last = answers.at(-1);
  const button = last && loneForm(last);
  if (last && button) askInForm(button, last);
}

/** The one button of a card that is nothing but a form, or null. */
function loneForm({ card }: ConsoleMessage): PressButton | null {
  const [button, another] = card?.buttons ?? [];
  const onlyWords = card?.blocks.every(({ kind }) => kind === "text" || kind === "note");
  return !onlyWords || another || button?.kind !== "press" || button.fields.length === 0 ? null : button;
}

/** The message of a card that refuses, or null. */
export function refusalIn(card: DrawnCard | undefined): string | null {
  const error = card?.facts?.error;
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : null;
}

/** What was filled in, by the fields' names. */
function fillOf(form: HTMLFormElement): Record<string, string> {
  const trimmed = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ""));
}
