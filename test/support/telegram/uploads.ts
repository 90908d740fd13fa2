import { createHash } from "node:crypto";
import sharp from "sharp";

/** A file as it came in a request, by the name that the request gives it. */
export type Upload = { name: string; bytes: Buffer };
/** A file as it stands in a chat. */
export type SentFile = Upload & { kind: "photo" | "document"; sha256: string };
/** What a request wants to be sent: the files, and the text below the first. */
export type Wanted = { files: SentFile[]; caption: string };

const MB = 1024 * 1024;
const LARGEST = { photo: 10 * MB, document: 50 * MB };
const CAPTION = 1024;
const FIELDS = {
  sendPhoto: ["chat_id", "photo", "caption"],
  sendDocument: ["chat_id", "document", "caption"],
  sendMediaGroup: ["chat_id", "media"],
};
export type Method = keyof typeof FIELDS;

/** Reads a multipart request as Telegram does: a name that isn't quoted ends at a semicolon. */
export function readMultipart(
  type: string,
  body: Buffer,
): { fields: Record<string, string>; uploads: Map<string, Upload> } {
  const boundary = Buffer.from(`--${/boundary=(.+)$/.exec(type)?.[1]}`);
  const fields: Record<string, string> = {};
  const uploads = new Map<string, Upload>();
  for (let at = body.indexOf(boundary); at >= 0; ) {
    const next = body.indexOf(boundary, at + boundary.length);
    if (next < 0) break;
    const part = body.subarray(at + boundary.length + 2, next - 2);
    const end = part.indexOf("\r\n\r\n");
    const head = part.subarray(0, end).toString("utf8");
    const named = (key: string) => {
      const found = new RegExp(`;\\s*${key}=(?:"([^"]*)"|([^;\r\n]*))`, "i").exec(head);
      return found?.[1] ?? found?.[2]?.trim();
    };
    const [name = "", filename] = [named("name"), named("filename")];
    const content = part.subarray(end + 4);
    if (filename === undefined) fields[name] = content.toString("utf8");
    else uploads.set(name, { name: filename, bytes: Buffer.from(content) });
    at = next;
  }
  return { fields, uploads };
}

/** What a request wants to be sent, or Telegram's description of why it isn't. */
export async function wantedOf(
  method: Method,
  fields: Readonly<Record<string, unknown>>,
  uploads: ReadonlyMap<string, Upload>,
): Promise<Wanted | string> {
  const unknown = Object.keys(fields).find((name) => !FIELDS[method].includes(name));
  if (unknown !== undefined) return `Bad Request: nobody knows the field ${unknown}`;
  if (method !== "sendMediaGroup") {
    const kind = method === "sendPhoto" ? "photo" : "document";
    return wanted([{ type: kind, media: fields[kind], caption: fields.caption }], uploads);
  }
  const media = JSON.parse(String(fields.media)) as Item[];
  if (media.length < 2 || media.length > 10) return "Bad Request: an album holds 2 to 10 files";
  if (new Set(media.map(({ type }) => type)).size > 1)
    return "Bad Request: documents can't be mixed with other media types";
  return wanted(media, uploads);
}

type Item = { type: "photo" | "document"; media?: unknown; caption?: unknown };

async function wanted(items: Item[], uploads: ReadonlyMap<string, Upload>): Promise<Wanted | string> {
  const files: SentFile[] = [];
  for (const { type, media, caption = "", ...rest } of items) {
    if (Object.keys(rest).length > 0) return "Bad Request: nobody knows a field of the media";
    if (String(caption).length > CAPTION) return "Bad Request: message caption is too long";
    if (!String(caption).isWellFormed()) return "Bad Request: strings must be encoded in UTF-8";
    const upload = uploads.get(String(media).replace(/^attach:\/\//, ""));
    if (upload === undefined) return "Bad Request: wrong file identifier/HTTP URL specified";
    if (upload.bytes.length === 0) return "Bad Request: file must be non-empty";
    if (Buffer.byteLength(upload.name) > 255) return "Bad Request: the name of a file is too long";
    if (upload.bytes.length > LARGEST[type]) return `Bad Request: file is too big for a ${type}`;
    const refusal = type === "photo" ? await photoRefusal(upload.bytes) : null;
    if (refusal !== null) return refusal;
    files.push({ ...upload, kind: type, sha256: createHash("sha256").update(upload.bytes).digest("hex") });
  }
  return { files, caption: String(items[0]?.caption ?? "") };
}

/** A photo is one by its bytes; width and height together at most 10,000, the one at most 20 times the other. */
async function photoRefusal(bytes: Buffer): Promise<string | null> {
  const { width, height, format } = await sharp(bytes)
    .metadata()
    .catch(() => ({ width: 0, height: 0, format: "none" }));
  if (!["jpeg", "png", "webp"].includes(String(format))) return "Bad Request: IMAGE_PROCESS_FAILED";
  const fits = width + height <= 10_000 && Math.max(width, height) <= 20 * Math.min(width, height);
  return fits ? null : "Bad Request: PHOTO_INVALID_DIMENSIONS";
}
