import { z } from "zod";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { longDate, shortDate, shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { holdsRole } from "../domain/posts.ts";
import { bundle } from "../output/bundle.ts";
import { type ClosingSlip, closingSlipDocument } from "../output/closing-slip.ts";
import { ledgerWorkbook } from "../output/ledger.ts";
import { timelinePicture } from "../output/timeline.ts";
import { evidenceListDocument, transferLetterDocument } from "../output/transfer-letter.ts";
import { DOCX } from "../output/word.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Issue } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
import type { Transfer } from "../store/transfers.ts";
import type { Vault } from "../store/vault.ts";
import { courseOf } from "./course.ts";
import { assigneeOf, countyOf } from "./facts.ts";
import { lineOf } from "./history.ts";
import { ledgerRows, ledgerTitle } from "./ledger.ts";
import { unitNames } from "./parts.ts";
import { evidenceName, roundBefore } from "./rounds.ts";
import { maySee } from "./sees.ts";
import type { Step } from "./step.ts";
import acknowledge from "./steps/acknowledge.ts";
import assign from "./steps/assign.ts";
import confirm from "./steps/confirm.ts";
import submit from "./steps/submit.ts";
import verify from "./steps/verify.ts";
import { unitOf } from "./unit.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** 销号单: what was wrong, what was done, and who found it good. Only of a closed issue. */
export const closingSlip = paper({
  name: "issue.closing-slip",
  params: z.object({ issue: z.int() }),
  async data({ params, person }, context) {
    const issue = await context.store.issues.byId(params.issue);
    if (issue === null || !(await maySee(issue, person, context)))
      return refuse("forbidden", "这份销号单不在您的权限范围内。");
    if (issue.state !== "closed")
      return refuse("usage", `${issue.no}还没有销号，不能出具销号单。`, [`问题 ${issue.no}`]);
    const evidence = await context.store.evidence.of(issue.id);
    return { no: issue.no, round: issue.round, slip: await slipOf(issue, context), evidence };
  },
  async render({ no, round, slip, evidence }, { vault }) {
    const pictures = (kind: Evidence["kind"]) =>
      Promise.all(
        evidence
          .filter((e) => e.kind === kind && e.width !== null && e.height !== null)
          .slice(-MOST_PICTURES)
          .map(async (e) => ({
            bytes: await vault.read(e.sha256),
            type: "jpg" as const,
            width: e.width ?? 1,
            height: e.height ?? 1,
            caption: `${evidenceName(e, { round })}　${e.name}（校验码 ${e.sha256.slice(0, 12)}）`,
          })),
      );
    const bytes = await closingSlipDocument({
      ...slip,
      before: await pictures("before"),
      after: await pictures("after"),
    });
    return { name: `${no}销号单.docx`, type: DOCX, bytes };
  },
});

const MOST_PICTURES = 3;

/** 经过图: an issue's course as a picture. */
export const timeline = paper({
  name: "issue.timeline",
  params: z.object({ issue: z.int() }),
  async data({ params, person }, context) {
    const issue = await context.store.issues.byId(params.issue);
    if (issue === null || !(await maySee(issue, person, context)))
      return refuse("forbidden", "这件问题不在您的权限范围内。");
    return courseOf(issue, await context.store.issues.history(issue.id), context);
  },
  render: async (course) => ({
    name: `${course.no}经过图.png`,
    type: "image/png",
    bytes: await timelinePicture(course),
  }),
});

/** 移送材料: letter, ledger, timelines, evidence and its list with hashes, in one archive. The office and its head only. */
export const transferBundle = paper({
  name: "transfer.bundle",
  params: z.object({ transfer: z.int() }),
  async data({ params, person }, context) {
    if (!holdsRole(person, "office", "supervision", "city-lead"))
      return refuse("forbidden", "移送材料只供市办、督查和市领导查看。");
    const { store, office } = context;
    const transfer = await store.transfers.byId(params.transfer);
    if (transfer === null) return refuse("unknown-issue", "没有这份移送材料。");
    const issues = await store.transfers.issuesOf(transfer.id);
    const courses = [];
    const evidence: (Evidence & { by: string | null; no: string; is: string; of: string })[] = [];
    for (const issue of issues) {
      courses.push(courseOf(issue, await store.issues.history(issue.id), context));
      for (const e of await store.evidence.of(issue.id))
        evidence.push({ ...e, no: issue.no, is: evidenceName(e, issue), of: roundBefore(e, issue) });
    }
    return {
      at: transfer.decidedAt ?? transfer.proposedAt,
      zone: office.pack.timeZone,
      office: office.pack.office,
      letter: letterOf(transfer, issues, context),
      ledger: await ledgerRows(issues, context),
      title: ledgerTitle(issues.length, context),
      courses,
      evidence: evidence.map((e) => ({ ...e, sent: local(e.at, context) })),
    };
  },
  async render({ at, zone, office, letter, ledger, title, courses, evidence }, { vault }) {
    const rows = evidence.map((e) => ({
      issueNo: e.no,
      kind: e.is,
      name: e.name,
      by: e.by ?? "—",
      at: e.sent,
      bytes: e.bytes,
      sha256: e.sha256,
      sentSha256: e.sentSha256,
    }));
    const files = [
      { name: `${letter.no}移送函.docx`, bytes: await transferLetterDocument(letter) },
      { name: "问题台账.xlsx", bytes: await ledgerWorkbook(ledger, title) },
      { name: "证据清单.docx", bytes: await evidenceListDocument({ office, no: letter.no, rows }) },
      ...(await Promise.all(
        courses.map(async (c) => ({ name: `${c.no}经过图.png`, bytes: await timelinePicture(c) })),
      )),
      ...(await Promise.all(
        evidence.map(async (e) => ({
          name: [e.no, e.of, e.name].filter(Boolean).join("_"),
          bytes: await kept(vault, e),
        })),
      )),
    ];
    const status = letter.approved ? "" : "（待审批）";
    return {
      name: `${letter.no}移送材料${status}.zip`,
      type: "application/zip",
      bytes: await bundle(files, at, zone),
    };
  },
});

const kept = (vault: Vault, { sha256 }: Evidence) => vault.read(sha256);

const local = (at: EpochMs, { office }: Around) =>
  shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));

async function slipOf(issue: Issue, context: Around): Promise<Omit<ClosingSlip, "before" | "after">> {
  const { store, office, today } = context;
  const history = await store.issues.history(issue.id);
  const helping = unitNames(await store.issueUnits.of(issue.id), "helping", context, { full: true });
  const last = ({ id }: Pick<Step, "id">) => history.findLast((e) => e.step === id);
  const done = (step: Pick<Step, "id">) => {
    const event = last(step);
    return event ? `${local(event.at, context)} ${event.by ?? "—"}` : "—";
  };
  const review = (level: string, step: Pick<Step, "id">) => {
    const event = last(step);
    return event === undefined
      ? []
      : [{ level, by: event.by ?? "—", at: local(event.at, context), opinion: event.text ?? "同意" }];
  };
  return {
    office: office.pack.office,
    no: issue.no,
    title: issue.title,
    source: [issue.source, issue.batch].filter(Boolean).join("，"),
    level: [issue.level, issue.category].filter(Boolean).join("，"),
    county: countyOf(issue, office, today),
    assignee:
      issue.departmentId === null
        ? assigneeOf(issue, office, today)
        : office.department(issue.departmentId).name,
    ...(helping.length > 0 ? { helping: helping.join("、") } : {}),
    place: [issue.town, issue.place].filter(Boolean).join(" ") || "—",
    requirement: issue.requirement ?? "—",
    assigned: done(assign),
    due: longDate(Temporal.PlainDate.from(issue.due)),
    acknowledged: done(acknowledge),
    submitted: done(submit),
    measures: last(submit)?.text ?? "—",
    reviews: [...review("县级", confirm), ...review("市级", verify)],
    closed: done(verify),
    course: history.map((e) => ({
      at: local(e.at, context),
      step: lineOf(e.step).says,
      by: e.by ?? "—",
      text: e.text ?? "",
    })),
  };
}

function letterOf(transfer: Transfer, issues: readonly Issue[], context: Around) {
  const { office } = context;
  const on = office.today(Temporal.Instant.fromEpochMilliseconds(transfer.decidedAt ?? transfer.proposedAt));
  const [first] = issues;
  const rungs = ["—", "已报县区领导", "已报市办", "已报市攻坚办"];
  return {
    office: office.pack.office,
    no: transfer.no,
    addressee: `中共${office.city.name}纪律检查委员会、${office.city.name}监察委员会`,
    unit: first === undefined ? "" : unitOf(first, context),
    reason: transfer.reason,
    plan: office.pack.title,
    issues: issues.map((i) => {
      const late = Temporal.PlainDate.from(i.due).until(on).days;
      return {
        no: i.no,
        title: i.title,
        assigned: shortDate(office.today(Temporal.Instant.fromEpochMilliseconds(i.assignedAt))),
        due: shortDate(i.due),
        overdueDays: late > 0 ? late : null,
        escalated: rungs[i.escalation] ?? "—",
      };
    }),
    attachments: ["问题台账", "办理经过图", "证据清单及佐证文件"],
    date: longDate(on),
    approved: transfer.state === "approved",
  };
}
