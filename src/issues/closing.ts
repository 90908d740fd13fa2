import { unknownYears } from "../domain/calendar.ts";
import type { SlipReview, SlipRound } from "../output/closing-slip.ts";
import type { PaperModel } from "../output/paper-model.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import { deadlinesGiven } from "./deadlines.ts";
import { addresseeOf, unitFullName } from "./full-names.ts";
import { lineOf } from "./history.ts";
import { orderNumberOf } from "./numbering.ts";
import {
  dayWords,
  dueWords,
  isDrawn,
  type PaperContext,
  type PictureBytes,
  paperPictures,
  placeOf,
  takenWords,
  takerName,
  timeWords,
} from "./paper-facts.ts";
import { unitNames } from "./parts.ts";
import { roundName } from "./rounds.ts";
import acknowledge from "./steps/acknowledge.ts";
import assign from "./steps/assign.ts";
import closeStage from "./steps/close-stage.ts";
import confirm from "./steps/confirm.ts";
import display from "./steps/display.ts";
import object from "./steps/object.ts";
import reject from "./steps/reject.ts";
import submit from "./steps/submit.ts";
import verify from "./steps/verify.ts";

/** 销号单 of an issue: its deadlines, every round of mending with what either level said, pictures of before and after. */
export async function slipOf(
  issue: Issue,
  evidence: readonly Evidence[],
  context: PaperContext,
): Promise<(bytes: PictureBytes, marks: readonly string[]) => PaperModel> {
  const { store, office } = context;
  const history = await store.issues.history(issue.id);
  const last = ({ id }: { id: string }) => history.findLast((e) => e.step === id);
  const [first, ...later] = deadlinesGiven(history);
  const helping = unitNames(await store.issueUnits.of(issue.id), "helping", context, { full: true });
  const numbers = new Map((await store.numbers.of(`issue:${issue.id}`)).map((n) => [n.eventId, n.no]));
  const slip = {
    office: office.pack.office,
    no: issue.no,
    orderNo: await orderNumberOf(issue, context),
    title: issue.title,
    source: [issue.source, issue.batch].filter(Boolean).join("，"),
    level: [issue.level, issue.category].filter(Boolean).join("，"),
    county: addresseeOf(issue, context),
    unit: unitFullName(issue, context) ?? "—",
    helping: helping.join("、"),
    place: placeOf(issue) || "—",
    requirement: issue.requirement ?? "—",
    assigned: await takenWords(last(assign), context),
    acknowledged: await takenWords(last(acknowledge), context),
    firstDue: dueWords(first?.due ?? issue.firstDue),
    laterDues: later.map(({ due, event }) => {
      const no = numbers.get(event.id);
      const how = [dayWords(event.at, context), lineOf(event.step).says].join("");
      return `${how}至${dueWords(due)}${no === undefined ? "" : `（${no}）`}`;
    }),
    dueRemark: unknownYears(office.calendar, [first?.due ?? issue.firstDue, ...later.map(({ due }) => due)]),
    rounds: await roundsOf(history, context),
    closedOn: dayWords(last(verify)?.at ?? issue.closedAt ?? issue.assignedAt, context),
  };
  const shown = evidence.filter(isDrawn);
  const { closingSlipModel } = await import("../output/closing-slip.ts");
  return (bytes, marks) =>
    closingSlipModel({
      ...slip,
      before: paperPictures(
        shown.filter((e) => e.kind === "before"),
        issue,
        bytes,
      ),
      after: paperPictures(
        shown.filter((e) => e.kind === "after"),
        issue,
        bytes,
      ),
      marks,
    });
}

/** The rounds of mending as the history has them: each begins with what was handed in, and holds what was said of it. */
async function roundsOf(history: readonly IssueEvent[], context: PaperContext): Promise<SlipRound[]> {
  const rounds: SlipRound[] = [];
  const several = history.filter((e) => e.step === submit.id).length > 1;
  for (const event of history) {
    if (event.step === submit.id)
      rounds.push({
        name: several ? roundName(rounds.length + 1) : "",
        submitted: `${timeWords(event.at, context)}　${await takerName(event, context)}`,
        measures: event.text ?? "—",
        reviews: [],
      });
    const level = levelOf(event);
    if (level === null) continue;
    // What was closed on paper before was never handed in here.
    const round = rounds.pop() ?? { name: "", submitted: "", measures: "", reviews: [] };
    rounds.push({ ...round, reviews: [...round.reviews, await reviewOf(level, event, context)] });
  }
  return rounds;
}

const BY_CITY: readonly string[] = [verify, display, closeStage, object].map(({ id }) => id);

function levelOf({ step, fromState }: IssueEvent): SlipReview["level"] | null {
  if (step === confirm.id) return "县级";
  if (BY_CITY.includes(step)) return "市级";
  return step === reject.id ? (fromState === "submitted" ? "县级" : "市级") : null;
}

async function reviewOf(
  level: SlipReview["level"],
  event: IssueEvent,
  context: PaperContext,
): Promise<SlipReview> {
  return {
    level,
    result: event.step === verify.id ? "复核通过" : lineOf(event.step).says,
    by: await takerName(event, context),
    at: timeWords(event.at, context),
    opinion: event.text ?? "",
  };
}
