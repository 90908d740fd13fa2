import { z } from "zod";
import type { Context } from "../chat/command.ts";
import { isKept, removedWords } from "../chat/kept-paper.ts";
import { paper } from "../chat/paper.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { longTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { templateOf } from "../domain/plan/pack-templates.ts";
import { holdsRole } from "../domain/posts.ts";
import { pagesFor } from "../output/drawn-paper.ts";
import { ledgerWorkbook } from "../output/ledger.ts";
import { pagePicture } from "../output/page-picture.ts";
import { evidenceListModel, transferLetterModel, transferRecordsModel } from "../output/transfer-letter.ts";
import { DOCX, wordDocument } from "../output/word.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import type { Transfer } from "../store/transfers.ts";
import { courseOf } from "./course.ts";
import { ledgerRows, ledgerTitle } from "./ledger.ts";
import { evidenceName, roundBefore } from "./rounds.ts";
import { filedIn, letterOf, recordsListed, transferNumberOf } from "./transfer-letter.ts";

type Around = Context<Reader>;

/** A file as those may open it who prepare and decide it. */
async function fileFor(id: number, person: Person, { store }: Around): Promise<Transfer | Refusal> {
  if (!holdsRole(person, "office", "supervision", "city-lead"))
    return refuse("forbidden", "移送材料只供市办、督查和市领导查看。");
  return (await store.transfers.byId(id)) ?? refuse("unknown-issue", "没有这份移送材料。");
}

/** What a file and what goes with it is called: by its number, once it has one. */
export async function transferName(transfer: Transfer, context: Pick<Around, "store">): Promise<string> {
  return (await transferNumberOf(transfer, context)) ?? transfer.no;
}

/** 移送函 as .docx: what is signed. */
export const transferLetter = paper({
  name: "transfer.letter",
  params: z.object({ transfer: z.int() }),
  async data({ params, person }, context) {
    const transfer = await fileFor(params.transfer, person, context);
    if (isRefusal(transfer)) return transfer;
    const name = `${await transferName(transfer, context)}移送函.docx`;
    const letter = await letterOf(transfer, await filedIn(transfer, context), context);
    return { name, letter, template: templateOf(context.office.pack, "transfer") };
  },
  render: async ({ name, letter, template }, { marks }) => ({
    name,
    type: DOCX,
    bytes: await wordDocument(transferLetterModel({ ...letter, marks }), template),
  }),
});

/** A page of the letter as a picture: it is read on a phone before it is signed. */
export const transferPage = paper({
  name: "transfer.page",
  params: z.object({ transfer: z.int(), page: z.int().min(1) }),
  async data({ params, person }, context) {
    const transfer = await fileFor(params.transfer, person, context);
    if (isRefusal(transfer)) return transfer;
    const letter = await letterOf(transfer, await filedIn(transfer, context), context);
    const at = params.page;
    const template = templateOf(context.office.pack, "transfer");
    if (at > (await pagesFor(transferLetterModel({ ...letter, marks: [] }), template)).length)
      return refuse("no-data", "这份函现在没有这一页，请重新打开移送材料。");
    return { letter, at, template, name: `${await transferName(transfer, context)}移送函第${at}页.png` };
  },
  async render({ letter, at, name, template }, { marks }) {
    const pages = await pagesFor(transferLetterModel({ ...letter, marks }), template);
    return { name, type: "image/png", bytes: await pagePicture(pages[at - 1] ?? { marks: [] }) };
  },
});

/** 移送材料: letter, records, ledger, timelines, evidence and its list with hashes, in one archive. */
export const transferBundle = paper({
  name: "transfer.bundle",
  params: z.object({ transfer: z.int() }),
  async data({ params, person }, context) {
    const transfer = await fileFor(params.transfer, person, context);
    if (isRefusal(transfer)) return transfer;
    const { office } = context;
    const filed = await filedIn(transfer, context);
    const issues = filed.map(({ issue }) => issue);
    const time = (at: EpochMs) => longTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));
    return {
      name: await transferName(transfer, context),
      at: transfer.decidedAt ?? transfer.proposedAt,
      zone: office.pack.timeZone,
      letter: await letterOf(transfer, filed, context),
      template: templateOf(office.pack, "transfer"),
      records: recordsListed(filed, context),
      ledger: await ledgerRows(issues, context),
      title: ledgerTitle(issues, context),
      courses: filed.map(({ issue, history }) => courseOf(issue, history, context)),
      evidence: filed.flatMap(({ issue, evidence }) =>
        evidence.map((e) => ({
          ...e,
          ...{ no: issue.no, sent: time(e.at), is: evidenceName(e, issue), of: roundBefore(e, issue) },
          removed: removedWords([e], office),
        })),
      ),
    };
  },
  async render(
    { name, at, zone, letter, template, records, ledger, title, courses, evidence },
    { vault, marks },
  ) {
    // What only an archive and a course need is loaded for them alone.
    const { bundle } = await import("../output/bundle.ts");
    const { timelinePicture } = await import("../output/timeline.ts");
    const { body } = letter;
    const rows = evidence.map((e) => ({
      issueNo: e.no,
      kind: e.is,
      name: [e.name, e.removed].filter(Boolean).join("\n"),
      by: e.by ?? "—",
      at: e.sent,
      bytes: e.bytes,
      sha256: e.sha256,
      sentSha256: e.sentSha256,
    }));
    const files = [
      {
        name: `${name}移送函.docx`,
        bytes: await wordDocument(transferLetterModel({ ...letter, marks }), template),
      },
      {
        name: "调查和督促记录.docx",
        bytes: await wordDocument(transferRecordsModel({ body, no: name, ...records, marks })),
      },
      { name: "问题台账.xlsx", bytes: await ledgerWorkbook(ledger, title, marks) },
      ...(rows.length === 0
        ? []
        : [
            {
              name: "证据清单.docx",
              bytes: await wordDocument(evidenceListModel({ body, no: name, rows, marks })),
            },
          ]),
      ...(await Promise.all(
        courses.map(async (c) => ({ name: `${c.no}经过图.png`, bytes: await timelinePicture(c, marks) })),
      )),
      ...(await Promise.all(
        evidence.filter(isKept).map(async (e) => ({
          name: [e.no, e.of, e.name].filter(Boolean).join("_"),
          bytes: await vault.read(e.sha256),
        })),
      )),
    ];
    const status = letter.signed === null ? "（待审批）" : "";
    return {
      name: `${name}移送材料${status}.zip`,
      type: "application/zip",
      bytes: await bundle(files, { at, zone, marks }),
    };
  },
});
