import type { Context } from "../chat/command.ts";
import { isKept, removedWords } from "../chat/kept-paper.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { isEnd, isHandedIn, stateNames } from "../domain/issues/states.ts";
import type { Evidence, EvidenceKind } from "../store/evidence.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { kindNames } from "./facts.ts";
import { isPicture } from "./papers.ts";
import { isResponsible, relationOf } from "./relation.ts";
import { redraw } from "./tell.ts";

/** Why a person may not add this to an issue now; null when they may. */
export async function mayAttach(
  issue: Issue,
  kind: EvidenceKind,
  person: Person,
  context: Pick<Context<Writer>, "store" | "office" | "today">,
): Promise<Refusal | null> {
  const relation = await relationOf(issue, person, context);
  const assigns = relation === "office" || relation === "supervision";
  const isDrafter = issue.state === "draft" && issue.createdBy === person.id;
  if (relation === "helper" && (kind === "before" || kind === "after"))
    return refuse(
      "forbidden",
      `整改前后照片由${issue.no}的主办单位提交。协办单位的材料请重发，说明写“${issue.no} 补充”。`,
    );
  if (!assigns && !isResponsible(relation) && relation !== "helper" && !isDrafter)
    return refuse("forbidden", `${issue.no}不在您的办理范围内，不能添加佐证。`);
  if (isEnd(issue.state) || issue.state === "transferring")
    return refuse("usage", `${issue.no}现为“${stateNames[issue.state]}”，不能再添加佐证。`, [
      `问题 ${issue.no}`,
    ]);
  const handedIn = isHandedIn(issue.state);
  if (handedIn && (kind === "before" || kind === "after" || !(assigns || relation === "lead")))
    return refuse(
      "usage",
      `${issue.no}已提交整改，${issue.state === "displayed" ? "正在公示" : "正在复核"}，不能再改动佐证照片。`,
      [`问题 ${issue.no}`],
    );
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
  const refusal = await mayAttach(issue, kind, person, context);
  if (refusal !== null) return refusal;
  if (!isKept(evidence))
    return refuse("no-data", `${evidence.name}${removedWords([evidence], context.office)}，请重新发送。`);
  const twin = kind === "before" ? "after" : kind === "after" ? "before" : null;
  const known = twin === null ? [] : await context.store.evidence.of(issue.id);
  if (known.some((e) => e.id !== evidence.id && e.kind === twin && e.sentSha256 === evidence.sentSha256))
    return refuse("usage", "整改前后不能用同一张照片，请在同一角度重新拍摄后再发。", [`问题 ${issue.no}`]);
  if (!(await put(evidence, issue, kind, context)))
    return refuse("already-done", "这个文件已经归入问题，不用重复操作。");
  await redraw(issue, context, { revision: `e${evidence.id}`, answering: person.id });
  return null;
}

/**
 * The same for an album: what is said of one of its files holds for all of its kind that belong to nothing yet, so that one
 * word or one press is enough.
 */
export async function placeAlbum(
  evidence: Evidence,
  issue: Issue,
  kind: EvidenceKind,
  person: Person,
  context: Context<Writer>,
): Promise<Refusal | null> {
  const album = await albumOf(evidence, person, context);
  for (const other of album.filter((e) => e.issueId === null && isPicture(e) === isPicture(evidence)))
    await put(other, issue, kind, context);
  return place(evidence, issue, kind, person, context);
}

/** With what a reviewer will be told of it: the picture handed in before that it is like, and where the issue is. */
async function put(
  evidence: Evidence,
  issue: Issue,
  kind: EvidenceKind,
  { store, office }: Context<Writer>,
): Promise<boolean> {
  const to = { issueId: issue.id, round: issue.round, kind };
  const twin = await store.evidence.twinOf(evidence, to, office.pack.settings.issues.evidence.nearlySameBits);
  if (!(await store.evidence.place(evidence.id, { ...to, twinId: twin?.id ?? null }))) return false;
  await locateIssue({ ...evidence, ...to }, store);
  return true;
}

/** A picture of how it was before says where the issue is, unless that is known. */
export async function locateIssue(
  { issueId, kind, latitude, longitude }: Pick<Evidence, "issueId" | "kind" | "latitude" | "longitude">,
  store: Writer,
): Promise<void> {
  if (issueId !== null && kind === "before" && latitude !== null && longitude !== null)
    await store.issues.locate(issueId, { latitude, longitude });
}

/** What an album, or a single file, is now: 已收到NT-2020-000006的整改前照片（3张）. */
export async function receivedTitle(
  evidence: Evidence,
  issue: Issue,
  kind: EvidenceKind,
  person: Person,
  context: Context<Writer>,
): Promise<string> {
  const album = await albumOf(evidence, person, context);
  const n = 1 + album.filter((e) => e.issueId === issue.id && e.kind === kind).length;
  const many = n > 1 ? `（${n}${isPicture(evidence) ? "张" : "份"}）` : "";
  return `已收到${issue.no}的${kindNames[kind]}${many}`;
}

/** The other files of the album that a file came with. */
export async function albumOf({ id, album }: Evidence, person: Person, { store }: Context<Writer>) {
  if (album === null) return [];
  return (await store.evidence.ofAlbum(person.id, album)).filter((other) => other.id !== id);
}

/** Whether a file is still there and belongs to nothing yet: neither to a problem, nor to a patrol, nor to the cause of an anomaly. */
export const isUnused = async (one: Evidence, store: Reader): Promise<boolean> =>
  isKept(one) &&
  one.issueId === null &&
  (await store.patrols.ofPhoto(one.id)) === null &&
  (await store.alerts.ofPhoto(one.id)) === null;
