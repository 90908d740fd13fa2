import type { KeptFile } from "./evidence.ts";

type Naming = { keptFiles(): Promise<KeptFile[]> };

/** Everything that the vault has to hold, each content once: evidence, tables that wait for an answer, issued papers. */
export async function keptFilesIn({
  evidence,
  importQuestions,
  officialPapers,
}: {
  evidence: Naming;
  importQuestions: Naming;
  officialPapers: Naming;
}): Promise<KeptFile[]> {
  const files = [
    ...(await importQuestions.keptFiles()),
    ...(await officialPapers.keptFiles()),
    ...(await evidence.keptFiles()),
  ];
  return [...new Map(files.map((file) => [file.sha256, file])).values()];
}
