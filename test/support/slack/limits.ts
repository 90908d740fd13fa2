/** Slack's documented limits on what it draws. Each check answers the reason for a refusal, or null. */

// biome-ignore lint/suspicious/noExplicitAny: a server is given whatever a client sends
type Any = any;

const length = (text: string) => [...text].length;

class Refused extends Error {}
function demand(holds: unknown, why: string): asserts holds {
  if (!holds) throw new Refused(why);
}
const judged = (check: () => void): string | null => {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
};

/** Why Slack would refuse these blocks on that surface. */
export function faultOfBlocks(blocks: Any, surface: "message" | "modal" | "home"): string | null {
  return judged(() => {
    demand(Array.isArray(blocks), "blocks are no list");
    demand(blocks.length >= 1 || surface === "message", "no blocks");
    demand(blocks.length <= (surface === "message" ? 50 : 100), `${blocks.length} blocks`);
    const ids = blocks.flatMap((b: Any) => (b.block_id === undefined ? [] : [b.block_id]));
    demand(new Set(ids).size === ids.length, "block_id used twice");
    for (const id of ids) demand(typeof id === "string" && id !== "" && length(id) <= 255, "block_id");
    for (const block of blocks) checkBlock(block, surface);
    demand(textOf(blocks) <= 13_200, "msg_blocks_too_long");
  });
}

/** Why Slack would refuse this view. */
export function faultOfView(view: Any): string | null {
  return judged(() => {
    demand(view?.type === "modal" || view?.type === "home", "view type");
    demand(JSON.stringify(view).length <= 250_000, "view_too_large");
    demand(length(view.private_metadata ?? "") <= 3000, "private_metadata");
    demand(length(view.callback_id ?? "") <= 255, "callback_id");
    if (view.type === "modal") {
      for (const part of ["title", "submit", "close"])
        if (part === "title" || view[part] !== undefined) checkText(view[part], 24, ["plain_text"]);
      const asks = view.blocks?.some((b: Any) => b.type === "input");
      demand(!asks || view.submit !== undefined, "a modal with inputs needs a submit");
    }
    const fault = faultOfBlocks(view.blocks, view.type);
    demand(fault === null, fault ?? "");
  });
}

function checkBlock(block: Any, surface: string): void {
  switch (block.type) {
    case "header":
      checkText(block.text, 150, ["plain_text"]);
      return;
    case "section":
      demand(block.text !== undefined || block.fields !== undefined, "an empty section");
      if (block.text !== undefined) checkText(block.text, 3000, ["plain_text", "mrkdwn"]);
      demand((block.fields ?? []).length <= 10, "fields");
      for (const field of block.fields ?? []) checkText(field, 2000, ["plain_text", "mrkdwn"]);
      return;
    case "context":
      demand(block.elements?.length >= 1 && block.elements.length <= 10, "context elements");
      for (const element of block.elements) checkText(element, 3000, ["plain_text", "mrkdwn"]);
      return;
    case "divider":
      return;
    case "actions":
      demand(block.elements?.length >= 1 && block.elements.length <= 25, "actions elements");
      checkActionIds(block.elements);
      for (const element of block.elements) checkButton(element);
      return;
    case "rich_text":
      demand(block.elements?.length >= 1, "rich_text elements");
      for (const part of block.elements) {
        demand(
          ["rich_text_section", "rich_text_preformatted", "rich_text_quote"].includes(part.type),
          part.type,
        );
        demand(part.elements?.length >= 1, "an empty rich_text part");
        for (const leaf of part.elements) {
          demand(leaf.type === "text", `rich_text ${leaf.type}`);
          demand(typeof leaf.text === "string" && leaf.text.length > 0, "an empty rich_text text");
          demand(leaf.text.isWellFormed(), "a halved character");
        }
      }
      return;
    case "input":
      demand(surface === "modal" || surface === "home", "input outside of a view");
      checkText(block.label, 2000, ["plain_text"]);
      if (block.hint) checkText(block.hint, 2000, ["plain_text"]);
      checkInput(block.element);
      return;
    default:
      throw new Refused(`unsupported type: ${block.type}`);
  }
}

function checkText(text: Any, max: number, types: string[]): void {
  demand(text && types.includes(text.type), `text of type ${text?.type}`);
  demand(typeof text.text === "string" && length(text.text) >= 1, "an empty text");
  demand(length(text.text) <= max, `a text of ${length(text.text)}, more than ${max}`);
  demand(text.text.isWellFormed(), "a halved character");
  demand(text.type === "plain_text" || text.emoji === undefined, "emoji in mrkdwn");
}

function checkButton(button: Any): void {
  demand(button.type === "button", `element ${button.type}`);
  checkText(button.text, 75, ["plain_text"]);
  demand(
    button.value === undefined || (button.value.length >= 1 && length(button.value) <= 2000),
    "button value",
  );
  demand(button.style === undefined || ["primary", "danger"].includes(button.style), "button style");
}

function checkActionIds(elements: Any[]): void {
  const ids = elements.map((e) => e.action_id);
  for (const id of ids) demand(typeof id === "string" && id !== "" && length(id) <= 255, "action_id");
  demand(new Set(ids).size === ids.length, "action_id used twice");
}

function checkInput(element: Any): void {
  checkActionIds([element]);
  if (element.placeholder) checkText(element.placeholder, 150, ["plain_text"]);
  switch (element.type) {
    case "plain_text_input":
      demand((element.max_length ?? 3000) <= 3000, "max_length");
      demand(length(element.initial_value ?? "") <= (element.max_length ?? 3000), "initial_value");
      return;
    case "datepicker":
      demand(!element.initial_date || /^\d{4}-\d{2}-\d{2}$/.test(element.initial_date), "initial_date");
      return;
    case "static_select": {
      demand(element.options?.length >= 1 && element.options.length <= 100, "options");
      for (const option of element.options) {
        checkText(option.text, 75, ["plain_text"]);
        demand(option.value.length >= 1 && length(option.value) <= 150, "option value");
      }
      const chosen = element.initial_option;
      const known = element.options.some((o: Any) => JSON.stringify(o) === JSON.stringify(chosen));
      demand(chosen === undefined || known, "initial_option isn't among the options");
      return;
    }
    default:
      throw new Refused(`input element ${element.type}`);
  }
}

/** Characters of all texts in a structure. */
function textOf(value: Any): number {
  if (Array.isArray(value)) return value.reduce((sum, v) => sum + textOf(v), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, v]) => sum + (key === "text" && typeof v === "string" ? length(v) : textOf(v)),
    0,
  );
}

/** What Slack would make a mention, a link or a call to a whole group of: everything in `<…>` that was not escaped. */
export function specialsIn(message: { text?: string; blocks?: Any }): string[] {
  const texts: string[] = [message.text ?? ""];
  const walk = (value: Any): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === "object" && value !== null) {
      if (value.type === "mrkdwn") texts.push(value.text);
      Object.values(value).forEach(walk);
    }
  };
  walk(message.blocks);
  return texts.flatMap((text) => text.match(/<[^>]*>/g) ?? []);
}

/** Everything that a reader sees of a message, as one text. */
export function seenIn(blocks: Any): string {
  const texts: string[] = [];
  const walk = (value: Any): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === "object" && value !== null)
      for (const [key, v] of Object.entries(value)) {
        if (key === "text" && typeof v === "string") texts.push(v);
        else walk(v);
      }
  };
  walk(blocks);
  return texts.join("\n");
}
