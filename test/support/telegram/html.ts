/** What Telegram makes of a text: the text itself, and what in it is marked or linked. */
export type Parsed = { text: string; entities: readonly { type: string; text: string }[] };

const TAGS = [
  "b",
  "strong",
  "i",
  "em",
  "u",
  "ins",
  "s",
  "del",
  "code",
  "pre",
  "a",
  "blockquote",
  "tg-spoiler",
];
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** Reads Telegram's HTML as strictly as its documentation does. @throws Error whose message is Telegram's description. */
export function parseHtml(html: string): Parsed {
  const open: { tag: string; from: number }[] = [];
  const marked: { type: string; from: number; to: number }[] = [];
  let text = "";
  for (let i = 0; i < html.length; ) {
    if (html[i] === "<") {
      const tag = html.slice(i).match(/^<(\/?)([a-z-]+)(\s[^<>]*)?>/);
      if (tag === null) throw refuse(`Unsupported start tag at byte offset ${i}`);
      const [whole, closing, name = ""] = tag;
      if (!TAGS.includes(name)) throw refuse(`Unsupported start tag "${name}" at byte offset ${i}`);
      if (closing === "") open.push({ tag: name, from: text.length });
      else {
        const last = open.pop();
        if (last?.tag !== name) throw refuse(`Unmatched end tag at byte offset ${i}`);
        if (text.length > last.from) marked.push({ type: name, from: last.from, to: text.length });
      }
      i += whole.length;
    } else if (html[i] === "&") {
      const entity = html.slice(i).match(/^&(?:([a-z]+)|#(\d{1,7}));/);
      const known = entity?.[1] === undefined ? entity?.[2] : NAMED[entity[1]];
      // An unknown entity stays as it was written.
      text += entity && known !== undefined ? (entity[1] ? known : String.fromCodePoint(Number(known))) : "&";
      i += entity && known !== undefined ? entity[0].length : 1;
    } else {
      if (html[i] === ">") throw refuse(`Character '>' must be escaped`);
      text += html[i];
      i += 1;
    }
  }
  if (open.length > 0) throw refuse(`Can't find end tag corresponding to start tag "${open.at(-1)?.tag}"`);
  const fixed = marked.filter((m) => m.type === "pre" || m.type === "code");
  return {
    text,
    entities: [
      ...marked.map((m) => ({ type: m.type, text: text.slice(m.from, m.to) })),
      ...linksIn(text).filter((link) => !fixed.some((m) => m.from <= link.at && link.at < m.to)),
    ],
  };
}

/** What Telegram links by itself in plain text: mentions, addresses of pages. */
export function linksIn(text: string): { type: string; text: string; at: number }[] {
  const found = (type: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map((m) => ({ type, text: m[0], at: m.index }));
  return [
    ...found("mention", /(?<![\w@])@[a-z]\w{2,31}/gi),
    ...found(
      "url",
      /(?:[a-z]+:\/\/[^\s]+|(?<![\w.@])[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.\p{L}{2,}(?![\p{L}\p{N}]))/giu,
    ),
  ];
}

function refuse(why: string): Error {
  return new Error(`Bad Request: can't parse entities: ${why}`);
}
