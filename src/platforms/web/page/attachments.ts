import { html } from "lit-html";
import { notice } from "./notice.ts";
import { draw, state } from "./state.ts";

/** What the server takes, so that a phone on a slow line isn't made to send it in vain. */
const largest = 15 * 1024 * 1024;

/** The files that go with the next message, as chips until they are sent, and the button that picks more. */
export const attachments = () => html`
  <ul class="attached" id="attached" aria-label="要发送的文件" ?hidden=${state.files.length === 0}>
    ${state.files.map(
      (file) => html`
        <li class="attached-file">
          <span>${file.name}</span>
          <button type="button" aria-label="去掉${file.name}" @click=${() => remove(file)}>×</button>
        </li>
      `,
    )}
  </ul>
  <input id="files" type="file" multiple hidden accept="image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.csv,.tsv,.txt"
    @change=${picked}>
  <button class="attach" id="attach" type="button" aria-label="附件" title="添加照片或文件" @click=${pick}>
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path d="M20 11.5l-8.1 8.1a5.2 5.2 0 0 1-7.4-7.4l8.5-8.5a3.5 3.5 0 0 1 5 5l-8.5 8.4a1.8 1.8 0 0 1-2.5-2.5l7.8-7.8"
        fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>
    </svg>
  </button>
`;

/** Takes what is pasted or dropped anywhere on the page. */
export function receiveFiles(): void {
  const takeFrom = (event: Event, data: DataTransfer | null) => {
    if (!data || data.files.length === 0) return;
    event.preventDefault();
    add(data.files);
  };
  document.addEventListener("paste", (event) => takeFrom(event, event.clipboardData));
  document.addEventListener("drop", (event) => takeFrom(event, event.dataTransfer));
  // Without this a browser opens what is dropped instead of the page.
  document.addEventListener("dragover", (event) => event.preventDefault());
}

function add(files: Iterable<File>) {
  for (const file of files) {
    const megabytes = Math.round(file.size / 1_048_576);
    if (file.size > largest)
      notice(`${file.name}有${megabytes} MB，超过15 MB，请压缩后再发。`, { brief: true });
    else state.files.push(file);
  }
  draw();
  if (state.files.length > 0) document.getElementById("say")?.focus();
}

function remove(file: File) {
  state.files = state.files.filter((other) => other !== file);
  draw();
  document.getElementById("attach")?.focus();
}

const pick = () => document.getElementById("files")?.click();

function picked({ currentTarget }: Event) {
  const picker = currentTarget as HTMLInputElement;
  add(picker.files ?? []);
  // The same file picked again is a change only when nothing is picked.
  picker.value = "";
}
