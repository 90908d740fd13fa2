import type { Context } from "../chat/command.ts";
import { shortDate } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { isEnd, stateNames } from "../domain/issues/states.ts";
import type { IntakeSender, ReplyPart } from "../domain/plan/pack-intakes.ts";
import type { Office } from "../office/office.ts";
import type { Intake } from "../store/intakes.ts";
import type { Issue } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
import { addresseeOf, unitFullName } from "./full-names.ts";
import submit from "./steps/submit.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** The sender of a stored id, or what people call it. */
export const senderCalled = (called: string, { pack }: Pick<Office, "pack">): IntakeSender | undefined =>
  pack.settings.intakes.find(({ id, name, also }) => [id, name, ...also].includes(called.trim()));

export const senderName = (id: string, office: Pick<Office, "pack">): string =>
  senderCalled(id, office)?.name ?? id;

/** Who is to be told of an issue, and by which number: 12345热线 GD20200615001（6月20日已回传）. */
export const intakeWords = (intakes: readonly Intake[], office: Office): string =>
  intakes
    .map(({ sender, reference, returnedAt }) => {
      const back = returnedAt === null ? "" : `（${dayOf(returnedAt, office)}已回传）`;
      return `${senderName(sender, office)} ${reference}${back}`;
    })
    .join("、");

const dayOf = (at: EpochMs, office: Office): string =>
  shortDate(office.today(Temporal.Instant.fromEpochMilliseconds(at)).toString());

/** The issue that a matter is handled as: of one that was merged the one that goes on. */
export async function handledAs(issue: Issue, { store }: Pick<Around, "store">): Promise<Issue> {
  let at = issue;
  while (at.state === "merged" && at.mergedInto !== null) {
    const next = await store.issues.byId(at.mergedInto);
    if (next === null) break;
    at = next;
  }
  return at;
}

/** What a sender is told of a matter; a result only when there is one. */
export async function replyOf(issue: Issue, around: Around): Promise<Readonly<Record<ReplyPart, string>>> {
  const { store, office } = around;
  const own = await handledAs(issue, around);
  const history = await store.issues.history(own.id);
  const isClosed = own.state === "closed";
  const isOver = isEnd(own.state);
  const mended = history.findLast(({ step }) => step === submit.id)?.text ?? "";
  const words = isClosed ? mended : isOver ? (history.at(-1)?.text ?? "") : "";
  const merged = own.id === issue.id ? "" : `与${own.no}并案办理`;
  const isNobodys = own.state === "draft" && own.regionId === office.city.id;
  const ended = isClosed ? own.closedAt : isOver ? (history.at(-1)?.at ?? null) : null;
  return {
    no: own.no,
    unit: isNobodys ? "" : (unitFullName(own, around) ?? addresseeOf(own, around)),
    due: own.due,
    state: isClosed ? "已办结" : isOver ? stateNames[own.state] : `办理中（${stateNames[own.state]}）`,
    result: [merged, words].filter(Boolean).join("；"),
    closed: ended === null ? "" : office.today(Temporal.Instant.fromEpochMilliseconds(ended)).toString(),
  };
}
