import type { AnOffice } from "../support/office.ts";

/** A picture of the gallery, or several pages; `draw` makes them as PNG. */
export type GalleryEntry = {
  file: string;
  title: string;
  /** How somebody gets it. */
  how: string;
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
];

/** The first pages of the paper that 市办 is answered with. */
function pages(file: string, title: string, phrase: string): GalleryEntry {
  return {
    file,
    title,
    how: phrase,
    async draw(office) {
      const { card } = await office.says("市办", phrase);
      const shown = (card.files ?? []).filter(({ picture, name }) => picture && name.includes("页"));
      if (shown.length === 0) throw new Error(`${phrase} is answered without a page`);
      const drawn: Uint8Array[] = [];
      for (const { name } of shown.slice(0, MOST_PAGES)) drawn.push((await office.opens("市办", name)).bytes);
      return drawn;
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
