import { html, nothing } from "lit-html";
import { attachments } from "./attachments.ts";
import { draftOf, keepDraft } from "./draft.ts";
import { forgetReading, readWhileTyping } from "./hint.ts";
import { activeOption, closeMenu, findCommands, menu, menuKey } from "./menu.ts";
import { sayHere, send } from "./saying.ts";
import { type Option, state } from "./state.ts";

/** The input with its send button, files, command menu and recall of what was said. */
export const composer = () => html`
  <form class="composer" id="composer" autocomplete="off" @submit=${submit}>
    <p class="reading" id="reading" ?hidden=${state.reading === null}>${state.reading && `读作：${state.reading}`}</p>
    ${menu(pick)} ${attachments()}
    <label class="unseen" for="say">对蓝天说</label>
    <textarea id="say" rows="1" maxlength="4000" enterkeyhint="send"
      placeholder=${state.files.length > 0 ? "写明编号和整改前或整改后" : "如“海安 5月”，输入 / 看命令"}
      role="combobox" aria-expanded=${state.menu.found.length > 0} aria-controls="menu" aria-autocomplete="list" aria-describedby="reading"
      aria-activedescendant=${activeOption() ?? nothing} @input=${typed} @keydown=${key} @blur=${closeMenu}></textarea>
    <button class="send" type="submit" aria-label="发送">发送</button>
  </form>
`;

/** Puts text into the input and leaves the rest to the person. */
export function prefill(text: string): void {
  put(text);
  input().focus();
}

/** How many sayings back the recall stands; 0 is the empty input that it began from. */
let back = 0;

const input = () => document.getElementById("say") as HTMLTextAreaElement;
const pick = ({ phrase }: Option) => {
  closeMenu();
  prefill(phrase);
  read();
};
/** What stands in the input is read while its writer pauses. */
const read = () => {
  const { value } = input();
  readWhileTyping(value, () => input().value === value);
};

function submit(event: SubmitEvent) {
  event.preventDefault();
  const text = input().value.trim();
  const { files } = state;
  if (text === "" && files.length === 0) return;
  state.files = [];
  put("");
  back = 0;
  forgetReading();
  closeMenu();
  if (files.length > 0) send(files, text);
  else sayHere(text);
}

function typed() {
  back = 0;
  settle();
  if (findCommands(input().value)) forgetReading();
  else read();
}

function key(event: KeyboardEvent) {
  // While an input method composes, Enter and the arrows belong to it (229 is Safari's way to say so).
  if (event.isComposing || event.keyCode === 229) return;
  if (menuKey(event.key, pick)) return event.preventDefault();
  const { value, form } = input();
  const recalls = !value.includes("\n") && (value === "" || back > 0);
  if (event.key === "Enter" && !event.shiftKey) form?.requestSubmit();
  else if (event.key === "ArrowUp" && recalls) recall(1);
  else if (event.key === "ArrowDown" && back > 0) recall(-1);
  else return;
  event.preventDefault();
}

function recall(step: 1 | -1) {
  const all = said();
  back = Math.min(back + step, all.length);
  put((back > 0 && all.at(-back)) || "");
}

/** What the person said, the latest last. A file can't be sent again by its name. */
const said = () =>
  [...state.messages.values()]
    .filter(({ from, text }) => from === "me" && !text?.startsWith("[文件] "))
    .flatMap(({ text }) => text ?? []);

function put(text: string) {
  input().value = text;
  input().setSelectionRange(text.length, text.length);
  settle();
}

/** The input is as high as its text, which outlives a reload. */
function settle() {
  input().style.height = "auto";
  input().style.height = `${input().scrollHeight}px`;
  keepDraft("say", input().value ? { text: input().value } : {});
}

/** Puts back what was typed before the page was loaded again. */
export const restoreDraft = (): void => put(draftOf("say").text ?? "");
