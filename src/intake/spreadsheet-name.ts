/** Spreadsheets that aren't read, by the ends of their names, and why. */
const NOT_READ: readonly [RegExp, string][] = [
  [/\.(xls|xlt)$/i, "是旧版Excel文件"],
  [/\.(et|ett)$/i, "是WPS表格文件"],
  [/\.(xlsm|xltm|xlam|xlsb)$/i, "可能含有宏"],
  [/\.(ods|ots)$/i, "是OpenDocument表格"],
  [/\.numbers$/i, "是苹果Numbers表格"],
];

/** How a spreadsheet is saved as one that is read. */
export const SAVE_ANEW = "请打开后点“文件—另存为”，文件类型选“Excel工作簿（*.xlsx）”，再发一次";

/** Whether a file that is called so may hold a table of those that are imported. */
export const isTableName = (name: string): boolean => /\.(xlsx|csv|tsv|txt)$/i.test(name.trim());

/** Why a spreadsheet that is called so isn't read wherever it is sent, and how to save it anew; null for any other name. */
export function refusalOfSpreadsheet(name: string): string | null {
  const found = NOT_READ.find(([pattern]) => pattern.test(name.trim()));
  const end = /\.[^.]*$/.exec(name.trim())?.[0].toLowerCase();
  return found === undefined ? null : `${end}${found[1]}，不予读取。${SAVE_ANEW}。`;
}
