import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import type { FileRefusal } from "./refusal.ts";

const inflate = promisify(inflateRaw);

const MAX_ENTRIES = 2000;
/** The domain document, section 13: 200,000 rows of any table of ours are less. */
const MAX_INFLATED = 64 * 1024 * 1024;
/** Deflate reaches 1,030:1 on zeros; real sheets stay below about 30:1. Small entries may be as regular as they like. */
const MAX_RATIO = 100;
const RATIO_FROM = 5_000_000;

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const ENCRYPTED = 1;

type Entry = { name: string; method: number; crc: number; packed: Buffer; size: number };

const damaged: FileRefusal = { refusal: "文件已损坏，无法打开。请用表格软件重新另存为.xlsx后再发。" };
const tooLarge: FileRefusal = {
  refusal: "文件解压后过大（最多64MB），不予读取。请删除多余内容或拆分，另存为.xlsx或CSV后再发。",
};

/**
 * The names of a zip archive's entries, and the content of those that `wanted` picks.
 * The central directory is checked before anything is inflated, and inflating stops at the size it declares: at most 2,000
 * entries and 64 MB together. Encrypted, split, zip64 and overlong archives, two entries of one name, wrong sizes and
 * checksums are refused.
 */
export async function unzip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): Promise<{ names: string[]; contents: Map<string, Buffer> } | FileRefusal> {
  const entries = readDirectory(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if ("refusal" in entries) return entries;
  const contents = new Map<string, Buffer>();
  for (const entry of entries.list.filter(({ name }) => wanted(name))) {
    const content = await contentOf(entry);
    if (content === null) return damaged;
    contents.set(entry.name, content);
  }
  return { names: entries.list.map(({ name }) => name), contents };
}

/** An archive of the same contents, uncompressed. What reads it sees exactly what was checked, whatever the original hid. */
export function storedZip(contents: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of contents) {
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2); // names are UTF-8
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    files.push(word(LOCAL_SIGNATURE), common, path, content);
    directory.push(word(ENTRY_SIGNATURE), Buffer.from([20, 0]), common, place, path);
    offset += 30 + path.length + content.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(contents.size, 4);
  end.writeUInt16LE(contents.size, 6);
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    8,
  );
  end.writeUInt32LE(offset, 12);
  const parts = [...files, ...directory, word(END_SIGNATURE), end];
  const archive = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    archive.set(part, at);
    at += part.length;
  }
  return archive;
}

function readDirectory(file: Buffer): { list: Entry[] } | FileRefusal {
  const end = file.lastIndexOf(word(END_SIGNATURE));
  if (end < 0 || end + 22 > file.length) return damaged;
  const count = file.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES)
    return { refusal: `文件内含${count}个部分，过多，不予读取。请另存为.xlsx或CSV后再发。` };
  if (file.readUInt16LE(end + 8) !== count) return damaged;

  const list: Entry[] = [];
  const names = new Set<string>();
  let at = file.readUInt32LE(end + 16);
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || file.readUInt32LE(at) !== ENTRY_SIGNATURE) return damaged;
    if ((file.readUInt16LE(at + 8) & ENCRYPTED) !== 0) return { refusal: "文件已加密，请取消密码后再发。" };
    const size = file.readUInt32LE(at + 24);
    const packedSize = file.readUInt32LE(at + 20);
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.toString("utf8", at + 46, at + 46 + nameLength);
    total += size;
    if (total > MAX_INFLATED || (size > RATIO_FROM && size > packedSize * MAX_RATIO)) return tooLarge;
    const packed = packedBytes(file, file.readUInt32LE(at + 42), packedSize);
    if (packed === null || names.has(name)) return damaged;
    names.add(name);
    list.push({ name, method: file.readUInt16LE(at + 10), crc: file.readUInt32LE(at + 16), packed, size });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  // Many small entries, or many that share one packed content, are a bomb as well.
  if (total > RATIO_FROM && total > file.length * MAX_RATIO) return tooLarge;
  return { list };
}

function packedBytes(file: Buffer, local: number, length: number): Buffer | null {
  if (local + 30 > file.length || file.readUInt32LE(local) !== LOCAL_SIGNATURE) return null;
  const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  return start + length <= file.length ? file.subarray(start, start + length) : null;
}

/** Null when the content isn't what the directory says. */
async function contentOf({ method, packed, size, crc }: Entry): Promise<Buffer | null> {
  if (method !== 0 && method !== 8) return null;
  try {
    const content = method === 0 ? packed : await inflate(packed, { maxOutputLength: Math.max(1, size) });
    return content.length === size && crc32(content) === crc ? content : null;
  } catch {
    return null;
  }
}

function word(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
