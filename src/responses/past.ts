import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { startResponseButton, startShavingButton } from "./change-forms.ts";
import { momentWords, responseName } from "./words.ts";

const SHOWN = 10;

/** Responses, the newest first; rehearsals say so and are counted in nothing. */
export async function pastCard(
  person: Person,
  { store, office }: Pick<Context<Reader>, "store" | "office">,
): Promise<Card> {
  const rows = await store.responses.newest(SHOWN);
  const isRunning = rows.some(({ endedAt }) => endedAt === null);
  const real = rows.filter(({ drill }) => !drill);
  return {
    title: isRunning ? "应急响应记录" : "现在没有应急响应",
    tone: isRunning ? "notice" : "good",
    blocks: [
      rows.length === 0
        ? { kind: "text", text: "还没有启动过响应。省级预警发布后，由市办发送“启动响应”录入。" }
        : {
            kind: "table",
            columns: [{ title: "响应" }, { title: "文号" }, { title: "启动" }, { title: "解除" }],
            rows: rows.map((row) => [
              responseName(row),
              row.documentNo,
              momentWords(row.startedAt, office),
              row.endedAt === null ? "进行中" : momentWords(row.endedAt, office),
            ]),
          },
    ],
    buttons:
      holdsRole(person, "office") && !isRunning
        ? [startResponseButton(), startShavingButton(), startResponseButton({ drill: "演练" }, 0, "组织演练")]
        : [],
    facts: {
      running: isRunning,
      responses: real.filter(({ kind }) => kind === "alert").length,
      rows: rows.map(({ kind, drill, level, documentNo, endedAt }) => ({
        kind,
        drill,
        level,
        documentNo,
        ended: endedAt !== null,
      })),
    },
  };
}
