import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { aPhoto } from "../support/evidence.ts";
import { aFolder } from "../support/folder.ts";
import { anOffice } from "../support/office.ts";
import { runProcess } from "../support/scripts.ts";
import { addressOf, startBot } from "./console.ts";

beforeAll(async () => (await anOffice()).close());

/** Everything below a folder that anybody but its owner may look into, with its rights. */
function open(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const mode = statSync(path).mode & 0o777;
    return (mode & 0o077) === 0 ? [] : [`${path.slice(folder.length + 1)} ${mode.toString(8)}`];
  });
}

test.skipIf(process.platform === "win32")(
  "whatever the scripts write is its owner's only, folders too, on a machine whose files anybody may read",
  async () => {
    const before = process.umask(0o022);
    try {
      const folder = aFolder();
      const file = join(folder, "office", "data", "lantian.db");
      const photo = join(folder, "photo.jpg");
      writeFileSync(photo, await aPhoto(1), { mode: 0o600 });
      const bot = startBot(file);
      await addressOf(bot);
      expect(open(folder)).toEqual([]);
      const sent = await runProcess(
        "say",
        ["--as", "海安联络员", "--file", photo, "NT-2020-000006 整改前"],
        file,
      );
      expect(sent).toMatchObject({ status: 0, stderr: "" });
      const archive = join(folder, "copies", "office.tar");
      expect((await runProcess("backup", [archive], file)).status).toBe(0);
      expect((await runProcess("restore", [archive], join(folder, "again", "lantian.db"))).status).toBe(0);
      expect(open(folder)).toEqual([]);
      expect((await bot.stop()).status).toBe(0);
      const day = ["--from", "2020-06-15", "--to", "2020-06-15"];
      expect((await runProcess("play", day, join(folder, "other", "lantian.db"))).status).toBe(0);
      expect(open(folder)).toEqual([]);
    } finally {
      process.umask(before);
    }
  },
);
