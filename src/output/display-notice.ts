import type { PaperModel } from "./paper-model.ts";

/** What a 销号公示 tells the public. Dates are office text with their year; nothing personal is in it. */
export type DisplayNotice = {
  body: string;
  /** The bot's number of the issue: whoever objects names it. */
  no: string;
  title: string;
  county: string;
  unit: string | null;
  place: string;
  due: string;
  measures: string;
  from: string;
  until: string;
  /** 5个工作日; null where it lasts as long as somebody has written. */
  term: string | null;
  date: string;
  marks: readonly string[];
};

/** Its title and parts, each with its paragraphs: what is printed, and what is copied for a web page. */
export function displayParts(notice: DisplayNotice): {
  title: string;
  parts: { head: string; lines: string[] }[];
} {
  const { body, no, title, county, unit, place, due, measures, from, until, term } = notice;
  return {
    title: `关于${county}大气污染问题整改情况的公示`,
    parts: [
      {
        head: "问题情况",
        lines: [
          `${title}。${place === "" ? "" : `地点：${place}。`}责任地区：${county}。${unit === null ? "" : `责任单位：${unit}。`}整改期限：${due}。`,
        ],
      },
      {
        head: "整改情况",
        lines: [`${measures}。经县级确认、市级复核，拟予销号。`],
      },
      {
        head: "公示期限",
        lines: [`${from}至${until}${term === null ? "" : `（${term}）`}。`],
      },
      {
        head: "意见反映",
        lines: [
          `公示期内，对整改情况有异议的，请向${body}反映，说明事实和理由（问题编号：${no}）。期满无异议的，予以销号。`,
        ],
      },
    ],
  };
}

/** 销号公示: that an issue has been mended, as the public is to read it before it is closed. */
export function displayModel(notice: DisplayNotice): PaperModel {
  const { title, parts } = displayParts(notice);
  const at = title.indexOf("大气污染问题");
  return {
    name: `${notice.no} 销号公示`,
    creator: notice.body,
    marks: notice.marks,
    margins: "letter",
    blocks: [
      { kind: "title", lines: [title.slice(0, at), title.slice(at)] },
      {
        kind: "text",
        text: "下列大气污染问题已完成整改，现予公示，接受社会监督。",
      },
      ...parts.flatMap(({ head, lines }) => [
        { kind: "heading" as const, text: head },
        ...lines.map((text) => ({ kind: "text" as const, text })),
      ]),
      { kind: "signature", body: notice.body, date: notice.date },
    ],
  };
}
