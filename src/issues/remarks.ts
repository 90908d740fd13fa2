import type { Context } from "../chat/command.ts";
import { removedWords } from "../chat/kept-paper.ts";
import { lengthWords } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { type PictureRemark, remarksOn } from "../domain/issues/picture-remarks.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { kindNames } from "./facts.ts";
import { stepCalled } from "./loop.ts";
import { evidenceName, roundName } from "./rounds.ts";
import { maySee } from "./sees.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/**
 * What whoever judges should know of an issue's pictures, by the id of each that there is something to say of: that it was
 * handed in before, was taken at another time, or somewhere else. In words for this person: of an issue that they may not see
 * no number is said.
 */
export async function remarksOf(
  issue: Issue,
  evidence: readonly Evidence[],
  history: readonly IssueEvent[],
  person: Person,
  context: Around,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const { store, office } = context;
  const { farMetres } = office.pack.settings.issues.evidence;
  const local = (ms: EpochMs) =>
    office.local(Temporal.Instant.fromEpochMilliseconds(ms)).toPlainDateTime().toString();
  const twins = new Map(
    (await store.evidence.byIds(evidence.flatMap(({ twinId }) => twinId ?? []))).map((twin) => [
      twin.row.id,
      twin,
    ]),
  );
  const { latitude, longitude } = issue;
  const place = latitude === null || longitude === null ? null : { latitude, longitude };
  const remarks = new Map<number, string[]>();
  for (const picture of evidence) {
    const round = picture.round ?? 1;
    const said = remarksOn(
      { ...picture, sentAt: local(picture.at), position: positionOf(picture) },
      { since: local(beginningOf(round, issue, history)), place, farMetres },
    ).map((remark) => wordsFor(remark, round));
    const twin = picture.twinId === null ? undefined : twins.get(picture.twinId);
    if (twin !== undefined) said.unshift(await twinWords(picture, twin, { issue, person, context }));
    if (said.length > 0) remarks.set(picture.id, said);
  }
  return remarks;
}

function positionOf({ latitude, longitude }: Evidence) {
  return latitude === null || longitude === null ? null : { latitude, longitude };
}

/** From when a round's pictures have to be: when it was sent back into it; of the present round, given out at the latest. */
function beginningOf(round: number, issue: Issue, history: readonly IssueEvent[]): EpochMs {
  const begun = history.filter(({ step }) => stepCalled(step)?.newRound).map(({ at }) => at);
  const began = begun[round - 2] ?? history[0]?.at ?? issue.assignedAt;
  return round === issue.round ? Math.max(began, issue.assignedAt) : began;
}

function wordsFor(remark: PictureRemark, round: number): string {
  switch (remark.kind) {
    case "too-old":
      return `拍摄时间（${timeWords(remark.takenAt)}）早于${round > 1 ? `${roundName(round)}整改开始` : "交办"}`;
    case "future":
      return `拍摄时间（${timeWords(remark.takenAt)}）晚于收到时间`;
    case "far":
      return `拍摄位置距问题地点约${lengthWords(remark.metres)}`;
    default:
      return remark satisfies never;
  }
}

const timeWords = (iso: string) => iso.slice(0, 16).replace("T", " ");

async function twinWords(
  picture: Evidence,
  { row, issue: other }: { row: Evidence; issue: Issue | null },
  { issue, person, context }: { issue: Issue; person: Person; context: Around },
): Promise<string> {
  const isSame = row.sentSha256 === picture.sentSha256 || row.sha256 === picture.sha256;
  const gone = removedWords([row], context.office);
  const alike = `${isSame ? "相同" : "几乎相同"}${gone && `，那份${gone}`}`;
  if (other === null) return `与以前收到的照片${alike}`;
  if (other.id === issue.id) return `与本件${evidenceName(row, issue)}${alike}`;
  return (await maySee(other, person, context))
    ? `与${other.no}${evidenceName(row, other)}${alike}`
    : `与另一件问题的${kindNames[row.kind]}${alike}`;
}
