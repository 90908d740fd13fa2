import type { MinutesText } from "./kinds.ts";

/** Sections of minutes, in the order in which they are printed. */
export const MINUTES_SECTIONS = [
  "time",
  "participants",
  "situation",
  "outlook",
  "decisions",
  "requirements",
] as const;
export type MinutesSection = (typeof MINUTES_SECTIONS)[number];

/** Minutes as they were read: the list of what was decided is lines, each read by itself. */
export type MinutesRead = Omit<MinutesText, "unread"> & {
  decisions: readonly string[];
  unread: readonly string[];
};

/** What each section is called. `said`: words that begin it in running text, where a comma may follow: 会议要求，…… */
const HEADS: Readonly<Record<MinutesSection, { titled: string; said?: string }>> = {
  time: { titled: "(?:会议)?时间" },
  participants: { titled: "(?:参[会加]|出席)(?:人员|单位|会议)?|参会情况" },
  situation: {
    titled:
      "(?:[上本]?[月季]度?|[一二三四]季度|\\d{1,2}月份?|当前|前期|空气质量|总体)?(?:形势|情况)(?:通报|回顾)?",
    said: "会议(?:通报|指出|听取)",
  },
  outlook: {
    titled: "(?:后期|下[步阶]段?|下一?步|趋势|形势|后续)?(?:研判|预测)",
    said: "会议(?:研判|分析|认为)",
  },
  decisions: {
    titled: "(?:重点)?问题清单|重点问题|(?:会议)?议定事项|任务清单|交办事项",
    said: "会议(?:议定|明确|决定|确定)",
  },
  requirements: { titled: "(?:会议|工作|下步|有关)?要求", said: "会议(?:要求|强调)" },
};

/** 一、 （一） 1. 第一， before a head or an item. */
const NUMBERING = "(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\\d{1,2})[）)、.．]\\s*)?";
const MARKS = new RegExp(
  `(?<=^|[\\s。；;！])[ \\t　]*(?:${NUMBERING}(?:${MINUTES_SECTIONS.map(
    (name) =>
      `(?<${name}>(?:${HEADS[name].titled})(?=\\s*(?:[:：\\n]|[ 　]))${
        HEADS[name].said === undefined ? "" : `|(?:${HEADS[name].said})(?=\\s*[:：，,])`
      })`,
  ).join("|")}))[ \\t　]*[:：，,]?`,
  "g",
);
/** A first line that only says what it is. */
const TITLE = /^[^\n。；:：]{0,40}纪要[ \t]*(?:\n|$)/;

/**
 * Reads minutes as they are dictated or pasted: each section stands behind its own word, in any order. What stands before the
 * first one belongs to none and is kept as unread; nothing is left out.
 */
export function readMinutes(text: string): MinutesRead {
  const body = text.replace(/\r\n?/g, "\n").trim().replace(TITLE, "");
  const found = new Map<MinutesSection, string[]>();
  const unread: string[] = [];
  let open: MinutesSection | null = null;
  let from = 0;
  const close = (to: number) => {
    const part = body.slice(from, to).trim();
    if (part === "") return;
    if (open === null) unread.push(part);
    else found.set(open, [...(found.get(open) ?? []), part]);
  };
  for (const mark of body.matchAll(MARKS)) {
    close(mark.index);
    open = MINUTES_SECTIONS.find((name) => mark.groups?.[name] !== undefined) ?? null;
    from = mark.index + mark[0].length;
  }
  close(body.length);
  const section = (name: MinutesSection) => found.get(name)?.join("\n") ?? null;
  return {
    time: section("time"),
    participants: section("participants"),
    situation: section("situation"),
    outlook: section("outlook"),
    requirements: section("requirements"),
    decisions: itemsOf(section("decisions") ?? ""),
    unread,
  };
}

const ITEM =
  /(?:^|(?<=[\s。；;：:]))\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．](?!\d)|[一二三四五六七八九十]是)\s*/;

/** The items of a list: by its numbers where it has any, otherwise by lines, otherwise by semicolons. */
export function itemsOf(list: string): string[] {
  const clean = (item: string) =>
    item
      .replace(ITEM, "")
      .replace(/^[\s；;]+|[\s；;]+$/g, "")
      .replace(/。$/, "");
  const split = ITEM.test(list)
    ? list.split(new RegExp(ITEM.source, "g"))
    : /\n/.test(list)
      ? list.split(/\n/)
      : list.split(/[；;]/);
  return split.map(clean).filter((item) => item !== "");
}
