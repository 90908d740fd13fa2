import { attachmentsOf, headingOf, paragraphOf, signatureOf, titleOf, wordDocument } from "./word.ts";
import { tableOf } from "./word-table.ts";

/** What a letter to discipline inspection says. */
export type TransferLetter = {
  office: string;
  /** 移送〔2020〕1号 */
  no: string;
  addressee: string;
  unit: string;
  reason: string;
  /** The plan by whose rule it is sent. */
  plan: string;
  issues: readonly {
    no: string;
    title: string;
    assigned: string;
    due: string;
    /** Days past the deadline on the day of the letter; null when it isn't. */
    overdueDays: number | null;
    escalated: string;
  }[];
  attachments: readonly string[];
  /** 2020年6月15日 */
  date: string;
  approved: boolean;
};

/** 移送函 as .docx. Before the approval it says on its face, and at the head of every page, that it is a draft. */
export function transferLetterDocument(letter: TransferLetter): Promise<Uint8Array> {
  const draft = letter.approved ? undefined : "待审批稿，未经审批不得对外";
  return wordDocument({ title: `${letter.no} 移送函`, creator: letter.office, draft }, (word) => [
    ...titleOf(word, titleLines(letter.unit), letter.approved ? letter.no : `${letter.no}（待审批稿）`),
    paragraphOf(word, `${letter.addressee}：`, { indent: false }),
    paragraphOf(
      word,
      `按照《${letter.plan}》关于对处置不规范、整改不到位的，经调查督促后移送处理的规定，现将${letter.unit}整改不力的${letter.issues.length}件问题移送贵委，请依规依纪处理。`,
    ),
    headingOf(word, "一、问题情况"),
    tableOf(
      word,
      [
        ["编号", "问题", "交办", "期限", "超期", "督促"],
        ...letter.issues.map((i) => [
          i.no,
          i.title,
          i.assigned,
          i.due,
          i.overdueDays === null ? "—" : `${i.overdueDays}天`,
          i.escalated,
        ]),
      ],
      { widths: [33, 43, 22, 22, 14, 22], head: true },
    ),
    headingOf(word, "二、移送事由"),
    ...letter.reason
      .split(/\s*\n\s*/)
      .filter(Boolean)
      .map((text) => paragraphOf(word, text)),
    ...attachmentsOf(word, letter.attachments),
    ...signatureOf(word, letter.office, letter.date),
  ]);
}

/** Signs of 二号 that a line of the text block holds. */
const SIGNS_A_LINE = 20;

/** A title too long for a line is broken where its sense allows, not within a word. */
function titleLines(unit: string): string[] {
  const [first, second] = [`关于移送${unit}`, "整改不力问题的函"];
  return first.length + second.length <= SIGNS_A_LINE ? [first + second] : [first, second];
}

/** The evidence of a transfer, each file with the hash of its content. */
export type EvidenceList = {
  office: string;
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
};

/** 证据清单 as .docx. */
export function evidenceListDocument({ office, no, rows }: EvidenceList): Promise<Uint8Array> {
  return wordDocument({ title: `${no} 证据清单`, creator: office }, (word) => [
    ...titleOf(word, ["证据清单"], no),
    paragraphOf(
      word,
      rows.length === 0
        ? "没有佐证文件。"
        : `共${rows.length}份。校验值为SHA-256：“原件”是发送时的文件，“存档”是去除拍摄信息后保存、随附的文件。`,
      { after: 120 },
    ),
    ...(rows.length === 0
      ? []
      : [
          tableOf(
            word,
            [
              ["序号", "问题和文件", "发送", "校验值"],
              ...rows.map((r, i) => [
                String(i + 1),
                `${r.issueNo}\n${r.kind}，${sizeOf(r.bytes)}\n${r.name}`,
                `${r.by}\n${r.at}`,
                { text: `存档\n${r.sha256}\n原件\n${r.sentSha256}`, look: "code" as const },
              ]),
            ],
            { widths: [12, 46, 28, 70], head: true },
          ),
        ]),
  ]);
}

const sizeOf = (bytes: number) => `${Math.ceil(bytes / 1024)} KB`;
