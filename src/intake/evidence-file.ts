import type { FileRefusal } from "./refusal.ts";
import { SAVE_ANEW } from "./spreadsheet-name.ts";

/** Bytes of a picture or document that is taken in. */
export const LARGEST_EVIDENCE = 15 * 1024 * 1024;

/** What a sent file is, told by its content and never by its name. */
export type EvidenceFormat = { kind: "picture" } | { kind: "document"; type: string; extension: string };

const PICTURES = new Set(["image/jpeg", "image/png", "image/webp"]);
const DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ["application/pdf", "pdf"],
  ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"],
  ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"],
]);
/** By their content, whatever their names say. */
const UNREAD_TABLES = new Set([
  "application/x-cfb",
  "application/vnd.ms-excel.sheet.macroenabled.12",
  "application/vnd.ms-excel.sheet.binary.macroenabled.12",
  "application/vnd.oasis.opendocument.spreadsheet",
]);
const TAKEN = "可以发：照片（JPG、PNG、WebP）、PDF、Word（.docx）、Excel（.xlsx）。";

/**
 * Tells a file by its content. Refuses what is none of the formats that evidence comes in: scripts, pages, archives,
 * macro files, and a picture that only its name makes one.
 */
export async function formatOf(bytes: Uint8Array): Promise<EvidenceFormat | FileRefusal> {
  if (bytes.length === 0) return { refusal: "文件是空的，请重新发送。" };
  if (bytes.length > LARGEST_EVIDENCE) return evidenceTooLarge(bytes.length);
  const { fileTypeFromBuffer } = await import("file-type");
  const type = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime as string | undefined;
  if (type !== undefined && PICTURES.has(type)) return { kind: "picture" };
  const extension = DOCUMENTS.get(type ?? "");
  if (type !== undefined && extension !== undefined) {
    if (extension !== "pdf" && (await holdsActive(bytes)))
      return { refusal: `文件带有宏、嵌入对象或外部链接，不能接收，请另存为普通文件后再发。${TAKEN}` };
    return { kind: "document", type, extension };
  }
  if (type !== undefined && UNREAD_TABLES.has(type))
    return { refusal: `这是旧版、含宏或OpenDocument的表格或文件，不能接收。表格${SAVE_ANEW}。${TAKEN}` };
  if (type === "image/heic" || type === "image/heif")
    return { refusal: "收到的是HEIC照片，请在手机设置里改用JPEG（兼容性最佳）后重发，或发送截图。" };
  return { refusal: `不能接收这种文件。${TAKEN}` };
}

/** Why a file of this many bytes isn't taken. */
export function evidenceTooLarge(bytes: number): FileRefusal {
  return {
    refusal: `文件有${(bytes / 1_048_576).toFixed(0)} MB，超过15 MB，请压缩后再发（照片可在发送时不选“原图”）。`,
  };
}

/** Macros, embedded objects, links to other workbooks. Looks at the names in the archive only: nothing of it is unpacked. */
async function holdsActive(bytes: Uint8Array): Promise<boolean> {
  const { unzipSync } = await import("fflate");
  let found = false;
  try {
    unzipSync(bytes, {
      filter({ name }) {
        found ||= /\.bin$|embeddings\/|externalLinks\//i.test(name) && !/printerSettings/i.test(name);
        return false;
      },
    });
  } catch {
    return true;
  }
  return found;
}

const MAX_NAME = 200;

/**
 * A sent file's name as text to be shown: without path, control, direction and other invisible characters, at most 200
 * long, with the extension that its content has. It never names a file on our disk.
 */
export function cleanName(sent: string, extension: string): string {
  const last =
    sent
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
      .split(/[/\\／＼]/u)
      .at(-1) ?? "";
  const stem = last
    .replace(/\.[A-Za-z][A-Za-z0-9]{0,4}$/, "")
    .replace(/^[\s.．]+|[\s.．]+$/gu, "")
    .replace(/[<>:"|?*]/g, "_");
  const short = Array.from(stem)
    .slice(0, MAX_NAME - extension.length - 1)
    .join("");
  return `${short === "" ? "未命名" : short}.${extension}`;
}
