/**
 * For `mrkdwn` and the notification line: Slack's three signs, so that no mention, link or group call can arise. In
 * `plain_text` and `rich_text` none can anyway.
 */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** At most `max` UTF-16 units (never more code points), with an … where something was left off; no character is halved. */
export function shortened(text: string, max: number): string {
  return text.length <= max ? text : `${whole(text.slice(0, max - 1))}…`;
}

/** A text in pieces of at most `max` units, broken at line ends where there are any. */
export function inPieces(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const window = whole(rest.slice(0, max));
    const line = window.lastIndexOf("\n");
    const at = line > max / 2 ? line + 1 : window.length;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...pieces, rest].filter((piece) => piece.trim() !== "");
}

/**
 * What Slack sets off: *bold*, _italic_, ~struck~, `code`. Within a word (3*4*5, a_b_c), and in what is quoted, the signs are
 * what they are.
 */
const SET_OFF = /“[^”]*”|"[^"]*"|(?<![A-Za-z0-9])(\*|_|~|`{1,3})(?!\s)([^*_~`]+?)(?<!\s)\1(?![A-Za-z])/g;

/** What a person typed, out of Slack's notation: labels for links and mentions, the three signs as themselves, nothing set off. */
export function typed(text: string, botUser: string): string {
  return text
    .replace(SET_OFF, plain)
    .replace(SET_OFF, plain)
    .replaceAll(`<@${botUser}>`, " ")
    .replace(/<[@#!][^>|]*(?:\|([^>]*))?>/g, (_, label: string | undefined) => label ?? " ")
    .replace(/<([^>|]*)\|([^>]*)>/g, (_, _link: string, label: string) => label)
    .replace(/<([^>]*)>/g, (_, link: string) => link)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();
}

const plain = (quoted: string, _sign?: string, inner?: string) => inner ?? quoted;

/** Drops half a surrogate pair at the end of a cut, and what would have joined it to the next. */
function whole(text: string): string {
  return (text.isWellFormed() ? text : text.slice(0, -1)).replace(/\u200d$/, "");
}
