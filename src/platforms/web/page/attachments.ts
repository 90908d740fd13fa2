import { byId, el, notice } from "./dom.ts";

/** What the server takes, so that a phone on a slow line isn't made to send it in vain. */
const largest = 15 * 1024 * 1024;

/** The files that go with the next message: picked, pasted or dropped, and shown as chips until they are sent. */
export function attachments(onChange: () => void) {
  const picker = byId("files", HTMLInputElement);
  const list = byId("attached", HTMLElement);
  const attach = byId("attach", HTMLButtonElement);
  let files: File[] = [];

  function add(more: Iterable<File>) {
    for (const file of more) {
      const megabytes = Math.round(file.size / 1_048_576);
      if (file.size > largest)
        notice(`${file.name}有${megabytes} MB，超过15 MB，请压缩后再发。`, { brief: true });
      else files.push(file);
    }
    draw();
  }
  function draw() {
    list.replaceChildren(...files.map(drawChip));
    list.hidden = files.length === 0;
    onChange();
  }
  function drawChip(file: File) {
    const remove = el("button", { type: "button", "aria-label": `去掉${file.name}` }, "×");
    remove.addEventListener("click", () => {
      files = files.filter((other) => other !== file);
      draw();
      attach.focus();
    });
    return el("li", { class: "attached-file" }, el("span", {}, file.name), remove);
  }

  attach.addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    add(picker.files ?? []);
    // The same file picked again is a change only when nothing is picked.
    picker.value = "";
  });
  document.addEventListener("paste", (event) => takeFrom(event, event.clipboardData));
  document.addEventListener("drop", (event) => takeFrom(event, event.dataTransfer));
  // Without this a browser opens what is dropped instead of the page.
  document.addEventListener("dragover", (event) => event.preventDefault());

  function takeFrom(event: Event, data: DataTransfer | null) {
    if (!data || data.files.length === 0) return;
    event.preventDefault();
    add(data.files);
  }

  return {
    count: () => files.length,
    /** Hands the files over; none are left. */
    take(): File[] {
      const taken = files;
      files = [];
      draw();
      return taken;
    },
  };
}
