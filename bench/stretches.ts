import { isRefusal } from "../src/chat/refusal.ts";
import { receiveFile } from "../src/incoming/received-file.ts";
import { chartPicture } from "../src/output/charts/chart-picture.ts";
import { tablePicture } from "../src/output/table-picture.ts";
import { rankingOfThirteen } from "./charts.ts";
import { workbookOf } from "./import.ts";
import { type BenchOffice, benchOffice, speakerCalled } from "./office.ts";
import type { Finding, Size } from "./side-by-side.ts";
import { sized } from "./side-by-side.ts";
import { longestStretch } from "./stretch.ts";

/** Milliseconds that nobody may be kept waiting for what somebody else has sent. */
const AIM = 100;
const COUNTIES = ["海安", "如皋", "如东", "启东", "崇川", "通州", "市开发区", "通州湾示范区"];

/** The longest stretch in which the bot hears nobody, while files are imported as a chat brings them and pictures are drawn. */
export async function stretches(size: Size): Promise<Finding[]> {
  const [days, issues] = sized(size, [100_000, 500], [2_000, 20]);
  const office = await benchOffice({ now: "2055-06-15T08:30" });
  const table = daily(days);
  const findings: Finding[] = [];
  const line = async (what: string, work: () => Promise<unknown>) => {
    const ours = await longestStretch(work);
    findings.push({ name: `longest stretch: ${what}`, unit: "ms", ours, aim: AIM });
  };
  await line(`a ledger of ${issues} issues`, () => sends(office, ledger(issues), "台账.csv"));
  await line(`${days.toLocaleString("en")} daily rows, CSV`, () => sends(office, table, "历年.csv"));
  const { bytes } = workbookOf(table.replaceAll(",35,", ",36,"));
  await line(`${days.toLocaleString("en")} daily rows, XLSX`, () => sends(office, bytes, "历年.xlsx"));
  await line("eight large pictures", () => Promise.all(Array.from({ length: 8 }, picture)));
  await line("eight charts", () =>
    Promise.all(Array.from({ length: 8 }, () => chartPicture(rankingOfThirteen))),
  );
  office.close();
  return findings;
}

async function sends({ bot }: BenchOffice, content: string | Uint8Array, name: string): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const card = await receiveFile(bot, await speakerCalled(bot, "市办"), { name }, async () => bytes);
  if (isRefusal(card) || !card.title.startsWith("已导入"))
    throw new Error(isRefusal(card) ? card.message : JSON.stringify(card.blocks).slice(0, 500));
}

function daily(rows: number): string {
  const lines = ["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h"];
  for (let date = Temporal.PlainDate.from("2020-08-01"); lines.length <= rows; date = date.add({ days: 1 }))
    for (const county of COUNTIES)
      if (lines.length <= rows) lines.push(`${date},${county},35,60,9,30,1.0,90`);
  return lines.join("\n");
}

function ledger(rows: number): string {
  const lines = ["县区,问题描述,类别,交办时间,整改时限"];
  for (let i = 0; i < rows; i++)
    lines.push(`海安,第${i}处工地裸土未覆盖,工地扬尘,2055-06-${10 + (i % 5)},2055-07-${10 + (i % 18)}`);
  return lines.join("\n");
}

const picture = () =>
  tablePicture({
    title: "各县（市、区）空气质量",
    columns: Array.from({ length: 8 }, (_, i) => ({ title: `第${i + 1}列` })),
    rows: Array.from({ length: 40 }, (_, i) => Array.from({ length: 8 }, (_, j) => `${i}.${j} 优良率`)),
    notes: ["数据未经审核"],
  });
