import { createHash } from "node:crypto";
import { masked } from "../domain/personal-data.ts";
import { fileNames } from "./file-names.ts";

/** One file of a bundle. */
export type BundleFile = { name: string; bytes: Uint8Array };

const LIST = "清单.txt";
/** What the clock of a zip can tell begins here; an earlier moment is put down as this. */
const ZIP_BEGINS = Date.UTC(1980, 0, 2);
/** Formats that are compressed already; deflating them again only costs time. */
const COMPRESSED = /\.(docx|xlsx|pptx|zip|jpe?g|png|webp)$/i;

/**
 * Files as one .zip, with a list of them that names the SHA-256 of each. Names lose paths and invisible characters and are
 * unique. `marks` stand above the list. The times inside are `at` (ms UTC) on the clocks of `zone`, so that the same files give the same bundle.
 */
export async function bundle(
  files: readonly BundleFile[],
  { at, zone, marks }: { at: number; zone: string; marks: readonly string[] },
): Promise<Uint8Array> {
  const { strToU8, zipSync } = await import("fflate");
  const names = fileNames(masked(files.map((file) => file.name)), [LIST]);
  const named = files.map(({ bytes }, i) => ({ name: names[i] ?? "", bytes }));
  const lines = named.map(({ name, bytes }) => `${sha256Of(bytes)}  ${bytes.byteLength}  ${name}`);
  const head = [...marks, "SHA-256  字节数  文件名"];
  const list = strToU8(`\uFEFF${[...head, ...lines].join("\r\n")}\r\n`);
  const entries = [...named, { name: LIST, bytes: list }].map(
    ({ name, bytes }) => [name, [bytes, { level: COMPRESSED.test(name) ? 0 : 6 }]] as const,
  );
  return zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0], { mtime: onClock(at, zone) });
}

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A zip keeps what a clock on the wall showed, and the package reads it off the machine's: the office's is given for it. */
function onClock(at: number, zone: string): Date {
  const { year, month, day, hour, minute, second } = Temporal.Instant.fromEpochMilliseconds(
    Math.max(at, ZIP_BEGINS),
  ).toZonedDateTimeISO(zone);
  return new Date(year, month - 1, day, hour, minute, second);
}
