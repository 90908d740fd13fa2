import type { Context } from "../chat/command.ts";
import type { Role } from "../domain/roles.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import { kindOfPaper } from "./kind-of.ts";
import { termsOf } from "./terms.ts";

/** What a waiting paper waits for, and who may do it; null where it is all done. */
export function waitsFor(
  row: OfficialPaperRow,
  context: Pick<Context<never>, "office" | "officialPapers">,
): { act: "check" | "sign"; by: Role } | null {
  const { signing, by } = termsOf(kindOfPaper(row, context), context.office.pack);
  if (row.state === "draft" && signing !== "none") return { act: "check", by: "office" };
  return row.state === "checked" && signing === "sign" ? { act: "sign", by } : null;
}
