import { z } from "zod";
import { action } from "../chat/action.ts";
import type { Card, CardFile } from "../chat/card.ts";

/** How the title of a message begins that brings another one's files. */
export const FILES_OF = "附件：";

/** 重新发送：files that were lost, or perhaps were. Each is made anew, and says itself who may have it. */
export const filesAgain = action({
  name: "files.again",
  label: "重新发送",
  params: z.object({ title: z.string(), no: z.string(), files: z.string() }),
  fields: z.object({}),
  async press({ params: { title, no, files } }) {
    return {
      title: `${FILES_OF}${title}`,
      blocks: [],
      files: JSON.parse(files) as CardFile[],
      ...(no === "" ? {} : { facts: { issue: { no } } }),
    };
  },
});

/** What their reader is told of files that were lost, or `perhaps` were: which, of what, and how to have them again. */
export function lostFilesCard(
  { title, facts, files }: Pick<Card, "title" | "facts"> & { files: readonly CardFile[] },
  perhaps: boolean,
): Card {
  const { no = "" } = (facts?.issue ?? {}) as { no?: string };
  const of = title.replace(FILES_OF, "");
  const first = `“${files[0]?.name}”`;
  const which = files.length > 1 ? `${first}等${files.length}个附件` : `附件${first}`;
  const whose = `${which}（${no === "" || of.includes(no) ? of : `${no} ${of}`}）`;
  return {
    title: perhaps ? "附件可能没有送达" : "附件未能发送",
    tone: "notice",
    blocks: [
      {
        kind: "text",
        text: perhaps
          ? `不能确定${whose}是否送达，没有自动重发。没有收到的话，请按“重新发送”。`
          : `${whose}没有发出。请按“重新发送”；仍收不到的，请到网页上看。`,
      },
    ],
    buttons: [filesAgain.button({ title: of, no, files: JSON.stringify(files) })],
  };
}
