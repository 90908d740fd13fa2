import { headingOf, paragraphOf, signatureOf, tableOf, titleOf, wordDocument } from "./word.ts";

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

/** 移送函 as .docx. Before the approval it says on its face that it is a draft. */
export function transferLetterDocument(letter: TransferLetter): Promise<Uint8Array> {
  return wordDocument({ title: `${letter.no} 移送函`, creator: letter.office }, (word) => [
    ...(letter.approved ? [] : [paragraphOf(word, "【待审批稿，未经审批不得对外】", { indent: false })]),
    ...titleOf(word, `关于移送${letter.unit}整改不力问题的函`, letter.no),
    paragraphOf(word, `${letter.addressee}：`, { indent: false }),
    paragraphOf(
      word,
      `按照《${letter.plan}》关于对处置不规范、整改不到位的，经调查督促后移送处理的规定，现将${letter.unit}整改不力的${letter.issues.length}件问题移送你们，请依规依纪处理。`,
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
      { widths: [31, 43, 22, 22, 16, 22], head: true },
    ),
    headingOf(word, "二、移送事由"),
    ...letter.reason.split(/\n+/).map((text) => paragraphOf(word, text)),
    headingOf(word, "三、附件"),
    ...letter.attachments.map((name, i) => paragraphOf(word, `${i + 1}．${name}`)),
    ...signatureOf(word, letter.office, letter.date),
  ]);
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
    ...titleOf(word, "证据清单", no),
    paragraphOf(
      word,
      rows.length === 0
        ? "没有佐证文件。"
        : `共${rows.length}份。校验值为SHA-256：“原件”是发送时的文件，“存档”是去除拍摄信息后保存、随附的文件。`,
    ),
    ...(rows.length === 0
      ? []
      : [
          tableOf(
            word,
            [
              ["序号", "问题编号", "文件", "发送", "校验值"],
              ...rows.map((r, i) => [
                String(i + 1),
                r.issueNo,
                `${r.kind}\n${r.name}\n${Math.ceil(r.bytes / 1024)} KB`,
                `${r.by}\n${r.at}`,
                `存档 ${r.sha256}\n原件 ${r.sentSha256}`,
              ]),
            ],
            { widths: [12, 31, 38, 28, 47], head: true },
          ),
        ]),
  ]);
}
