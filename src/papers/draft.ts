import { createHash } from "node:crypto";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import type { EpochMs } from "../domain/ids.ts";
import { isWaiting } from "../domain/papers/course.ts";
import type { OfficialPaperRow, PaperVersion } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { whenIssued } from "./as-issued.ts";
import { aboutOf, kindOfPaper } from "./kind-of.ts";
import type { About, AnyOfficialPaper } from "./official-paper.ts";

/** For which slot a paper is drafted, by whom, and which issued one it corrects. */
type Drafting = {
  by?: Person | null;
  slot?: EpochMs | null;
  /** Not issued before; left out, whenever it is ready. */
  issueAt?: EpochMs | null;
  corrects?: OfficialPaperRow;
};

/**
 * Drafts a paper with the figures of this moment, in the caller's transaction. Where there is one about the same already, that
 * one is brought up to date while it waits, and is left alone once it is issued. Refuses where its data have gaps.
 */
export async function draftPaper(
  kind: AnyOfficialPaper,
  about: About,
  { by = null, slot = null, issueAt = null, corrects }: Drafting,
  context: Context<Writer>,
): Promise<OfficialPaperRow | Refusal> {
  const { store, now } = context;
  const before =
    corrects === undefined
      ? await store.officialPapers.ofKey(kind.id, about.key)
      : await store.officialPapers.correctionOf(corrects.id);
  if (before !== null) return isWaiting(before.state) ? (await redrafted(before, context)).row : before;
  const at = now.epochMilliseconds;
  const print = await printOf(kind, about, corrects ? whenIssued(corrects, context) : context);
  if (isRefusal(print)) return print;
  const title = `${kind.title}${about.label === "" ? "" : `（${about.label}）`}`;
  const row = await store.officialPapers.add({
    kind: kind.id,
    key: about.key,
    title: corrects === undefined ? title : `关于更正${title}的通知`,
    about: JSON.stringify(about),
    firstDay: about.from,
    lastDay: about.to,
    regionId: about.regionId ?? null,
    departmentId: about.departmentId ?? null,
    state: "draft",
    version: 1,
    corrects: corrects?.id ?? null,
    slot,
    issueAt,
    draftedAt: at,
  });
  await store.officialPapers.addVersion(row.id, await versionOf(1, print, about, context));
  await store.officialPapers.note({
    paperId: row.id,
    version: 1,
    act: "draft",
    personId: by?.id ?? null,
    at,
  });
  return row;
}

/**
 * A waiting paper with the figures of this moment: another draft where what is printed is other than in the newest one. Where its
 * data have gaps by now it stays as it was, with the reason.
 */
export async function redrafted(
  row: OfficialPaperRow,
  context: Context<Writer>,
  by: Person | null = null,
): Promise<{ row: OfficialPaperRow; isNew: boolean; gaps?: Refusal }> {
  const { store, now } = context;
  const old = row.corrects === null ? null : await store.officialPapers.byId(row.corrects);
  const on = old === null ? context : whenIssued(old, context);
  const about = aboutOf(row);
  const print = await printOf(kindOfPaper(row, context), about, on);
  if (isRefusal(print)) return { row, isNew: false, gaps: print };
  const newest = await store.officialPapers.version(row.id, row.version);
  if (newest?.digest === print.digest) return { row, isNew: false };
  const version = row.version + 1;
  await store.officialPapers.addVersion(row.id, await versionOf(version, print, about, context));
  const at = now.epochMilliseconds;
  await store.officialPapers.note({ paperId: row.id, version, act: "draft", personId: by?.id ?? null, at });
  return { row: await store.officialPapers.change(row.id, { version, state: "draft" }), isNew: true };
}

type Print = Pick<PaperVersion, "facts" | "figures" | "restsOn" | "digest">;

/** What a paper prints by the data of this moment. A correction says how things stood then (`on`). */
async function printOf(kind: AnyOfficialPaper, about: About, on: Context<Writer>): Promise<Print | Refusal> {
  const facts = await kind.facts(about, on);
  if (isRefusal(facts)) return facts;
  const figures = kind.printed(facts);
  const digest = createHash("sha256").update(JSON.stringify({ facts, figures })).digest("hex");
  return { facts, figures, restsOn: kind.restsOn(about), digest };
}

/** It as a draft that is kept, with the imports that its data are of. */
async function versionOf(
  version: number,
  print: Print,
  { from, to }: About,
  { store: { air }, now }: Context<Writer>,
): Promise<PaperVersion> {
  // Whether its own days were audited is printed, too.
  const batches = new Set([...(await air.batchesOf(print.restsOn)), ...(await air.auditsOf([from, to]))]);
  return { version, ...print, batches: [...batches].sort((a, b) => a - b), at: now.epochMilliseconds };
}
