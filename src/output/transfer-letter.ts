import type { PaperBlock, PaperModel, PaperTable } from "./paper-model.ts";

/** What a letter to discipline inspection says; dates are office text (2020年6月5日). */
export type TransferLetter = {
  /** Who signs it, by its full name. */
  body: string;
  /** 红头; absent where the pack has none. */
  redHead?: string | undefined;
  /** 通攻坚办移〔2020〕1号; open until it is signed. */
  no: string;
  addressees: readonly string[];
  /** The units that answer, by their full names. */
  unit: string;
  /** The plan by whose rule it is sent. */
  plan: string;
  issues: readonly {
    no: string;
    title: string;
    place: string;
    assigned: string;
    due: string;
    /** Where it stands on the day of the letter. */
    stands: string;
  }[];
  investigations: readonly string[];
  urging: readonly string[];
  reason: string;
  attachments: readonly string[];
  /** Who signed it when; null before. */
  signed: { by: string; on: string } | null;
  marks: readonly string[];
};

/** 移送函. Until it is signed it says at the head of every page that it is a draft. */
export function transferLetterModel(letter: TransferLetter): PaperModel {
  const { body, no, addressees, unit, plan, issues, investigations, urging, reason, signed } = letter;
  return {
    name: `${no} 移送函`,
    creator: body,
    marks: [...(signed === null ? ["待审批稿，未经审批不得对外"] : []), ...letter.marks],
    margins: "letter",
    ...(letter.redHead === undefined ? {} : { redHead: letter.redHead }),
    ...(signed === null ? { no: `${no}（待签发）` } : { no, signer: signed.by }),
    blocks: [
      { kind: "title", lines: [`关于移送${unit}`, "大气污染问题线索的函"] },
      { kind: "addressee", text: `${addressees.join("、")}：` },
      {
        kind: "text",
        text: `根据《${plan}》关于对处置不规范、整改不到位的问题在调查并督促整改基础上移送的规定，现将${unit}负责整改的${issues.length}件大气污染问题移送贵委，请依规依纪处理。`,
      },
      { kind: "heading", text: "问题和整改情况" },
      {
        kind: "table",
        rows: [
          ["编号", "问题", "交办", "整改期限", "整改情况"],
          ...issues.map((i) => [
            i.no,
            i.place === "" ? i.title : `${i.title}\n地点：${i.place}`,
            i.assigned,
            i.due,
            i.stands,
          ]),
        ],
        widths: [36, 33, 33, 33, 21],
        head: true,
      },
      ...sections({
        调查情况: investigations,
        督促情况: urging,
        移送事由: reason.split(/\s*\n\s*/).filter(Boolean),
      }),
      { kind: "attachments", names: letter.attachments },
      { kind: "signature", body, date: signed?.on ?? "（待签发）" },
    ],
  };
}

/** Behind the first, those that have something to say: a letter of before these were kept has none of it. */
const sections = (said: Readonly<Record<string, readonly string[]>>): PaperBlock[] =>
  Object.entries(said)
    .filter(([, paragraphs]) => paragraphs.length > 0)
    .flatMap(([text, paragraphs]): PaperBlock[] => [
      { kind: "heading", text },
      ...paragraphs.map((paragraph): PaperBlock => ({ kind: "text", text: paragraph })),
    ]);

/** What a transfer rests on: who looked into it when, and each time that the unit was urged. */
export type TransferRecords = {
  body: string;
  no: string;
  investigations: readonly {
    issueNo: string;
    on: string;
    people: string;
    findings: string;
    entered: string;
  }[];
  urging: readonly { issueNo: string; at: string; how: string; to: string }[];
  marks: readonly string[];
};

/** 调查和督促记录. */
export function transferRecordsModel({
  body,
  no,
  investigations,
  urging,
  marks,
}: TransferRecords): PaperModel {
  return {
    name: `${no} 调查和督促记录`,
    creator: body,
    marks,
    margins: "letter",
    no,
    blocks: [
      { kind: "title", lines: ["调查和督促记录"] },
      { kind: "heading", text: "调查记录" },
      {
        kind: "table",
        rows: [
          ["编号", "日期和调查人", "调查情况", "登记"],
          ...investigations.map((i) => [i.issueNo, `${i.on}\n${i.people}`, i.findings, i.entered]),
        ],
        widths: [37, 34, 53, 32],
        head: true,
      },
      { kind: "heading", text: "督促记录" },
      {
        kind: "table",
        rows: [
          ["序号", "编号", "时间", "方式", "送达"],
          ...urging.map((u, i) => [String(i + 1), u.issueNo, u.at, u.how, u.to]),
        ],
        widths: [12, 37, 32, 33, 42],
        head: true,
      },
    ],
  };
}

/** The evidence of a transfer, each file with the hash of its content. */
export type EvidenceList = {
  body: string;
  no: string;
  rows: readonly {
    issueNo: string;
    kind: string;
    name: string;
    by: string;
    at: string;
    bytes: number;
    sha256: string;
    sentSha256: string;
  }[];
  marks: readonly string[];
};

/** 证据清单. */
export function evidenceListModel({ body, no, rows, marks }: EvidenceList): PaperModel {
  const table: PaperTable = {
    kind: "table",
    rows: [
      ["序号", "问题和文件", "发送", "校验值"],
      ...rows.map((r, i) => [
        String(i + 1),
        `${r.issueNo}\n${r.kind}，${sizeOf(r.bytes)}\n${r.name}`,
        `${r.by}\n${r.at}`,
        { text: `存档\n${r.sha256}\n原件\n${r.sentSha256}`, look: "code" as const },
      ]),
    ],
    widths: [12, 46, 28, 70],
    head: true,
  };
  return {
    name: `${no} 证据清单`,
    creator: body,
    marks,
    margins: "letter",
    no,
    blocks: [
      { kind: "title", lines: ["证据清单"] },
      {
        kind: "text",
        text:
          rows.length === 0
            ? "没有佐证文件。"
            : `共${rows.length}份。校验值为SHA-256：“原件”是发送时的文件，“存档”是去除拍摄信息后保存、随附的文件。`,
      },
      ...(rows.length === 0 ? [] : [table]),
    ],
  };
}

const sizeOf = (bytes: number) => `${Math.ceil(bytes / 1024)} KB`;
