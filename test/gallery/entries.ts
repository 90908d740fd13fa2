import sharp from "sharp";
import { sendingTo } from "../support/evidence.ts";
import type { AnOffice } from "../support/office.ts";

/** A picture of the gallery, or several pages; `draw` makes them as PNG. */
export type GalleryEntry = {
  file: string;
  title: string;
  /** How somebody gets it. */
  how: string;
  /** The office's time when it is asked for; left out, that of the whole gallery. */
  at?: string;
  draw(office: AnOffice): Promise<Uint8Array | readonly Uint8Array[]>;
};

/** Bytes of a picture: the repository stays light. */
export const MOST_BYTES = 150_000;

/** Pages of a paper that the gallery shows. */
const MOST_PAGES = 2;

/** What the gallery shows, in its order: a line each. */
export const entries: readonly GalleryEntry[] = [
  said("bulletin", "One week on one screen", "战报 上周"),
  said("trend-month", "A county's PM2.5, day by day", "趋势 海安 5月 PM2.5"),
  said("trend-year", "The city's year, with limit and target", "趋势 今年"),
  said("trend-ozone", "Ozone", "趋势 如皋 今年 臭氧"),
  said("calendar-month", "AQI calendar of a month", "日历 海安 6月"),
  said("calendar-year", "AQI calendar of a year: the class as a number", "日历 2019年"),
  said("ranking", "Ranking, with ties", "排名 5月 PM2.5 图"),
  said("ranking-rate", "Ranking by attainment rate", "排名 今年 优良率 图"),
  said("ranking-improvement", "Ranking by improvement, one without a rank", "排名 5月 改善 图"),
  said("pace", "Targets and what remains of the year", "达标进度"),
  said("pace-rate", "The same by attainment rate", "达标进度 优良率"),
  said("primary-year", "Primary pollutants by month", "首要污染物 海安 2019年"),
  said("primary-month", "Primary pollutants of a month", "首要污染物 海安 5月"),
  said("live-map", "The newest hour where it was measured", "实况 图"),
  said("live-map-county", "The same of a county's stations, ozone", "实况 海安 图 臭氧"),
  said("table", "An answer's table", "排名 5月 图片"),
  said("timeline", "An issue's course", "经过 6"),
  said("month-plan", "A month's jobs and deadlines", "日程 6月"),
  pages("order", "An order (交办单), as pages", "交办单 6"),
  pages("monthly-ranking", "The month's ranking for the newspaper", "拟稿 月度公开排名 5月"),
  issued("daily-sheet", "The day's sheet of all counties", "2020-06-15", "昨日快报"),
  issued("lagging-warning", "Lagging tasks (任务滞后预警)", "2020-06-16", "滞后预警"),
  issued("town-ranking", "The week's ranking of towns", "2020-07-06", "镇街排名通报"),
  drafted("warning-letter", "A letter to a county behind pace (预警提醒函)", "2020-12-10T12:00", [
    ["提醒函"],
    ["拟函 启东", { requests: "请分析原因，压实责任，加快补齐差距。" }],
  ]),
  drafted("interview", "A county is called in (约谈通知)", "2020-07-01T12:00", [
    ["约谈 海安"],
    [
      "认定并拟约谈通知",
      { on: "2020-07-15", time: "9:30", place: "三楼会议室", by: "办公室主任", whom: "主要负责人" },
    ],
  ]),
  drafted("meeting-notice", "A meeting is called (会议通知)", "2020-06-03T10:00", [
    ["会商 6月8日9时30分 市政府301 议程：通报形势；研究重点问题"],
  ]),
  drafted("meeting-material", "A meeting's material, with charts", "2020-06-03T10:00", [
    ["会商 6月8日9时30分 市政府301 议程：通报形势；研究重点问题"],
    ["拟稿 会议材料 5月"],
  ]),
  drafted(
    "meeting-minutes",
    "A meeting's minutes (会议纪要), with what was decided",
    "2020-06-08T14:00",
    [
      ["会议 1"],
      [
        "写纪要",
        {
          situation: "5月全市PM2.5浓度同比下降，臭氧成为首要污染物；海安、如皋PM2.5偏高。",
          outlook: "6月气温升高，臭氧污染风险加大。",
          requirements: "各地各部门要对照清单逐项落实，按期反馈。",
          decisions: "完成工地裸土覆盖（海安，6月30日前）\n开展加油站油气回收专项检查（生态环境，7月10日前）",
        },
      ],
      ["送审", {}],
    ],
    async (office) => {
      await office.advanceTo("2020-06-03T10:00");
      await office.says("市办", "会商 6月8日9时30分 市政府301 议程：通报形势；研究重点问题");
    },
  ),
  drafted(
    "exposure",
    "Problems made public (典型问题曝光), faces and plates covered",
    "2020-06-15T10:00",
    [["拟稿 典型问题曝光"]],
    chosenToExpose,
  ),
  pages("year-report", "The year's report", "拟稿 年度工作总结", "2021-01-20T10:00"),
];

/** The first pages of the paper that 市办 is answered with. */
function pages(file: string, title: string, phrase: string, at?: string): GalleryEntry {
  return { file, title, how: phrase, ...(at ? { at } : {}), draw: (office) => pagesOf(office, phrase) };
}

async function pagesOf(office: AnOffice, phrase: string): Promise<Uint8Array[]> {
  const { card } = await office.says("市办", phrase);
  const shown = (card.files ?? []).filter(({ picture, name }) => picture && name.includes("页"));
  if (shown.length === 0) throw new Error(`${phrase} is answered without a page`);
  const drawn: Uint8Array[] = [];
  for (const { name } of shown.slice(0, MOST_PAGES)) drawn.push((await office.opens("市办", name)).bytes);
  return drawn;
}

/** The first pages of the newest paper after 市办 has said and pressed something. */
function drafted(
  file: string,
  title: string,
  at: string,
  steps: readonly (readonly [what: string, fill?: Record<string, string>])[],
  prepared: (office: AnOffice) => Promise<void> = async () => {},
): GalleryEntry {
  // The office has been at work: what the clock brings by then is there.
  const days = prepared.length > 0 ? 6 : 1;
  const before = Temporal.PlainDateTime.from(at).subtract({ days }).toString({ smallestUnit: "minute" });
  return {
    ...{ file, title, at: before, how: steps.map(([what]) => what).join(" → ") },
    async draw(office) {
      await prepared(office);
      await office.advanceTo(at);
      for (const [what, fill] of steps)
        await (fill === undefined ? office.says("市办", what) : office.presses("市办", what, fill));
      const newest = await office.bot.store.read((r) => r.officialPapers.list({}, 1));
      return pagesOf(office, `文件 ${newest.rows[0]?.id}号`);
    },
  };
}

/** A problem that the office has chosen, with a photo of which face and plate are covered; its county has no objection. */
async function chosenToExpose(office: AnOffice): Promise<void> {
  const no = "NT-2020-000006";
  await office.advanceTo("2020-06-12T14:00");
  await sendingTo(office)("海安联络员", `${no} 整改前`, { bytes: await sitePhoto() });
  const press = async (who: string, label: string, fill: Record<string, string> = {}) => {
    await office.says(who, `曝光 ${no}`);
    await office.presses(who, label, fill);
  };
  await press("市办", "选作曝光", { text: "工地约两千平方米裸土未覆盖，出入口未冲洗，运输车辆带泥上路" });
  await press("市办", "选用照片1", { boxes: "688,385,65,100;262,700,100,48" });
  await press("市办", "告知属地");
  await press("海安领导", "无异议");
}

/** A building site as one draws it: bare soil, a lorry with its plate, somebody who stands by. */
const sitePhoto = (): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800">
      <rect width="1200" height="420" fill="#c3d3dd"/><rect y="420" width="1200" height="380" fill="#a9834f"/>
      <path d="M620 470 Q820 250 1160 470 Z" fill="#8d6a3c"/><rect x="90" y="150" width="170" height="280" fill="#9aa3ab"/>
      <rect x="150" y="370" width="330" height="170" fill="#c8742a"/><rect x="480" y="420" width="110" height="120" fill="#3c6ea8"/>
      <circle cx="230" cy="560" r="42" fill="#2b2b2b"/><circle cx="500" cy="560" r="42" fill="#2b2b2b"/>
      <rect x="320" y="566" width="110" height="30" fill="#f0c419"/><text x="328" y="589" font-size="22">PLATE</text>
      <circle cx="864" cy="346" r="34" fill="#e5bd97"/><rect x="828" y="380" width="72" height="150" fill="#d9542b"/>
    </svg>`),
  )
    .jpeg()
    .toBuffer();

/** The picture of the newest paper of a kind that the clock has issued on a morning. */
function issued(file: string, title: string, day: string, word: string): GalleryEntry {
  const list = `文件 ${word}`;
  return {
    ...{ file, title, at: `${day}T08:00`, how: list },
    async draw(office) {
      await office.advanceTo(`${day}T09:30`);
      const no = (await office.says("市办", list)).facts.rows[0]?.no;
      return said(file, title, `文件 ${no}`).draw(office);
    },
  };
}

/** The first picture that 市办 is answered with. */
function said(file: string, title: string, phrase: string): GalleryEntry {
  return {
    file,
    title,
    how: phrase,
    async draw(office) {
      const { card } = await office.says("市办", phrase);
      const picture = card.files?.find((one) => one.picture);
      if (picture === undefined) throw new Error(`${phrase} is answered without a picture`);
      return (await office.opens("市办", picture.name)).bytes;
    },
  };
}
