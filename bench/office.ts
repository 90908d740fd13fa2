import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lantian, Speaker } from "../src/bot/lantian.ts";
import { readConfig } from "../src/config.ts";
import { boot } from "../src/ops/boot.ts";
import { type Connection, openConnection } from "../src/store/open.ts";
import type { Person } from "../src/store/people.ts";

const folder = mkdtempSync(join(tmpdir(), "lantian-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** A running demonstration office on a real file, apart from all others. `raw` is a second connection with the same settings. */
export type BenchOffice = { bot: Lantian; raw: Connection; close(): void };

/** Boots an office at `now` (office local time); `prepare` changes its file beforehand. */
export async function benchOffice({
  now = "2020-06-15T08:30",
  prepare,
}: {
  now?: string;
  prepare?: (connection: Connection) => void;
} = {}): Promise<BenchOffice> {
  const file = newFile();
  copyFileSync(await seeded(now), file);
  const raw = openConnection(file);
  if (prepare !== undefined) {
    prepare(raw);
    raw.pragma("wal_checkpoint(TRUNCATE)");
  }
  const { bot } = await boot(configOf(file, now));
  const close = () => {
    raw.close();
    bot.store.close();
  };
  return { bot, raw, close };
}

/** A path that nothing stands at yet; the folder goes when the process ends. */
export function newFile(): string {
  made += 1;
  return join(folder, `office-${made}.db`);
}

/** A person of the demonstration, speaking from a terminal. */
export async function speakerCalled(bot: Lantian, name: string): Promise<Speaker & { person: Person }> {
  const person = await bot.store.read((reader) => reader.people.byName(name));
  if (person === null) throw new Error(`the demonstration has nobody called ${name}`);
  return { identity: { platform: "terminal", workspace: "", userKey: name }, person };
}

let made = 0;
const templates = new Map<string, string>();

/** A closed database with the demonstration data, made once for each `now`. */
export async function seeded(now: string): Promise<string> {
  let file = templates.get(now);
  if (file === undefined) {
    file = newFile();
    const { bot } = await boot(configOf(file, now));
    bot.store.close();
    templates.set(now, file);
  }
  return file;
}

function configOf(file: string, now: string) {
  return readConfig({ DATABASE_URL: `file:${file}`, LANTIAN_NOW: now, LOG_LEVEL: "silent" });
}
