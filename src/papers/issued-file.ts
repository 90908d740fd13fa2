import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import type { PaperLook } from "./official-paper.ts";
import { paperCard } from "./paper-card.ts";
import { paperSeen } from "./sees.ts";

/** What is said for one file of a paper: 文件 12号 Word, 月排名 5月 图片, 周通报 Excel. */
export const FILE_WORDS = { Word: "word", 图片: "picture", Excel: "excel" } as const satisfies Record<
  string,
  PaperLook
>;
export const FILE_SAYINGS = {
  ...{ Word版: "word", Word文档: "word", excel: "excel", 导出: "excel" },
} as const satisfies Record<string, PaperLook>;

/** A file of an issued paper, byte for byte, for whoever may read it. */
export async function issuedFile(
  { id }: Pick<OfficialPaperRow, "id">,
  look: PaperLook,
  person: Person,
  context: Context<Reader>,
): Promise<Card | Refusal> {
  const row = await paperSeen(id, person, context);
  return isRefusal(row) ? row : paperCard(row, look, person, context);
}
