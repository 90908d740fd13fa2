import type { Lantian } from "../../bot/lantian.ts";
import type { Platform } from "../../chat/platform.ts";
import type { Person } from "../../store/people.ts";
import {
  FATES,
  type Promised,
  promised,
  SORTS,
  type Sort,
  WAYS,
  type Way,
  waitsForQuiet,
  waitsForRoom,
} from "./promises.ts";

const SAYS: Record<Sort, string> = {
  card: "news that a later message makes up for",
  "must-arrive": "must be read; comes in quiet hours too",
  "must-not-repeat": "would mislead if it came twice",
  edit: "a message redrawn where it stands",
};

/** docs/delivery.md: what each class of message promises on each platform, found by sending it through the real worker. */
export async function deliveryDocument(bot: Lantian, person: Person): Promise<string> {
  const platforms = [...bot.registry.platforms.values()].filter(({ pushes }) => pushes !== "nobody");
  const sections: string[] = [];
  for (const way of WAYS) {
    const names = platforms.filter((platform) => wayOf(platform) === way).map(({ words }) => words.name);
    sections.push(`## ${names.join(", ")}: ${WAY_WORDS[way]}\n\n${await tableOf(bot, person, way)}`);
  }
  const quiet = await Promise.all(
    SORTS.map(async (sort) =>
      (await waitsForQuiet(bot, person, sort)) ? "waits until they are over" : "goes at once",
    ),
  );
  const full = await Promise.all(
    SORTS.map(async (sort) =>
      (await waitsForRoom(bot, person, sort)) ? "waits for the digest" : "goes at once",
    ),
  );
  return `# What becomes of a message

This page is drawn by \`npm run docs:delivery\`: each cell is what the delivery worker did with such a message on a platform that behaved so. A test fails when the two differ.

${table(
  ["class", "for", "in its reader's quiet hours", "in a week that is full"],
  SORTS.map((sort, i) => [`\`${sort}\``, SAYS[sort], quiet[i] ?? "", full[i] ?? ""]),
)}

A week is full when one more message would leave no room for a digest on each day that is left (pack: \`noise.perWeek\`). What can't wait says why (\`uncounted\`: grave, a top rung, a running response, asked for, waiting for its reader's signature or answer, an alarm); it goes at once and doesn't count. So nobody gets more than the limit.

A message is written in the transaction of the change that causes it, so it is neither lost nor sent without it. Two deliveries with one key are one. What is given up or stays in doubt is listed in 投递, where the office sends it again or settles it; of redrawings nobody is told, since the next change redraws the message again.

Chats are written to side by side, eight at once on one platform: one that doesn't answer holds up no other, and in one chat nothing overtakes what was written before it. A notice goes before the answers that wait there, and a few turns of a group's minute are kept for notices.

Files, a notice's or an answer's, never go twice by themselves. Where nobody knows whether they arrived they are looked for, on a platform that can be asked by their ids, and sent again only where a notice's aren't there; otherwise they are left, and their reader is told which files of what these are, with 重新发送. So they are after the bot was killed while it sent them.

${sections.join("\n\n")}
`;
}

const WAY_WORDS: Record<Way, string> = {
  near: "in the office's own database",
  readsBack: "elsewhere, and a message in doubt can be looked for",
  blind: "elsewhere, and nobody can say what a chat holds",
};

function wayOf({ pushes, readsBack }: Platform): Way {
  if (pushes === "everybody") return "near";
  return readsBack ? "readsBack" : "blind";
}

async function tableOf(bot: Lantian, person: Person, way: Way): Promise<string> {
  const rows: string[][] = [];
  for (const { says, fate, elsewhere } of FATES) {
    if (elsewhere && way === "near") continue;
    const cells: string[] = [];
    for (const sort of SORTS) cells.push(cellOf(await promised(bot, person, { way, sort, fate })));
    rows.push([says, ...cells]);
  }
  return table(["what happens", ...SORTS.map((sort) => `\`${sort}\``)], rows);
}

function cellOf({ tries, stands, afterMs, state, told }: Promised): string {
  const sent = tries === 1 ? "tried once" : `tried ${tries} times`;
  const arrived = ["doesn't arrive", "arrives", "**may arrive twice**"][Math.min(stands, 2)] ?? "";
  const end =
    { sent: "", failed: ", given up", ambiguous: ", left in doubt" }[state as string] ?? `, ${state}`;
  return `${sent}, ${arrived}${end}${lastsFor(afterMs)}${told ? "; the office is told" : ""}`;
}

function lastsFor(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds === 0) return "";
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return ` after ${[minutes && `${minutes} min`, rest && `${rest} s`].filter(Boolean).join(" ")}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
