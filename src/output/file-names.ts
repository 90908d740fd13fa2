/** Bytes of UTF-8 that a name keeps; most file systems take 255, of which unpackers need some for the folder's suffix. */
const MOST_BYTES = 180;
/** Names that Windows keeps for devices, whatever their extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d|__proto__)(?=\.|$)/i;

/**
 * Names under which files can lie in one folder on any machine: without paths, control or direction-turning characters, not
 * too long, and each different from the others and from `taken`, in upper and lower case too.
 */
export function fileNames(wanted: readonly string[], taken: readonly string[] = []): string[] {
  const used = new Set(taken.map(folded));
  return wanted.map((text) => {
    const { stem, extension } = parts(text);
    let name = stem + extension;
    for (let n = 2; used.has(folded(name)); n++) name = `${stem}（${n}）${extension}`;
    used.add(folded(name));
    return name;
  });
}

const folded = (name: string) => name.toLowerCase();

function parts(text: string): { stem: string; extension: string } {
  const clean = text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[/\\／＼:*?"<>|]/g, "_")
    .replace(/^[. ]+|[. ]+$/g, "")
    .replace(RESERVED, "_$1");
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? "";
  const stem = clean.slice(0, clean.length - extension.length);
  return { stem: shortened(stem) || "未命名", extension };
}

function shortened(stem: string): string {
  let room = MOST_BYTES;
  let kept = "";
  for (const sign of stem) {
    room -= Buffer.byteLength(sign);
    if (room < 0) break;
    kept += sign;
  }
  return kept;
}
