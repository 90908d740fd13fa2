import type { KeptFile } from "./evidence.ts";

type Naming = { keptFiles(): Promise<KeptFile[]> };

/** Everything that the vault has to hold, each content once: evidence, and tables that wait for an answer. */
export async function keptFilesIn({
  evidence,
  importQuestions,
}: {
  evidence: Naming;
  importQuestions: Naming;
}): Promise<KeptFile[]> {
  const files = [...(await importQuestions.keptFiles()), ...(await evidence.keptFiles())];
  return [...new Map(files.map((file) => [file.sha256, file])).values()];
}
