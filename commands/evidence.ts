import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Block } from "../src/chat/card.ts";
import { command } from "../src/chat/command.ts";
import { removedWords } from "../src/chat/kept-paper.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { counted, listTitle, shortTime } from "../src/chat/wording.ts";
import type { EpochMs } from "../src/domain/ids.ts";
import { placeAlbum, receivedTitle } from "../src/issues/attach.ts";
import { issueCard } from "../src/issues/card.ts";
import { evidenceFacts, kindNames } from "../src/issues/facts.ts";
import { EVIDENCE_FORMS } from "../src/issues/forms.ts";
import { allFiles } from "../src/issues/papers.ts";
import { draftFrom, mayDraft } from "../src/issues/photo-draft.ts";
import { remarksOf } from "../src/issues/remarks.ts";
import { byRound, roundName } from "../src/issues/rounds.ts";
import { issueSeen } from "../src/issues/sees.ts";
import type { Office } from "../src/office/office.ts";
import type { Evidence } from "../src/store/evidence.ts";
import { EVIDENCE_KINDS } from "../src/store/schema.ts";

const toIssue = says("问题");

/** 照片：what has been sent as evidence of an issue. */
export default command({
  name: "evidence",
  words: ["照片", "佐证"],
  hints: ["问题", "图片", "佐证材料", "现场照片", "附件", "整改照片"],
  help: { does: "看一件问题的照片和文件；把照片直接发给我即可添加", example: "照片 {issue}" },
  who: anyone,
  audience: "scope",
  args: z.object({ no: arg.issue() }),

  async answer({ args: { no }, person }, context) {
    const { store, office } = context;
    const issue = await issueSeen(no, person, context);
    if (isRefusal(issue)) return issue;
    const evidence = await store.evidence.of(issue.id);
    const history = await store.issues.history(issue.id);
    const remarks = await remarksOf(issue, evidence, history, person, context);
    const local = (ms: EpochMs) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(ms)));
    return {
      title: listTitle(`${no}的照片和文件`, counted(evidence.length, "份")),
      blocks: [
        ...(evidence.length === 0
          ? [
              {
                kind: "text" as const,
                text: `还没有照片。把照片发给我，说明写“${no} 整改前”或“${no} 整改后”。`,
              },
            ]
          : []),
        ...byRound(evidence).flatMap(({ round, files }) => [
          ...(issue.round > 1 ? [{ kind: "text" as const, text: roundName(round) }] : []),
          tableOf(files, remarks, local, office),
        ]),
      ],
      buttons: [toIssue(`看 ${no}`, no)],
      files: allFiles(evidence, issue),
      facts: { no, evidence: evidence.map((e) => evidenceFacts(e, office, remarks.get(e.id))) },
    };
  },
});

function tableOf(
  evidence: readonly (Evidence & { by: string | null })[],
  remarks: ReadonlyMap<number, readonly string[]>,
  local: (ms: EpochMs) => string,
  office: Pick<Office, "today">,
): Block {
  return {
    kind: "table",
    columns: [
      { title: "类型" },
      { title: "名称" },
      { title: "发送" },
      { title: "拍摄" },
      { title: "位置" },
      { title: "校验码" },
      ...(remarks.size > 0 ? [{ title: "请核对" }] : []),
    ],
    rows: evidence.map((e) => [
      kindNames[e.kind],
      [e.name, removedWords([e], office)].filter(Boolean).join("，"),
      `${e.by ?? "—"} ${local(e.at)}`,
      e.takenAt?.slice(0, 16).replace("T", " ") ?? "—",
      e.latitude === null || e.longitude === null
        ? "—"
        : `${e.latitude.toFixed(5)}, ${e.longitude.toFixed(5)}`,
      e.sha256.slice(0, 12),
      ...(remarks.size > 0 ? [remarks.get(e.id)?.join("，") ?? ""] : []),
    ]),
  };
}

/** 用作…: says to which issue a file belongs, and as what. */
export const placeEvidence = action({
  name: "evidence.place",
  label: "归入问题",
  params: z.object({ evidence: z.int(), issue: z.int(), kind: z.enum(EVIDENCE_KINDS) }),
  fields: EVIDENCE_FORMS.place,
  async press({ params, person }, context) {
    const evidence = await context.store.evidence.byId(params.evidence);
    const issue = await context.store.issues.byId(params.issue);
    if (evidence === null || issue === null || evidence.personId !== person.id)
      return refuse("stale-action", "这个文件已不能归入，请重新发送。", ["今日"]);
    const refusal = await placeAlbum(evidence, issue, params.kind, person, context);
    if (refusal !== null) return refusal;
    const title = await receivedTitle(evidence, issue, params.kind, person, context);
    return issueCard(issue, person, context, { title });
  },
});

/** 作为新问题: a photo without a caption gets its words. */
export const draftEvidence = action({
  name: "evidence.draft",
  label: "作为新问题",
  params: z.object({ evidence: z.int() }),
  fields: EVIDENCE_FORMS.draft,
  async press({ params, fields, person }, context) {
    const evidence = await context.store.evidence.byId(params.evidence);
    if (evidence === null || evidence.personId !== person.id)
      return refuse("stale-action", "这张照片已不能登记，请重新发送。", ["今日"]);
    if (evidence.issueId !== null) return refuse("already-done", "这张照片已经归入问题，不用重复操作。");
    if (!mayDraft(person)) return refuse("forbidden", "登记新问题须由市办、督查、点位长办理。");
    return draftFrom(evidence, fields, person, context);
  },
});
