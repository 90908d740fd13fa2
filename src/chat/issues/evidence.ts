import { isEnd, stateNames } from "../../domain/issues/states.ts";
import type { Evidence, EvidenceKind } from "../../store/evidence.ts";
import type { Issue } from "../../store/issues.ts";
import type { Person } from "../../store/people.ts";
import type { Writer } from "../../store/store.ts";
import { buttonOf } from "../action.ts";
import type { Button, Card } from "../card.ts";
import type { Context } from "../command.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { issueCard } from "./card.ts";
import { draft } from "./create.ts";
import { kindNames } from "./facts.ts";
import { EVIDENCE_FORMS } from "./forms.ts";
import { evidenceFile } from "./papers.ts";
import { isResponsible, relationTo } from "./relation.ts";
import { redraw } from "./tell.ts";
import { usualDue } from "./terms.ts";

/** What a caption says: to which issue a file belongs, as what, and what else is written. */
export type Caption = { no: string | null; kind: "before" | "after" | null; words: string };

/** Reads a caption such as “NT-2020-000012 整改后 已覆盖”. Full-width signs, small letters and blanks don't matter. */
export function readCaption(caption: string | undefined): Caption {
  const text = (caption ?? "")
    .normalize("NFKC")
    .replace(/[\p{Cc}\p{Cf}]/gu, " ")
    .trim();
  const number = /([A-Za-z]{1,6})\s*[-－–—]\s*(\d{4})\s*[-－–—]\s*(\d{1,6})/.exec(text);
  const no = number && `${number[1]?.toUpperCase()}-${number[2]}-${number[3]?.padStart(6, "0")}`;
  const rest = number ? text.replace(number[0], " ") : text;
  const after = /整改后|治理后|\bafter\b/i.test(rest) || /^\s*后\s*$/.test(rest);
  const before = /整改前|治理前|\bbefore\b/i.test(rest) || /^\s*前\s*$/.test(rest);
  const kind = after === before ? null : after ? "after" : "before";
  return { no, kind, words: rest.replace(/\s+/g, " ").trim() };
}

/** Why a person may not add this to an issue now; null when they may. */
export function mayAttach(
  issue: Issue,
  kind: EvidenceKind,
  person: Person,
  { office, today }: Pick<Context<Writer>, "office" | "today">,
): Refusal | null {
  const relation = relationTo(issue, person, office, today);
  const assigns = relation === "office" || relation === "supervision";
  const isDrafter = issue.state === "draft" && issue.createdBy === person.id;
  if (!assigns && !isResponsible(relation) && !isDrafter)
    return refuse("forbidden", `${issue.no}不在您的办理范围内，不能添加佐证。`);
  if (isEnd(issue.state) || issue.state === "transferring")
    return refuse("usage", `${issue.no}现为“${stateNames[issue.state]}”，不能再添加佐证。`, [
      `问题 ${issue.no}`,
    ]);
  const handedIn = issue.state === "submitted" || issue.state === "reviewing";
  if (handedIn && (kind === "before" || kind === "after" || !(assigns || relation === "lead")))
    return refuse("usage", `${issue.no}已提交整改，正在复核，不能再改动佐证照片。`, [`问题 ${issue.no}`]);
  return null;
}

/** Says to which issue a kept file belongs; in the caller's transaction. */
export async function place(
  evidence: Evidence,
  issue: Issue,
  kind: EvidenceKind,
  person: Person,
  context: Context<Writer>,
): Promise<Refusal | null> {
  const refusal = mayAttach(issue, kind, person, context);
  if (refusal !== null) return refusal;
  if (!(await context.store.evidence.place(evidence.id, issue.id, kind)))
    return refuse("already-done", "这个文件已经归入问题，不用重复操作。");
  await redraw(issue, context, `e${evidence.id}`);
  return null;
}

/** What becomes of a kept file, by what its caption says and who sent it. In the caller's transaction. */
export async function settleEvidence(
  evidence: Evidence,
  caption: Caption,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const isPicture = evidence.type.startsWith("image/");
  if (caption.no !== null) {
    const issue = await context.store.issues.byNo(caption.no);
    if (issue === null)
      return refuse("unknown-issue", `没有编号为${caption.no}的问题。请核对编号后重发。`, ["问题"]);
    if (isPicture && caption.kind === null && !["submitted", "reviewing"].includes(issue.state)) {
      const refusal = mayAttach(issue, "other", person, context);
      return refusal ?? askKind(evidence, issue);
    }
    const kind = isPicture ? (caption.kind ?? "other") : "document";
    const refusal = await place(evidence, issue, kind, person, context);
    return refusal ?? issueCard(issue, person, context, { title: `已收到${issue.no}的${kindNames[kind]}` });
  }
  const drafts = person.role === "office" || person.role === "supervision" || person.role === "station-chief";
  if (drafts && isPicture)
    return caption.words === "" ? askTitle(evidence) : draftFrom(evidence, caption.words, person, context);
  return askIssue(evidence, person, context);
}

/** A photo with a caption becomes a problem that the office decides about. In the caller's transaction. */
export async function draftFrom(
  evidence: Evidence,
  words: string,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { office, names, today } = context;
  const named = placeIn(words, context);
  const region = named ? office.heirOf(named, today).id : (person.regionId ?? office.city.id);
  const level = "一般";
  const due = usualDue({ level }, office, today) ?? today.add({ days: 15 });
  const department = office.pack.departments.find((d) =>
    [d.name, d.short, ...d.aliases].some((n) => n.length > 2 && words.includes(n)),
  );
  const issue = await draft(
    {
      title: Array.from(words).slice(0, 200).join(""),
      source: "部门督查",
      level,
      regionId: region,
      departmentId: department ? (names.department(department.short)?.id ?? null) : null,
      due,
    },
    person,
    context,
  );
  const refusal = await place(evidence, issue, "before", person, context);
  return refusal ?? issueCard(issue, person, context, { title: `已登记，待市办交办：${issue.no}` });
}

/** The first county-level place that a text names. */
function placeIn(words: string, { names }: Pick<Context<Writer>, "names">) {
  for (let at = 0; at < words.length; at++) {
    const found = names.placeAtStart(words.slice(at))?.place;
    if (found?.regions.some((r) => r.kind !== "city")) return found;
  }
  return null;
}

function askKind(evidence: Evidence, issue: Issue): Card {
  return received(evidence, `这张照片是${issue.no}的：`, [
    placeButton(evidence, issue, "before", "整改前"),
    placeButton(evidence, issue, "after", "整改后"),
    placeButton(evidence, issue, "other", "其他"),
  ]);
}

function askTitle(evidence: Evidence): Card {
  return received(evidence, "请写明是什么问题，登记后由市办交办；也可以重发照片并附一句说明。", [
    buttonOf(
      { name: "evidence.draft", label: "作为新问题", fields: EVIDENCE_FORMS.draft },
      { evidence: evidence.id },
      { style: "primary" },
    ),
  ]);
}

const OFFERED = 5;

/** Asks a unit's people for which of their open issues a file is. */
async function askIssue(
  evidence: Evidence,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now, today } = context;
  const { rows } = await store.issues.list(
    {
      asOf: now.epochMilliseconds,
      states: ["assigned", "acknowledged", "rectifying"],
      ...(person.departmentId ? { departmentId: person.departmentId } : {}),
    },
    200,
  );
  const mine = rows
    .filter((issue) => mayAttach(issue, "other", person, { office, today }) === null)
    .slice(0, OFFERED);
  if (mine.length === 0)
    return refuse(
      "usage",
      "文件已收到，但您现在没有在办的问题。请在说明里写上问题编号，例如“NT-2020-000001 整改后”。",
      ["问题"],
    );
  const isPicture = evidence.type.startsWith("image/");
  return received(
    evidence,
    `用于哪件问题？也可以重发，并在说明里写编号，例如“${mine[0]?.no} 整改后”。`,
    mine.flatMap((issue) =>
      isPicture
        ? [
            placeButton(evidence, issue, "before", `${issue.no} 整改前`),
            placeButton(evidence, issue, "after", `${issue.no} 整改后`),
          ]
        : [placeButton(evidence, issue, "document", issue.no)],
    ),
  );
}

function received(evidence: Evidence, text: string, buttons: readonly Button[]): Card {
  const isPicture = evidence.type.startsWith("image/");
  return {
    title: `已收到${isPicture ? "照片" : "文件"}：${evidence.name}`,
    blocks: [{ kind: "text", text }],
    buttons,
    files: [evidenceFile.file({ evidence: evidence.id }, { name: evidence.name, picture: isPicture })],
    facts: {
      evidence: {
        id: evidence.id,
        name: evidence.name,
        sha256: evidence.sha256,
        sentSha256: evidence.sentSha256,
      },
    },
  };
}

function placeButton(evidence: Evidence, issue: Issue, kind: EvidenceKind, label: string): Button {
  return buttonOf(
    { name: "evidence.place", label, fields: EVIDENCE_FORMS.place },
    { evidence: evidence.id, issue: issue.id, kind },
  );
}
