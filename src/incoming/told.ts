import type { RowsContext } from "../chat/import.ts";
import type { Read, Told } from "../domain/reading.ts";
import { cleaned, readDate, readMonth } from "../intake/cells.ts";
import { calledRegions, plainName } from "./cells.ts";

/** When a table was made or sent says nothing of the days that its figures are of. */
const OF_THE_TABLE =
  /制表|填报|填表|上报|报送|审核|打印|发布|签发|制作|编制|统计时间|导出|印发|下发|下达|修订|批准/;
/** A span isn't one day: 5月11日至17日, 2020-05-11~2020-05-17. */
const SPAN = /[日号\d]\s*(至|到|[-—–~～]{1,2})\s*(\d{4}年|\d{1,2}月|\d{1,2}[日号]|\d{4}[-/.])/;

/** The day that a title or the name of a sheet speaks of. */
export const dayTold = (): Told =>
  said(/(?<![\d.])\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)\s*[日号]?/g, (text) => readDate(text));

/** Of several months, or of a year up to one of them. */
const OF_MONTHS = /月?\s*(至|到|[-—–~～]{1,2})\s*(\d{4}\s*年)?\s*\d{1,2}\s*月|累计/;

/** The one month that a title or the name of a sheet speaks of: 2020年5月, which is no part of a day or of a span. */
export const monthTold = (): Told => {
  const { within, is } = said(/(?<![\d.])\d{4}\s*年\s*\d{1,2}\s*月(?!\s*(?:份\s*)?\d)/g, (text) =>
    readMonth(text),
  );
  return { within: (text) => (OF_MONTHS.test(text.normalize("NFKC")) ? [] : within(text)), is };
};

/** 5月 or 二季度 behind its year, and those named with it: 5月、6月; 二、三季度; 一季度至三季度. */
const MONTHS = /(?<![\d.])(\d{4}\s*年)([\d月份、,和及与至到—–~～\s-]*\d\s*月)(?!\s*(?:份\s*)?\d)/g;
const QUARTERS = /(?<![\d.])(\d{4}\s*年)([第前1-4一二三四季度、,和及与至到—–~～\s-]*季)/g;

/** As `monthTold`, but of a title of several months all that it names, where rows have to say which is theirs. */
export const monthsTold = (orRows: readonly string[]) => (): Told => {
  const { within, is } = monthTold();
  const several = (text: string) =>
    behindYears(text, MONTHS).flatMap(({ year, named }) =>
      [...named.matchAll(/\d{1,2}(?!\d|\s*年)/g)].map(([n]) => `${year}${n}月`),
    );
  return {
    within(text) {
      const found = new Set(several(text));
      return found.size > 1 ? [...found] : within(text);
    },
    is,
    orRows,
  };
};

/** The quarters that a title or the name of a sheet speaks of: 2020年二季度. */
export const quartersTold = (orRows: readonly string[]) => (): Told => ({
  within: (text) => {
    const found = behindYears(text, QUARTERS).flatMap(({ year, named }) =>
      [...named.replace("前", "一至").matchAll(/[1-4一二三四]/g)].map(([n]) => `${year}${n}季度`),
    );
    return [...new Set(found)];
  },
  is: said(QUARTERS, (text) =>
    /^\d{4}年第?[1-4一二三四]季度?$/.test(text) ? { value: text } : { reason: "不是季度" },
  ).is,
  orRows,
});

function behindYears(text: string, pattern: RegExp): { year: string; named: string }[] {
  const plain = cleaned(text).normalize("NFKC");
  if (OF_THE_TABLE.test(plain)) return [];
  return [...plain.matchAll(pattern)].map(([, year = "", named = ""]) => ({ year, named }));
}

function said(pattern: RegExp, read: (text: string) => Read<string>): Told {
  const valued = (text: string) => {
    const found = read(text.replace(/\s/g, ""));
    return "value" in found ? found.value : null;
  };
  return {
    within(text) {
      const plain = cleaned(text).normalize("NFKC");
      if (OF_THE_TABLE.test(plain) || SPAN.test(plain)) return [];
      const found = (plain.match(pattern) ?? []).map(valued);
      return [...new Set(found)].filter((value) => value !== null);
    },
    is: (text) => (text.length > 20 ? null : valued(cleaned(text).normalize("NFKC"))),
  };
}

/** The one county that a title or the name of a sheet speaks of; `orCity`: the city, where it speaks of no county. */
export const countyTold =
  ({ orCity = false }: { orCity?: boolean } = {}) =>
  (file: Pick<RowsContext, "office" | "names">): Told => {
    const { office } = file;
    const city = office.city.short;
    const regions = office.pack.regions.flatMap((region) =>
      [region.name, region.short, ...region.aliases].map((name) => ({ name, short: region.short })),
    );
    const longestFirst = regions.toSorted((a, b) => b.name.length - a.name.length);
    return {
      within(text) {
        let plain = plainName(text);
        // Of many places, or of a station: neither is a county's.
        if (/各(县|区|市|镇|街|地)|县[（(]?市|站|点位/.test(plain)) return [];
        const found = new Set<string>();
        for (const { name, short } of longestFirst)
          if (plain.includes(name)) {
            found.add(short);
            plain = plain.replaceAll(name, "\n");
          }
        const counties = [...found].filter((short) => short !== city);
        return counties.length > 0 || !orCity ? counties : [...found];
      },
      is(text) {
        if (text.length > 20) return null;
        const [region] = calledRegions(file, text);
        return region === undefined || (region.id === office.city.id && !orCity) ? null : region.short;
      },
    };
  };

const LEVEL = "(?:[黄橙红]色|[ⅠⅡⅢⅣ一二三]级|I{1,3}级)(?:预警|响应)?";
const LEVEL_ALONE = new RegExp(`^${LEVEL}$`);
/** 黄色预警减排措施, Ⅱ级响应时可核查指标 */
const LEVEL_AND_ITEM = new RegExp(`^(?:重污染天气)?(${LEVEL})(?:时|期间|下)?的?(.{2,})$`);

/** The level of an alert that a title speaks of, or that each of a table's columns is of. */
export const levelTold = (): Told => {
  const plain = (text: string) => cleaned(text).normalize("NFC").replace(/\s/g, "");
  return {
    within: (text) => [...new Set(plain(text).match(/[黄橙红]色(?=预警|响应)/g) ?? [])],
    is: (text) => (LEVEL_ALONE.test(plain(text)) ? plain(text) : null),
    split(text) {
      const [, value, item] = LEVEL_AND_ITEM.exec(plain(text)) ?? [];
      return value === undefined || item === undefined ? null : { value, item };
    },
  };
};
