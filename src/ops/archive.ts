import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createTarDecoder } from "modern-tar";
import { packTar } from "modern-tar/fs";
import { z } from "zod";
import { StoreFault } from "../store/open.ts";

/**
 * A backup is one tar archive, so that any system can open it without Lantian: `manifest.json` first, then `lantian.db` and
 * `lantian-files/` as they lie beside each other in an office.
 */
const MANIFEST = "manifest.json";
const DATABASE = "lantian.db";
const nameOf = (sha256: string) => `lantian-files/${sha256.slice(0, 2)}/${sha256}`;

const content = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int() });
const manifest = z.object({
  format: z.literal(1),
  /** When it was made. */
  at: z.iso.datetime(),
  /** The database's schema, as `Holdings.schema` has it. */
  schema: z.int(),
  rows: z.record(z.string(), z.int()),
  database: content,
  files: z.array(content),
  /** What its rows name and was not there to be copied. */
  lacking: z.array(z.object({ sha256: content.shape.sha256, name: z.string(), no: z.string().nullable() })),
});

/** What a backup says of itself. */
export type Manifest = z.infer<typeof manifest>;

/** Writes a backup, to disk for good before it resolves. `placeOf` says where a kept file lies. */
export async function writeArchive(
  target: string,
  about: Manifest,
  databaseFile: string,
  placeOf: (sha256: string) => string,
): Promise<void> {
  const entries = packTar([
    { type: "content", content: JSON.stringify(about), target: MANIFEST, mode: 0o600 },
    { type: "file", source: databaseFile, target: DATABASE, mode: 0o600 },
    ...about.files.map(({ sha256 }) => ({
      type: "file" as const,
      source: placeOf(sha256),
      target: nameOf(sha256),
      mode: 0o600,
    })),
  ]);
  await pipeline(entries, createWriteStream(target, { flags: "wx", mode: 0o600, flush: true }));
}

/** What becomes of a backup's content as it is read. Each has to read what it is given to its end. */
export type Taking = {
  database(content: AsyncIterable<Uint8Array>): Promise<unknown>;
  file(content: AsyncIterable<Uint8Array>): Promise<unknown>;
};

const passOver = async (content: AsyncIterable<Uint8Array>) => {
  for await (const _ of content);
};

/**
 * Reads a backup from beginning to end, piece by piece, and takes the hash of everything in it.
 * @throws StoreFault when it isn't one, isn't whole, or isn't what its manifest says.
 */
export async function readArchive(
  file: string,
  take: Taking = { database: passOver, file: passOver },
): Promise<Manifest> {
  try {
    const entries = Readable.toWeb(createReadStream(file)).pipeThrough(createTarDecoder({ strict: true }));
    let about: Manifest | null = null;
    const expected = new Map<string, z.infer<typeof content>>();
    for await (const { header, body } of entries) {
      if (about === null) {
        if (header.name !== MANIFEST) throw new Error(`it begins with ${header.name} instead of a manifest`);
        about = manifest.parse(await json(body));
        expected.set(DATABASE, about.database);
        for (const kept of about.files) expected.set(nameOf(kept.sha256), kept);
        continue;
      }
      const wanted = expected.get(header.name);
      if (wanted === undefined)
        throw new Error(`it holds ${header.name}, of which its manifest doesn't know`);
      expected.delete(header.name);
      const found = createHash("sha256");
      await (header.name === DATABASE ? take.database : take.file)(hashedInto(found, body));
      if (found.digest("hex") !== wanted.sha256) throw new Error(`${header.name} in it is damaged`);
    }
    if (about === null) throw new Error("it is empty");
    const [lost] = expected.keys();
    if (lost !== undefined) throw new Error(`it is cut off: ${lost} is not in it`);
    return about;
  } catch (error) {
    throw new StoreFault(`cannot read the backup ${file}: ${whyNot(error as Error)}`);
  }
}

/** In one line: a manifest that isn't one has several faults. */
function whyNot(error: Error): string {
  if (!(error instanceof z.ZodError)) return error.message;
  return error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}

async function* hashedInto(hash: Hash, body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
}

/** The hash and size of a file on disk. */
export async function hashAndSizeOf(path: string): Promise<z.infer<typeof content>> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}
