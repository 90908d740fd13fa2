import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { type TablePicture, tablePicture } from "../../src/output/table-picture.ts";
import { type Timeline, timelinePicture } from "../../src/output/timeline.ts";

const ZONE = "Asia/Shanghai";
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[${ZONE}]`).epochMilliseconds;

const course = (over: Partial<Timeline> = {}): Timeline => ({
  no: "NT-2020-000006",
  title: "工地裸土未覆盖",
  county: "海安市",
  state: "整改中",
  zone: ZONE,
  phases: [
    { name: "待签收", from: at("2020-06-01T00:00"), to: at("2020-06-03T00:00"), tone: "wait" },
    { name: "整改中", from: at("2020-06-03T00:00"), to: at("2020-06-11T00:00"), tone: "work" },
  ],
  marks: [
    { at: at("2020-06-01T00:00"), label: "交办（市办）", tone: "wait" },
    { at: at("2020-06-03T00:00"), label: "签收（海安联络员）", tone: "work" },
  ],
  due: at("2020-06-06T00:00"),
  ...over,
});

/** The colours of a picture, as #rrggbb by pixel. */
async function pixels(png: Uint8Array) {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const colorAt = (x: number, y: number) =>
    `#${data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3).toString("hex")}`;
  const share = (color: string) => {
    let count = 0;
    for (let y = 0; y < info.height; y++)
      for (let x = 0; x < info.width; x++) if (colorAt(x, y) === color) count++;
    return count / (info.width * info.height);
  };
  return { ...info, colorAt, share };
}

const RED = "#c8372d";
const WORK = "#2f7dc4";
const INK = "#1f2933";

describe("an issue's course", () => {
  test("is 1200 pixels wide, its deadline a red line where the date lies on the axis", async () => {
    const { width, height, colorAt } = await pixels(await timelinePicture(course(), []));
    expect(width).toBe(1200);
    // 5 of the 10 days from 1 to 11 June: the middle. The line runs through the bar and above it.
    const column = Array.from({ length: height }, (_, y) => colorAt(600, y));
    expect(column.filter((c) => c === RED).length).toBeGreaterThan(120);
    // A fifth of the way is the border between the phases.
    const row = column.lastIndexOf(RED) - 20;
    const border = Math.round(48 + 1104 * 0.2);
    expect(colorAt(border + 4, row)).toBe(WORK);
    expect(colorAt(border - 6, row)).toBe("#b07400");
  });

  test("is underlined in red from the deadline on while the unit still holds it, and only then", async () => {
    const late = await pixels(await timelinePicture(course(), []));
    const inTime = await pixels(await timelinePicture(course({ due: at("2020-06-11T00:00") }), []));
    expect(late.share(RED)).toBeGreaterThan(2 * inTime.share(RED));
  });

  test("has words, not blocks: ink is thin everywhere", async () => {
    const marks = Array.from({ length: 40 }, (_, i) => ({
      at: at("2020-06-01T00:00") + i * 20_000_000,
      label: `第${i + 1}次催办，已报市大气污染防治联席会议办公室（市办）`,
      tone: "work" as const,
    }));
    const { share } = await pixels(await timelinePicture(course({ marks }), []));
    expect(share(INK)).toBeGreaterThan(0.005);
    expect(share(INK)).toBeLessThan(0.1);
  });

  test("grows with its steps, but not beyond what is read", async () => {
    const heightOf = async (count: number) => {
      const marks = Array.from({ length: count }, (_, i) => ({
        at: at("2020-06-01T00:00") + i * 3_600_000,
        label: `事项${"甲乙丙丁"[i % 4]}`,
        tone: "work" as const,
      }));
      return (await pixels(await timelinePicture(course({ marks }), []))).height;
    };
    expect(await heightOf(12)).toBeGreaterThan(await heightOf(3));
    expect(await heightOf(400)).toBe(await heightOf(60));
  });

  test.each<[string, Partial<Timeline>]>([
    ["nothing but a deadline", { phases: [], marks: [] }],
    [
      "everything in one instant",
      { phases: [], marks: course().marks.map((m) => ({ ...m, at: 0 })), due: 0 },
    ],
    ["a deadline before the beginning", { due: at("2019-01-01T00:00") }],
    ["eighty years", { due: at("2100-01-01T00:00") }],
    ["a title of ten thousand signs", { title: "裸土".repeat(5000) }],
    [
      "texts with line breaks, controls and no font for them",
      { title: "a\n\u0000b\u202E😀\uD800", county: "" },
    ],
  ])("%s can be drawn", async (_, over) => {
    const { width, height } = await pixels(await timelinePicture(course(over), []));
    expect(width).toBe(1200);
    expect(height).toBeGreaterThan(300);
    expect(height).toBeLessThan(2400);
  });

  test("the same data gives the same bytes", async () => {
    expect(await timelinePicture(course(), [])).toEqual(await timelinePicture(course(), []));
  });
});

describe("a table", () => {
  const table = (over: Partial<TablePicture> = {}): TablePicture => ({
    title: "2020年5月各县（市、区）PM2.5排名",
    columns: [{ title: "位次" }, { title: "地区" }, { title: "PM2.5", align: "end" }],
    rows: [
      ["1", "海安市", "28"],
      ["2", "如皋市", "29"],
      ["4", "如东县", "31"],
    ],
    notes: ["数据状态：审核"],
    ...over,
  });
  const GOLD = "#c98a00";

  test("a sign that our font hasn't is drawn as one that it has, whatever fonts the machine has", async () => {
    const named = (rows: string[][]) => tablePicture(table({ columns: [{ title: "项目" }], rows }));
    expect(await named([["O₃"], ["NO₂"]])).toEqual(await named([["O3"], ["NO2"]]));
  });

  test("gives the first three a badge in a column of ranks, and in no other", async () => {
    expect((await pixels(await tablePicture(table()))).share(GOLD)).toBeGreaterThan(0.0005);
    const { columns } = table();
    const counted = table({ columns: [{ title: "件数" }, ...columns.slice(1)] });
    expect((await pixels(await tablePicture(counted))).share(GOLD)).toBe(0);
  });

  test("goes on in a second line where a cell is long, and is no wider for it", async () => {
    const long = (text: string) =>
      tablePicture(table({ columns: [{ title: "任务" }], rows: [[text]] })).then(pixels);
    const [one, two, many] = [
      await long("裸土".repeat(10)),
      await long("裸土".repeat(18)),
      await long("裸土".repeat(900)),
    ];
    expect(two.height).toBeGreaterThan(one.height);
    expect([many.width, many.height]).toEqual([two.width, two.height]);
  });

  test.each<[string, Partial<TablePicture>]>([
    ["no row", { rows: [] }],
    ["no column", { columns: [], rows: [] }],
    ["rows shorter than the heads", { rows: [["1"], []] }],
    ["no note", { notes: [] }],
  ])("with %s can be drawn", async (_, over) => {
    expect((await pixels(await tablePicture(table(over)))).width).toBeGreaterThan(700);
  });

  test("the same data gives the same bytes", async () => {
    expect(await tablePicture(table())).toEqual(await tablePicture(table()));
  });
});

/** The pictures of some names as a machine of their own draws them, by hash. */
function drawnOn(machine: { fonts: "its own" | "none" }, names: readonly string[]): string[] {
  const module = new URL("../../src/output/table-picture.ts", import.meta.url);
  const script = `
    import { createHash } from "node:crypto";
    import { tablePicture } from "${module}";
    for (const name of ${JSON.stringify(names)}) {
      const png = await tablePicture({ title: "排名", columns: [{ title: name }], rows: [["PM2.5"]], notes: [] });
      console.log(createHash("sha256").update(png).digest("hex"));
    }`;
  const env = { ...process.env, ...(machine.fonts === "none" ? { DISABLE_SYSTEM_FONTS_LOAD: "1" } : {}) };
  const node = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script];
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  return execFileSync(process.execPath, node, { encoding: "utf8", env, cwd }).trim().split("\n");
}

test("the font comes with the program: names are drawn alike on a machine without any, rare ones too", () => {
  const names = ["海安市", "汪堃", "王犇", "陈镕"];
  const bare = drawnOn({ fonts: "none" }, names);
  expect(new Set(bare).size).toBe(names.length);
  expect(bare).toEqual(drawnOn({ fonts: "its own" }, names));
});
