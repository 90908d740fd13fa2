import { buttonsOf } from "../chat/action.ts";
import type { Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { isHandedIn, UNIT_ACTS } from "../domain/issues/states.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Evidence, EvidenceKind } from "../store/evidence.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { albumOf, mayAttach, placeAlbum, receivedTitle } from "./attach.ts";
import type { Caption } from "./caption.ts";
import { issueCard } from "./card.ts";
import { EVIDENCE_FORMS } from "./forms.ts";
import { helpedIssues } from "./helped.ts";
import { ownIssues } from "./own-issues.ts";
import { evidenceFile, isPicture } from "./papers.ts";
import { draftFrom, mayDraft } from "./photo-draft.ts";
import { relationOf } from "./relation.ts";

const toClear = says("无问题");
export const draftButton = buttonsOf("evidence.draft", EVIDENCE_FORMS.draft);
const placeButtons = buttonsOf("evidence.place", EVIDENCE_FORMS.place);

/** What becomes of a kept file, by what its caption says and who sent it. In the caller's transaction. */
export async function settleEvidence(
  evidence: Evidence,
  caption: Caption,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  if (caption.no !== null) {
    const issue = await context.store.issues.byNo(caption.no);
    if (issue === null || issue.createdAt > context.now.epochMilliseconds)
      return refuse("unknown-issue", `没有编号为${caption.no}的问题。请核对编号后重发。`, ["问题"]);
    const together = await placedWith(evidence, person, context);
    const kind = caption.kind ?? (together?.issue.id === issue.id ? together.kind : null);
    return attach(evidence, issue, kind, person, context);
  }
  const together = await placedWith(evidence, person, context);
  if (together !== null)
    return attach(evidence, together.issue, caption.kind ?? together.kind, person, context);
  if (!mayDraft(person) || !isPicture(evidence)) return askIssue(evidence, person, context);
  if (caption.words === "") return askTitle(evidence, person, context);
  return draftFrom(evidence, { title: caption.words }, person, context);
}

async function attach(
  evidence: Evidence,
  issue: Issue,
  said: Caption["kind"],
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const handedIn = isHandedIn(issue.state);
  if (isPicture(evidence) && said === null && !handedIn) {
    const refusal = await mayAttach(issue, "other", person, context);
    if (refusal !== null) return refusal;
    // A unit that helps adds to an issue: the pictures of before and after are not its own to give.
    if ((await relationOf(issue, person, context)) !== "helper")
      return askKind(evidence, issue, person, context);
  }
  const kind = isPicture(evidence) ? (said ?? "other") : "document";
  const refusal = await placeAlbum(evidence, issue, kind, person, context);
  if (refusal !== null) return refusal;
  return issueCard(issue, person, context, {
    title: await receivedTitle(evidence, issue, kind, person, context),
  });
}

/** Where the album that a file came with belongs already, and as what: what comes late goes there, too. */
async function placedWith(
  evidence: Evidence,
  person: Person,
  context: Context<Writer>,
): Promise<{ issue: Issue; kind: Caption["kind"] } | null> {
  const placed = (await albumOf(evidence, person, context)).find(
    (e) => e.issueId !== null && isPicture(e) === isPicture(evidence),
  );
  const issue = placed?.issueId ? await context.store.issues.byId(placed.issueId) : null;
  if (placed === undefined || issue === null) return null;
  return { issue, kind: placed.kind === "document" ? null : placed.kind };
}

function askKind(evidence: Evidence, issue: Issue, person: Person, context: Context<Writer>): Promise<Card> {
  return received({ evidence, person, context }, `照片是${issue.no}的：`, [
    placeButton(evidence, issue, "before", "整改前"),
    placeButton(evidence, issue, "after", "整改后"),
    placeButton(evidence, issue, "other", "其他"),
  ]);
}

function askTitle(evidence: Evidence, person: Person, context: Context<Writer>): Promise<Card> {
  return received(
    { evidence, person, context },
    "请写明是什么问题，登记后由市办交办；也可以重发照片并附一句说明。",
    [
      draftButton("作为新问题", { evidence: evidence.id }, { style: "primary" }),
      ...(holdsRole(person, "station-chief") ? [toClear("巡查，无问题")] : []),
    ],
  );
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
      ...ownIssues(person, office, today),
    },
    OFFERED,
  );
  const helped = (await helpedIssues(person, UNIT_ACTS, context)).slice(0, OFFERED);
  const open = [...rows, ...helped];
  const may = await Promise.all(open.map((issue) => mayAttach(issue, "other", person, context)));
  const mine = open.filter((_, i) => may[i] === null);
  if (mine.length === 0)
    return refuse(
      "usage",
      "您现在没有在办的问题，文件没有保存。要补充到某件问题，请重发并在说明里写问题编号和“整改前”或“整改后”。",
      ["问题"],
    );
  return received(
    { evidence, person, context },
    `用于哪件问题？也可以重发，并在说明里写编号，例如“${mine[0]?.no} ${helped.includes(mine[0] as Issue) ? "补充" : "整改后"}”。`,
    mine.flatMap((issue) =>
      helped.includes(issue)
        ? [placeButton(evidence, issue, isPicture(evidence) ? "other" : "document", `${issue.no} 补充`)]
        : isPicture(evidence)
          ? [
              placeButton(evidence, issue, "before", `${issue.no} 整改前`),
              placeButton(evidence, issue, "after", `${issue.no} 整改后`),
            ]
          : [placeButton(evidence, issue, "document", issue.no)],
    ),
  );
}

/** Asked once of an album: the card shows what has come of it so far, and one press settles all of it. */
async function received(
  { evidence, person, context }: { evidence: Evidence; person: Person; context: Context<Writer> },
  text: string,
  buttons: readonly Button[],
): Promise<Card> {
  const { id, name, sha256, sentSha256, album } = evidence;
  const picture = isPicture(evidence);
  const others = (await albumOf(evidence, person, context)).filter(
    (e) => e.issueId === null && isPicture(e) === picture,
  );
  const waiting = [...others, evidence];
  const what = picture ? "照片" : "文件";
  return {
    title:
      waiting.length > 1
        ? `已收到${waiting.length}${picture ? "张" : "份"}${what}`
        : `已收到${what}：${name}`,
    subject: album === null ? `evidence:${id}` : `album:${album}`,
    blocks: [{ kind: "text", text }],
    buttons,
    files: waiting.map((e) => evidenceFile.file({ evidence: e.id }, { name: e.name, picture })),
    facts: { evidence: { id, name, sha256, sentSha256 } },
  };
}

function placeButton(evidence: Evidence, issue: Issue, kind: EvidenceKind, label: string): Button {
  return placeButtons(label, { evidence: evidence.id, issue: issue.id, kind });
}
