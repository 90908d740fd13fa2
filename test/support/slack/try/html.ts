// biome-ignore lint/suspicious/noExplicitAny: blocks are as free as Slack's
type Any = any;

/** Blocks as simple HTML: as much of Block Kit as the bot draws, everything escaped. */
export function htmlOf(blocks: readonly Any[]): string {
  return blocks.map(blockHtml).join("");
}

/** Files of a message: a picture is shown, anything else is for download. */
export function filesHtml(files: readonly { id: string; title: string }[]): string {
  return files
    .map(({ id, title }) => {
      const [src, name] = [`/file/${escaped(id)}`, escaped(title)];
      return isPicture(title)
        ? `<figure><img src="${src}" alt="${name}"><figcaption>${name}</figcaption></figure>`
        : `<p><a href="${src}" download="${name}">${name}</a></p>`;
    })
    .join("");
}

export const isPicture = (name: string) => /\.(jpe?g|png)$/i.test(name);

/** A modal as a form; its inputs bear the names of Slack's blocks. */
export function formHtml(view: Any): string {
  const inputs = view.blocks.map((block: Any) =>
    block.type === "input"
      ? `<label>${escaped(block.label.text)}${block.optional ? "（可不填）" : ""}${inputHtml(block)}<em data-error="${escaped(block.block_id)}"></em></label>`
      : blockHtml(block),
  );
  return `<h2>${escaped(view.title.text)}</h2>${inputs.join("")}<button type="submit">${escaped(view.submit?.text ?? "提交")}</button><button type="button" data-cancel>取消</button>`;
}

function blockHtml(block: Any): string {
  switch (block.type) {
    case "header":
      return `<h2>${escaped(block.text.text)}</h2>`;
    case "section":
      return `<p>${[block.text, ...(block.fields ?? [])].flatMap((t: Any) => (t ? [escaped(t.text)] : [])).join("<br>")}</p>`;
    case "rich_text":
      return block.elements.map(richHtml).join("");
    case "context":
      return `<small>${block.elements.map((e: Any) => escaped(e.text ?? e.alt_text ?? "")).join(" ")}</small>`;
    case "actions":
      return `<p>${block.elements.map(buttonHtml).join(" ")}</p>`;
    case "table":
      return `<table>${block.rows.map((row: Any[]) => `<tr>${row.map((cell) => `<td>${escaped(plainOf(cell))}</td>`).join("")}</tr>`).join("")}</table>`;
    case "divider":
      return "<hr>";
    default:
      return `<p>［${escaped(String(block.type))}］</p>`;
  }
}

function richHtml(part: Any): string {
  const text = part.elements.map((leaf: Any) =>
    leaf.style?.bold ? `<b>${escaped(leaf.text)}</b>` : escaped(leaf.text),
  );
  return part.type === "rich_text_preformatted" ? `<pre>${text.join("")}</pre>` : `<p>${text.join("")}</p>`;
}

function buttonHtml(button: Any): string {
  const label = escaped(button.text.text);
  return `<button data-press="${label}" class="${button.style ?? ""}">${label}</button>`;
}

function inputHtml({ block_id, element }: Any): string {
  const name = `name="${escaped(block_id)}"`;
  const hint = `placeholder="${escaped(element.placeholder?.text ?? "")}"`;
  const value = escaped(element.initial_value ?? element.initial_date ?? "");
  if (element.type === "static_select") {
    const chosen = element.initial_option?.value;
    const options = element.options.map(
      (o: Any) =>
        `<option value="${escaped(o.value)}"${o.value === chosen ? " selected" : ""}>${escaped(o.text.text)}</option>`,
    );
    return `<select ${name}><option value=""></option>${options.join("")}</select>`;
  }
  if (element.type === "datepicker") return `<input type="date" ${name} value="${value}">`;
  if (element.multiline) return `<textarea ${name} ${hint}>${value}</textarea>`;
  return `<input ${name} ${hint} value="${value}">`;
}

function plainOf(cell: Any): string {
  return cell.text ?? cell.elements?.map(plainOf).join("") ?? "";
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
