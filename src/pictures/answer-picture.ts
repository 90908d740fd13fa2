import { z } from "zod";
import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { understand } from "../chat/phrase.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { ROWS_A_PICTURE, tablePicture } from "../output/table-picture.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type TableBlock = Extract<Block, { kind: "table" }>;

/** A table that a phrase is answered with, as a picture: for chats without room for its columns, and for forwarding. */
export const pictureOfTable = paper({
  name: "picture.table",
  params: z.object({ phrase: z.string(), part: z.int().min(0) }),
  async data({ params, person }, context) {
    const asked = await tableOf(params.phrase, person, context);
    if (isRefusal(asked)) return asked;
    const { card, table } = asked;
    return {
      title: card.title,
      columns: table.columns,
      rows: table.rows.slice(params.part * ROWS_A_PICTURE, (params.part + 1) * ROWS_A_PICTURE),
      notes: [
        ...card.blocks.flatMap((block) => (block.kind === "note" ? [block.text] : [])),
        ...(context.demo ? ["演示数据，非真实监测结果"] : []),
      ],
    };
  },
  render: async (table) => ({
    name: `${table.title}.png`,
    type: "image/png",
    bytes: await tablePicture(table),
  }),
});

/** The pictures that a phrase's table needs, as files of a card. */
export async function picturesOf(phrase: string, person: Person, context: Context<Reader>) {
  const asked = await tableOf(phrase, person, context);
  if (isRefusal(asked)) return asked;
  const { card, table } = asked;
  const parts = Math.ceil(table.rows.length / ROWS_A_PICTURE);
  const files = Array.from({ length: parts }, (_, part) =>
    pictureOfTable.file(
      { phrase, part },
      { name: `${card.title}${parts > 1 ? `-${part + 1}` : ""}.png`, picture: true },
    ),
  );
  return { title: card.title, files };
}

/** Asks a phrase on somebody's behalf and takes the first table of its answer. */
async function tableOf(
  phrase: string,
  person: Person,
  context: Context<Reader>,
): Promise<{ card: Card; table: TableBlock } | Refusal> {
  const understood = understand(phrase, {}, context.commands, { ...context, person });
  if (isRefusal(understood)) return understood;
  const { command, args, missing } = understood;
  if (command.kind !== "command" || missing.length > 0)
    return refuse("usage", "只有查询结果能做成图片，例如“图片 排名 5月”。", ["图片 排名"]);
  const { office, today } = context;
  const refusal = command.who.check({ person, args, office, today });
  if (refusal !== null) return refusal;
  const card = await command.answer({ args, person }, context);
  if (isRefusal(card)) return card;
  const table = card.blocks.find((block) => block.kind === "table" && block.rows.length > 0) as
    | TableBlock
    | undefined;
  return table === undefined
    ? refuse("no-data", "这条查询的结果没有表格，不能做成图片，例如可以发“图片 排名 5月”。", ["图片 排名"])
    : { card, table };
}
