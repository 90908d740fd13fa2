import { createHash } from "node:crypto";

/** One file of a bundle. */
export type BundleFile = { name: string; bytes: Uint8Array };

/** What the clock of a zip can tell begins here; earlier instants are put down as this. */
const ZIP_BEGINS = Date.UTC(1980, 0, 2);

/**
 * Files as one .zip, with a list of them that names the SHA-256 of each. Names lose paths and invisible characters and are
 * unique; the times inside are `at` (ms UTC), so that the same files give the same bundle.
 */
export async function bundle(files: readonly BundleFile[], at: number): Promise<Uint8Array> {
  const { strToU8, zipSync } = await import("fflate");
  const named = uniquely(files);
  const lines = named.map(([name, { bytes }]) => `${sha256Of(bytes)}  ${bytes.byteLength}  ${name}`);
  const list = strToU8(`\uFEFFSHA-256  字节数  文件名\r\n${lines.join("\r\n")}\r\n`);
  const entries = [...named.map(([name, { bytes }]) => [name, bytes] as const), ["清单.txt", list] as const];
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: new Date(Math.max(at, ZIP_BEGINS)) });
}

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function uniquely(files: readonly BundleFile[]): (readonly [string, BundleFile])[] {
  const taken = new Set(["清单.txt"]);
  return files.map((file) => {
    const clean = file.name
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
      .replace(/[/\\／＼:*?"<>|]/gu, "_")
      .replace(/^\.+/, "_");
    const dot = clean.lastIndexOf(".");
    const [stem, extension] = dot > 0 ? [clean.slice(0, dot), clean.slice(dot)] : [clean || "未命名", ""];
    let name = `${stem}${extension}`;
    for (let n = 2; taken.has(name); n++) name = `${stem}（${n}）${extension}`;
    taken.add(name);
    return [name, file] as const;
  });
}
