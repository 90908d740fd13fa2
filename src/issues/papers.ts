import { z } from "zod";
import type { CardFile } from "../chat/card.ts";
import { isKept, keptPaper } from "../chat/kept-paper.ts";
import { refuse } from "../chat/refusal.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Issue } from "../store/issues.ts";
import { roundBefore } from "./rounds.ts";
import { maySee } from "./sees.ts";

/** A piece of evidence as it was kept. */
export const evidenceFile = keptPaper({
  name: "issue.evidence",
  params: z.object({ evidence: z.int() }),
  async find({ params, person }, { store, office, today }) {
    const evidence = await store.evidence.byId(params.evidence);
    if (evidence === null) return refuse("unknown-issue", "这个文件已不存在。", ["问题"]);
    const issue = evidence.issueId === null ? null : await store.issues.byId(evidence.issueId);
    const may =
      issue === null
        ? evidence.personId === person.id
        : await maySee(issue, person, { store, office, today });
    return may ? evidence : refuse("forbidden", "这个文件不在您的权限范围内。");
  },
});

const SHOWN_PICTURES = 6;

/** The files that go with an issue's card: its newest pictures, and its documents. */
export function issueFiles(evidence: readonly Evidence[], issue: Pick<Issue, "round">): CardFile[] {
  const pictures = evidence.filter(isKept).filter(isPicture).slice(-SHOWN_PICTURES);
  return allFiles([...pictures, ...evidence.filter((e) => !isPicture(e))], issue);
}

/** Every piece of an issue's evidence that is still kept as a file, by the round that it was handed in for. */
export function allFiles(evidence: readonly Evidence[], issue: Pick<Issue, "round">): CardFile[] {
  return evidence
    .filter(isKept)
    .map((e) =>
      evidenceFile.file(
        { evidence: e.id },
        { name: [roundBefore(e, issue), e.name].filter(Boolean).join(" "), picture: isPicture(e) },
      ),
    );
}

export const isPicture = ({ type }: Evidence) => type.startsWith("image/");
