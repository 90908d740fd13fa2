import { existsSync, readdirSync } from "node:fs";
import Database from "better-sqlite3";
import sharp from "sharp";
import type { Speaker } from "../../src/bot/lantian.ts";
import { isRefusal, type Refusal } from "../../src/chat/refusal.ts";
import { receiveFile } from "../../src/incoming/received-file.ts";
import { textOf } from "../../src/ops/card-text.ts";
import { vaultFolder } from "../../src/store/vault.ts";
import type { AnOffice } from "./office.ts";

/** A photo of one colour: another `shade` (0 to 255), another photo. */
export async function aPhoto(shade: number): Promise<Buffer> {
  const background = { r: shade, g: 90, b: 255 - shade };
  return sharp({ create: { width: 32, height: 24, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

/** A file that anybody would take for a PDF. */
export const aPdf = (n = 0) => Buffer.from(`%PDF-1.4\n1 0 obj<<>>endobj\n% ${n}\ntrailer<<>>\n%%EOF\n`);

export type Sending = {
  bytes?: Uint8Array;
  name?: string;
  size?: number;
  album?: string;
  inbound?: number;
  download?: () => Promise<Uint8Array | Refusal>;
};

/** How somebody of an office sends a file, and what they read then. A photo that isn't given is a new one each time. */
export function sendingTo({ bot }: AnOffice) {
  let shade = 0;
  return async (who: string | null, caption?: string, sending: Sending = {}) => {
    const { name = "现场.jpg", size, album, inbound } = sending;
    const identity = { platform: "terminal", workspace: "", userKey: who ?? "stranger" } as const;
    const person = who === null ? null : await bot.store.read((r) => r.people.byName(who));
    const speaker: Speaker = { identity, person, ...(inbound === undefined ? {} : { inbound }) };
    const bytes = sending.bytes ?? (sending.download ? new Uint8Array() : await aPhoto(shade++));
    const download = sending.download ?? (async () => bytes);
    const answer = await receiveFile(bot, speaker, { name, size }, download, { caption, album });
    if (isRefusal(answer))
      return { code: answer.code, message: answer.message, title: "", text: "", labels: [], token };
    const { title, buttons } = answer;
    const labels = buttons.map((b) => b.label);
    return { code: null, message: null, title, text: textOf(answer), labels, token };

    /** The token of a button, or of a file, of the answer. */
    function token(label: string): string {
      if (isRefusal(answer)) throw new Error(`refused: ${answer.message}`);
      const button = answer.buttons.find((b) => b.kind === "press" && b.label === label);
      const file = answer.files?.find((f) => f.name === label);
      const found = button?.kind === "press" ? button.token : file?.token;
      if (found === undefined) throw new Error(`no ${label} among ${answer.buttons.map((b) => b.label)}`);
      return found;
    }
  };
}

/** Names of all files that lie in the vault of a database, kept or not. */
export function lyingBeside(database: string): string[] {
  const folder = vaultFolder(database);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** What somebody may do changes behind the bot's back, as an office's own hand on the database would: `role = 'office'`. */
export function changePerson({ file }: AnOffice, name: string, change: string): void {
  const raw = new Database(file);
  try {
    if (raw.prepare(`update person set ${change} where name = ?`).run(name).changes !== 1)
      throw new Error(`nobody is called ${name}`);
  } finally {
    raw.close();
  }
}
