/** Rows that stand in a table and are no data of it, by what they say; null for a row that is read. */
export type Aside = "合计、平均等行" | "说明、签名行" | "重复的表头" | "栏次行";

/** Means of a time, what a value is held against, and what is made of all rows: none of them is a day or a place. */
const OF_ALL =
  /^((第?\d{1,2}(-\d{1,2})?)?[全当本上]?(年|半年|季度?|月份?|旬|周|日)(平均|均)(值|浓度|浓度值)?|(平均|最大|最小|最高|最低)浓度值?|(去年|上年|上月|上周)(同期值?|均值|平均值?)|同期值?|同比|环比|同比变化|变化(率|幅度)|样本[数量]|有效天数|第?\d{2}百分位数?|([一二]级)?标准(限值|值)|限值|目标值|合计数)([(（].*[)）])?$/;
const TOTAL =
  /^(合计|总计|小计|共计|累计|总数|平均|平均值|均值|平均数|最大值?|最小值?|最高值?|最低值?|中位数|标准差|(合计|总计|平均)[(（].*[)）]|(全?[市县区]|各.{1,8}|.{1,4}[市县区])(合计|平均值?|均值|总计))$/;
const NOTE =
  /^(注|备注|说明|附注|填表说明|填报说明|数据来源|资料来源|来源|单位|计量单位|联系电话|电话)\s*\d*\s*[:：]|^(注|备注|说明)\s*[\d①②③一二三][、.．：:]?|^[*※＊]/;
const SIGNED =
  /^(填表|制表|填报|上报|报送|审核|校核|复核|核稿|签发|审批|批准|编制|统计|记录|经办|负责|联系|单位负责|分管领导|主要领导|盖章|打印)(人员?|者|单位|部门|日期|时间|领导)?(签名|签字|盖章|\(?（?(签名|签字|盖章)）?\)?)?\s*([:：].*)?$/s;
/** Such a cell ends with one of these, and dates and places with none: the rest of the rows aren't gone through. */
const LAST = new Set("均值度比期率幅数量)）");
/** Data begins with none of these: nearly all rows are known by the first sign of their first cells. */
const FIRST = new Set(
  "合总小共累平均最中标全各注备说附填数资来单计联电*※＊制上报审校复核签批编统记经负分主盖打",
);
/** Cells from the left that may say what a row is: a running number and a date may stand before it. */
const LOOKED_AT = 3;

/** What a row is if it isn't data. A note stands alone in its row; a total is named where a place or a date would be. */
export function asideOf(cells: readonly string[]): Aside | null {
  let looked = 0;
  let label: string | null = null;
  for (const cell of cells) {
    if (cell === "") continue;
    if (FIRST.has(cell[0] ?? "")) {
      const text = cell.trim();
      if (TOTAL.test(text.replace(/\s/g, ""))) return "合计、平均等行";
      if (looked === 0) label = text;
    }
    if (cell.length < 20 && LAST.has(cell.at(-1) ?? "") && OF_ALL.test(cell.replace(/\s/g, "")))
      return "合计、平均等行";
    looked += 1;
    if (looked === LOOKED_AT) break;
  }
  if (label === null) return null;
  const filled = cells.reduce((sum, cell) => (cell.trim() === "" ? sum : sum + 1), 0);
  if (NOTE.test(label) && filled <= 2) return "说明、签名行";
  return SIGNED.test(label.slice(0, 60)) && (filled === 1 || /[:：]\s*\S*$/.test(label.slice(0, 60)))
    ? "说明、签名行"
    : null;
}

/** 1 2 3 4 …, or 甲 乙 1 2 …, below the heads: the numbers of the columns. */
export function isNumbering(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const numbers = filled
    .filter((cell) => !/^[甲乙丙丁]$/.test(cell))
    .map((cell) => Number(cell.replace(/[()（）]/g, "")));
  return (
    numbers.length >= 4 && numbers.every((n, i) => n === (numbers[0] ?? 0) + i) && (numbers[0] ?? 9) <= 1
  );
}
