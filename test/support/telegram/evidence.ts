import { createHash } from "node:crypto";
import type { CardFile } from "../../../src/chat/card.ts";
import { receiveFile } from "../../../src/incoming/received-file.ts";
import { allFiles } from "../../../src/issues/papers.ts";
import { picture } from "./announced.ts";
import type { Sent } from "./server.ts";
import type { Stage } from "./stage.ts";

/** A file that anybody would take for a PDF; `n` makes it another one. */
export const pdf = (n = 0) => Buffer.from(`%PDF-1.4\n1 0 obj<<>>endobj\n% ${n}\ntrailer<<>>\n%%EOF\n`);

/** Gives an issue evidence that a member has sent elsewhere. @returns it as files of a card, with the hashes of what is kept. */
export async function withEvidence(
  { bot }: Pick<Stage, "bot">,
  who: string,
  no: string,
  files: readonly { name: string; bytes: Uint8Array }[],
): Promise<{ files: CardFile[]; hashes: string[] }> {
  const person = await bot.store.read((r) => r.people.byName(who));
  const identity = { platform: "terminal", workspace: "", userKey: who } as const;
  for (const { name, bytes } of files)
    await receiveFile(bot, { identity, person }, { name }, async () => bytes, { caption: `${no} 整改前` });
  const issue = await bot.store.read((r) => r.issues.byNo(no));
  const evidence = await bot.store.read((r) => r.evidence.of(issue?.id ?? 0));
  if (evidence.length < files.length) throw new Error("not all of it was taken");
  return { files: allFiles(evidence, { round: 1 }), hashes: evidence.map(({ sha256 }) => sha256) };
}

/** So many different pictures. */
export const pictures = (n: number) =>
  Promise.all(
    Array.from({ length: n }, async (_, i) => ({ name: `现场${i}.jpg`, bytes: await picture(60 + i) })),
  );

/** The files among messages: kind and hash of each, which tells whether its bytes are the right ones. */
export const filesIn = (messages: readonly Sent[]) =>
  messages.flatMap(({ file }) =>
    file ? [{ kind: file.kind, hash: createHash("sha256").update(file.bytes).digest("hex") }] : [],
  );
