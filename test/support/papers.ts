import sharp from "sharp";
import type { ClosingSlip, SlipRound } from "../../src/output/closing-slip.ts";
import type { PaperBlock, PaperModel, PaperPicture } from "../../src/output/paper-model.ts";
import type { TransferLetter } from "../../src/output/transfer-letter.ts";

// Papers as a test needs them: everything that it doesn't mention has a default.

export const OFFICE = "南通市大气污染防治联席会议办公室";

export async function photo(
  caption: string,
  color: string,
  [width, height] = [64, 48],
): Promise<PaperPicture> {
  const bytes = await sharp({ create: { width, height, channels: 3, background: color } })
    .jpeg()
    .toBuffer();
  return { bytes: new Uint8Array(bytes), type: "jpg", width, height, caption, most: 60 };
}

export const slipRound = (over: Partial<SlipRound> = {}): SlipRound => ({
  name: "",
  submitted: "2020年6月8日 16:00　李联络（海安市联络员）",
  measures: "裸土已全部覆盖",
  reviews: [
    { level: "县级", result: "县级确认", by: "王领导（海安市领导）", at: "2020年6月9日 10:00", opinion: "" },
    { level: "市级", result: "复核通过", by: "督查", at: "2020年6月11日 14:00", opinion: "现场核查属实" },
  ],
  ...over,
});

export const slip = (over: Partial<ClosingSlip> = {}): ClosingSlip => ({
  office: OFFICE,
  no: "NT-2020-000006",
  orderNo: "通气办交〔2020〕12号",
  title: "工地裸土未覆盖",
  source: "第三方协查，第3批",
  level: "一般，工地扬尘",
  county: "海安市人民政府",
  unit: "南通市住房和城乡建设局",
  helping: "",
  place: "城东镇",
  requirement: "3个工作日内完成覆盖",
  assigned: "2020年6月1日 09:00\n市办",
  acknowledged: "2020年6月1日 15:20\n李联络（海安市联络员）",
  firstDue: "2020年6月9日",
  laterDues: [],
  dueRemark: null,
  rounds: [slipRound()],
  closedOn: "2020年6月11日",
  before: [],
  after: [],
  marks: [],
  ...over,
});

export const letter = (over: Partial<TransferLetter> = {}): TransferLetter => ({
  body: "南通市打好污染防治攻坚战指挥部办公室",
  no: "通攻坚办移〔2020〕1号",
  addressees: ["中共南通市纪律检查委员会", "南通市监察委员会"],
  unit: "海安市人民政府、南通市住房和城乡建设局",
  plan: "南通市2020年大气污染防治工作计划",
  issues: [
    {
      no: "NT-2020-000006",
      title: "工地裸土未覆盖",
      place: "城东镇",
      assigned: "2020年6月1日",
      due: "2020年6月9日",
      stands: "整改中\n超期12天",
    },
  ],
  investigations: ["2020年6月12日，张三、李四调查：现场仍未覆盖。"],
  urging: ["2020年6月10日至2020年6月15日督促3次（催办3次），送达李联络（海安市联络员）。"],
  reason: "拒不整改。\n\n经督促仍未完成。",
  attachments: ["问题台账", "办理经过图"],
  signed: { by: "王市长", on: "2020年6月21日" },
  marks: [],
  ...over,
});

/** An official paper of so many lines. */
export const official = (over: Partial<PaperModel> = {}, lines = 3): PaperModel => ({
  name: "通知",
  creator: OFFICE,
  marks: [],
  margins: "letter",
  blocks: [
    { kind: "title", lines: ["关于做好臭氧污染防治工作的通知"] },
    { kind: "addressee", text: "各县（市、区）人民政府：" },
    ...Array.from({ length: lines }, (_, i): PaperBlock => ({ kind: "text", text: `第${i + 1}行。` })),
    { kind: "signature", body: OFFICE, date: "2020年6月15日" },
  ],
  ...over,
});
