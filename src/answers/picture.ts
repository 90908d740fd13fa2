import { z } from "zod";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { isRefusal, refuse } from "../chat/refusal.ts";
import { ROWS_A_PICTURE, tablePicture } from "../output/table-picture.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { answerTo } from "./asked.ts";
import { notesOf, tablesOf } from "./tables.ts";

/** A table of an answer as a picture: for chats without room for its columns, and for forwarding. */
export const pictureOfTable = paper({
  name: "picture.table",
  params: z.object({ phrase: z.string(), part: z.int().min(0) }),
  async data({ params, person }, context) {
    const asked = await picturedBy(params.phrase, person, context);
    if (isRefusal(asked)) return asked;
    const part = asked.parts[params.part];
    if (part === undefined)
      return refuse("no-data", "这张图所在的表格现在短了，请重新查询。", [params.phrase]);
    return { title: asked.card.title, ...part, notes: notesOf(asked.card) };
  },
  render: async (table, { marks }) => ({
    name: `${table.title}.png`,
    type: "image/png",
    bytes: await tablePicture({ ...table, notes: [...table.notes, ...marks] }),
  }),
});

/** The pictures that a phrase's answer needs, as files of a card. */
export async function picturesOf(phrase: string, person: Person, context: Context<Reader>) {
  const asked = await picturedBy(phrase, person, context);
  if (isRefusal(asked)) return asked;
  const { card, parts } = asked;
  const files = parts.map((_, part) =>
    pictureOfTable.file(
      { phrase, part },
      { name: `${card.title}${parts.length > 1 ? `-${part + 1}` : ""}.png`, picture: true },
    ),
  );
  return { title: card.title, files };
}

/** A phrase's answer, and its tables cut so that each part fits a picture. */
async function picturedBy(phrase: string, person: Person, context: Context<Reader>) {
  const card = await answerTo(phrase, "图片", person, context);
  if (isRefusal(card)) return card;
  const parts = tablesOf(card).flatMap(({ columns, rows }) =>
    Array.from({ length: Math.ceil(rows.length / ROWS_A_PICTURE) }, (_, at) => ({
      columns,
      rows: rows.slice(at * ROWS_A_PICTURE, (at + 1) * ROWS_A_PICTURE),
    })),
  );
  return parts.length === 0
    ? refuse("no-data", "这条查询的结果没有表格，不能做成图片，例如可以发“排名 上月 图片”。", [
        "排名 上月 图片",
      ])
    : { card, parts };
}
