import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { runProcess } from "../test/support/scripts.ts";
import { benchOffice, newFile } from "./office.ts";
import { type Finding, type Size, sized } from "./side-by-side.ts";

/** The drill of docs/operations.md has to be over by then, seconds. */
const MOST_S = 300;
/** Of a photo as it is kept. */
const PHOTO_BYTES = 300_000;
const MB = 1_000_000;

/**
 * The drill by the guide: an office with a year's database and its photos is backed up while it writes fifty changes a second,
 * and restored into an empty place.
 */
export async function drill(size: Size): Promise<Finding[]> {
  const photos = sized(size, 2000, 5);
  const { bot, raw, close } = await benchOffice();
  const file = bot.store.file;
  const archive = join(dirname(file), "drill.tar");
  try {
    raw.exec("create table ballast (x blob) strict");
    const ballast = raw.prepare("insert into ballast values (?)");
    for (let mb = 0; mb < sized(size, 100, 1); mb += 1) ballast.run(randomBytes(MB));
    for (let n = 0; n < photos; n += 1) {
      const kept = await bot.vault.keep(randomBytes(PHOTO_BYTES));
      const row = {
        ...kept,
        sentSha256: kept.sha256,
        kind: "other",
        name: `${n}.jpg`,
        type: "image/jpeg",
        at: 1,
      } as const;
      await bot.store.write((w) => w.evidence.add(row));
    }
    let n = 0;
    const writing = setInterval(() => bot.store.write((w) => w.settings.set("clock-seen", String(n++))), 20);
    const backup = await seconds(() => runProcess("backup", [archive], file)).finally(() =>
      clearInterval(writing),
    );
    const restore = await seconds(() => runProcess("restore", [archive], newFile()));
    const what = `${sized(size, "100 MB, 2,000 photos", "1 MB, 5 photos")}, 50 changes a second`;
    return [
      { name: `drill, backup: ${what}`, unit: "s", ours: backup },
      { name: "drill, restore of it", unit: "s", ours: restore },
      { name: "drill, both", unit: "s", ours: backup + restore, aim: MOST_S },
    ];
  } finally {
    close();
  }
}

async function seconds(work: () => Promise<{ status: number | null; stderr: string }>): Promise<number> {
  const began = performance.now();
  const { status, stderr } = await work();
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - began) / 1000;
}
