import type { Relation, State } from "../../../src/domain/issues/states.ts";
import type { Earlier } from "../../../src/domain/issues/step-rule.ts";
import {
  dayOf,
  daysFrom,
  HOUR,
  inHours,
  isWorked,
  morning,
  nextMorning,
  plusDays,
  plusOfficeHours,
  plusWorked,
  plusWorkingTime,
  worked,
} from "./days.ts";
import { expectedOf, NEEDS_DUE, NEEDS_TEXT, NOT_BY, type Step } from "./rules.ts";

// A small model of the loop, written from the office's rules without a look at the code: where an issue stands, what a press
// makes of it, and what the ladder does while nobody presses.

export type Post = { name: string; relation: Relation; county?: string; department?: string };
export const POSTS: readonly Post[] = [
  { name: "市办", relation: "office" },
  { name: "督查", relation: "supervision" },
  { name: "市领导", relation: "city-lead" },
  { name: "海安联络员", relation: "liaison", county: "海安" },
  { name: "海安领导", relation: "lead", county: "海安" },
  { name: "如东联络员", relation: "liaison", county: "如东" },
  { name: "如东领导", relation: "lead", county: "如东" },
  { name: "住建联络员", relation: "department", department: "住建" },
  { name: "交通联络员", relation: "department", department: "交通" },
  { name: "公安联络员", relation: "helper" },
  { name: "海安点位长", relation: "station-chief", county: "海安" },
];

export type Issue = {
  title: string;
  level: string;
  county: string;
  department: string;
  state: State;
  version: number;
  assignedAt: number;
  due: string;
  firstDue: string;
  termFrom: string;
  /** When it came to where it stands for the county, and for the city. */
  submittedAt: number;
  confirmedAt: number;
  by: { [deed in Earlier]?: string | undefined };
  /** Who gave it out to the unit that has it. */
  giver: string;
  asked: string | null;
  extensions: number;
  returns: number;
  supervised: boolean;
  /** The last day of a 催办. */
  hastened: string | null;
  /** Somebody has looked into it since the present unit has it. */
  investigated: boolean;
  back: State;
  suspended: { on: string; until: string } | null;
  /** 公示的最后一天 */
  displayed: string;
  photos: boolean;
  /** 公安 helps, and how far its part has come. */
  helped: boolean;
  /** The highest rung that was reported of each matter, and when whoever has to act was first reminded of it. */
  reached: Readonly<Record<Matter, number>>;
  reminded: Readonly<Record<Matter, number | null>>;
  part: "assigned" | "acknowledged" | "handed-in" | "accepted";
  /** What the clock will do by itself, soonest first. */
  coming: readonly Coming[];
  /** Where the history has led, an entry for each of its lines. */
  history: readonly State[];
  /** Rungs in the order in which they were climbed. */
  rungs: Readonly<Record<Matter, readonly number[]>>;
};
export const MATTERS = ["ack", "mend", "decide"] as const;
export type Matter = (typeof MATTERS)[number];
type Coming = { at: number } & (
  | { what: "resume" }
  | { what: "remind"; of: Matter }
  | { what: "report"; of: Matter; rung: number }
);

const UNCLIMBED = { ack: 0, mend: 0, decide: 0 };
const UNREMINDED = { ack: null, mend: null, decide: null };

export type Form = {
  text?: string;
  due?: string;
  title?: string;
  county?: string;
  department?: string;
  level?: string;
  helping?: string;
  on?: string;
  units?: string;
};
export type Press = {
  step: Step;
  post: Post;
  form: Form;
  seen: number;
  active: boolean;
  leadActive: boolean;
  /** Who is a member at the time. */
  here: (name: string) => boolean;
};
export type Outcome = { kind: "moves"; issue: Issue } | { kind: "forbidden" } | { kind: "refused" };

export function given(
  what: Pick<Issue, "level" | "county" | "department" | "due"> & { state: "draft" | "assigned" },
  at: number,
): Issue {
  return wound(
    {
      ...what,
      title: "工地裸土未覆盖",
      version: 1,
      assignedAt: at,
      firstDue: what.due,
      termFrom: dayOf(at),
      submittedAt: 0,
      confirmedAt: 0,
      by: {},
      giver: "市办",
      asked: null,
      extensions: 0,
      returns: 0,
      supervised: false,
      hastened: null,
      investigated: false,
      back: "assigned",
      suspended: null,
      displayed: "",
      photos: false,
      helped: false,
      reached: UNCLIMBED,
      reminded: UNREMINDED,
      part: "assigned",
      coming: [],
      history: [what.state],
      rungs: { ack: [], mend: [], decide: [] },
    },
    at,
  );
}

export function relationOf({ relation, county, department }: Post, issue: Issue): Relation {
  if (relation === "helper") return issue.helped ? relation : "stranger";
  if (relation === "department") return department === issue.department ? relation : "stranger";
  return county === undefined || county === issue.county ? relation : "stranger";
}

/** What comes of a press at `at`. */
export function pressed(issue: Issue, press: Press, at: number): Outcome {
  const { step, post, form, seen, active } = press;
  // Who has left is told so whatever they hand in; of a member an incomplete form is handed back before anybody asks whose it is.
  if (!active) return { kind: "forbidden" };
  if (NEEDS_TEXT.has(step) && !form.text) return { kind: "refused" };
  // The pack may set how long an issue is on display: that form can be left empty.
  if (NEEDS_DUE.has(step) && step !== "display" && !form.due) return { kind: "refused" };
  const relation = relationOf(post, issue);
  const leadSubmitted = issue.by.submittedBy === `${issue.county}领导`;
  const confirmsInTheLeadsPlace = leadSubmitted || !press.leadActive;
  const judges = issue.state === "submitted" ? ["市办"] : ["市办", "督查"];
  const isLeft = (name: string) =>
    press.here(name) && ![issue.by.submittedBy, issue.by.confirmedBy].includes(name);
  const countysTurn = issue.state === "submitted" && !confirmsInTheLeadsPlace;
  const rule = expectedOf(step, issue.state, relation, {
    confirmsInTheLeadsPlace,
    nobodyElseDecides: !countysTurn && !judges.some(isLeft),
    gaveItOut: issue.giver === post.name,
  });
  if (rule.kind === "forbidden") return { kind: "forbidden" };
  if (rule.kind !== "allowed" || seen !== issue.version) return { kind: "refused" };
  if (NOT_BY[step]?.some((deed) => issue.by[deed] === post.name)) return { kind: "forbidden" };
  if (hindered(issue, press, relation, dayOf(at))) return { kind: "refused" };

  const state = rule.to === "stays" ? issue.state : rule.to === "back" ? issue.back : rule.to;
  const moved = {
    ...issue,
    ...changed(issue, press, at),
    state,
    version: issue.version + 1,
    history: [...issue.history, state],
  };
  return { kind: "moves", issue: wound(moved, at) };
}

function hindered(issue: Issue, { step, form }: Press, relation: Relation, today: string): boolean {
  const { due } = form;
  switch (step) {
    case "return":
      return issue.returns > 0 || today > plusWorked(issue.termFrom, 1);
    case "request-extension": {
      if (issue.asked !== null || issue.extensions === 2 || today > issue.due) return true;
      const most = Math.max(1, daysFrom(issue.termFrom, issue.firstDue));
      return due === undefined || due < today || due <= issue.due || daysFrom(issue.firstDue, due) > most;
    }
    case "grant-extension":
    case "refuse-extension":
      return issue.asked === null;
    case "propose-cancel":
      return issue.by.cancelBy !== undefined;
    case "approve-cancel":
    case "refuse-cancel":
      return issue.by.cancelBy === undefined;
    case "amend": {
      // A deadline that stays is none that is set, though it has passed.
      const said = differing(issue, form);
      return Object.keys(said).length === 0 || (said.due ?? today) < today;
    }
    case "supervise":
      return issue.supervised;
    case "hasten":
      return issue.hastened === today;
    case "propose-transfer":
      return !issue.investigated;
    case "escalate":
      return issue.reached[issue.state === "assigned" ? "ack" : "mend"] === 3;
    case "submit":
      return !issue.photos;
    case "acknowledge-part":
      return issue.part !== "assigned";
    case "hand-in-part":
      return issue.part !== "assigned" && issue.part !== "acknowledged";
    case "accept-part":
    case "return-part":
      return !issue.helped || issue.part !== "handed-in";
    case "hand-down":
      return due !== undefined && (due < today || due > issue.due);
    case "suspend":
    case "display":
      return due === undefined || due <= today;
    case "verify":
      return issue.state === "displayed" && today <= issue.displayed;
    case "reject":
      if (relation === "lead") return due !== undefined;
      return due === undefined ? issue.due < today : due < today;
    case "uphold":
    case "object":
      return due === undefined ? issue.due < today : due < today;
    default:
      return due !== undefined && due < today;
  }
}

function changed(issue: Issue, { step, post, form }: Press, at: number): Partial<Issue> {
  const today = dayOf(at);
  const { due } = form;
  const term = due === undefined ? {} : { due, firstDue: due, termFrom: today, extensions: 0 };
  const { extensionBy: _, ...others } = issue.by;
  const { cancelBy, ...decided } = issue.by;
  const foot = { reached: UNCLIMBED, reminded: UNREMINDED };
  const footOf = (matter: Matter) => ({
    reached: { ...issue.reached, [matter]: 0 },
    reminded: { ...issue.reminded, [matter]: null },
  });
  const afresh = { ...foot, asked: null, by: others };
  switch (step) {
    case "assign":
    case "reassign":
      return {
        ...term,
        ...afresh,
        by: { ...others, cancelBy: undefined },
        giver: post.name,
        assignedAt: at,
        investigated: false,
        county: form.county ?? issue.county,
        department: form.department ?? issue.department,
        level: form.level ?? issue.level,
      };
    case "uphold":
      return { ...term, ...afresh, assignedAt: at };
    case "acknowledge":
      return footOf("ack");
    case "verify":
      return footOf("decide");
    case "submit":
      return { ...afresh, by: { submittedBy: post.name, cancelBy }, submittedAt: at };
    case "confirm":
      return { ...footOf("decide"), by: { ...issue.by, confirmedBy: post.name }, confirmedAt: at };
    // Another round of mending, with photos of its own.
    case "reject":
    case "object":
    case "close-stage":
      return { ...term, ...afresh, photos: false };
    case "display":
      return { ...footOf("decide"), displayed: due ?? "" };
    case "return":
      return { ...foot, returns: 1 };
    case "request-extension":
      return { asked: due ?? null, by: { ...issue.by, extensionBy: post.name } };
    case "grant-extension":
      return { ...afresh, due: issue.asked ?? issue.due, extensions: issue.extensions + 1 };
    case "refuse-extension":
      return { asked: null, by: others };
    case "suspend":
      return { ...afresh, back: issue.state, suspended: { on: today, until: due ?? today } };
    case "resume":
      return resumed(issue, at);
    case "set-helpers":
      return { helped: true };
    case "acknowledge-part":
      return { part: "acknowledged" };
    case "hand-in-part":
      return { part: "handed-in" };
    case "accept-part":
      return { part: "accepted" };
    case "return-part":
      return { part: "acknowledged" };
    case "escalate":
      return { reached: { ...issue.reached, [issue.state === "assigned" ? "ack" : "mend"]: 3 } };
    case "hasten":
      return { hastened: today };
    case "investigate":
      return { investigated: true };
    case "supervise":
      return { supervised: true };
    case "propose-transfer":
      return { back: issue.state, by: { ...issue.by, proposedBy: post.name } };
    case "amend": {
      const { due: other, level } = differing(issue, form);
      const isAnew = other !== undefined || level !== undefined;
      return {
        ...(other === undefined ? {} : term),
        ...(isAnew ? { ...afresh, assignedAt: at } : {}),
        level: level ?? issue.level,
        title: form.title ?? issue.title,
      };
    }
    case "withdraw":
      return afresh;
    case "propose-cancel":
      return { by: { ...issue.by, cancelBy: post.name } };
    case "approve-cancel":
      return afresh;
    case "refuse-cancel":
      return { by: decided };
    case "reopen":
      return { ...term, ...afresh, photos: false, supervised: false, investigated: false, by: {} };
    default:
      return {};
  }
}

/** What a correction says otherwise than the order does. */
function differing(issue: Issue, form: Form): Form {
  const said = (["due", "level", "title"] as const).filter(
    (f) => form[f] !== undefined && form[f] !== issue[f],
  );
  return Object.fromEntries(said.map((f) => [f, form[f]]));
}

/** The days of suspension are given back. */
function resumed(issue: Issue, at: number): Partial<Issue> {
  const days = daysFrom(issue.suspended?.on ?? dayOf(at), dayOf(at));
  if (days === 0) return { suspended: null };
  return {
    suspended: null,
    due: worked(plusDays(issue.due, days)),
    firstDue: plusDays(issue.firstDue, days),
    termFrom: plusDays(issue.termFrom, days),
    ...(issue.back === "assigned" ? { assignedAt: at } : {}),
  };
}

/** Lets time pass until `to`: whatever was to come by then comes, in its order. */
export function passed(issue: Issue, to: number): Issue {
  const [next] = issue.coming;
  if (next === undefined || next.at > to) return issue;
  if (next.what === "resume") {
    const back = { ...issue, ...resumed(issue, next.at), state: issue.back, version: issue.version + 1 };
    return passed(wound({ ...back, history: [...issue.history, issue.back] }, next.at), to);
  }
  const { at } = next;
  const now = issue.coming.filter((one) => one.at === at);
  const after = { ...issue, coming: issue.coming.filter((one) => one.at > at) };
  return passed(
    MATTERS.reduce<Issue>((on, of) => fallen(on, of, now, at), after),
    to,
  );
}

/** What falls due of one matter at one time: the reminder first, then of its rungs the highest, if that was given long enough. */
function fallen(issue: Issue, of: Matter, now: readonly Coming[], at: number): Issue {
  const reminds = now.some((one) => one.what === "remind" && one.of === of);
  const reminded = issue.reminded[of] ?? (reminds ? at : null);
  const on = { ...issue, reminded: { ...issue.reminded, [of]: reminded } };
  const rungs = now.flatMap((one) => (one.what === "report" && one.of === of ? [one.rung] : []));
  const highest = Math.max(0, ...rungs);
  if (highest <= on.reached[of]) return on;
  if (reminded === null) throw new Error(`${of} is reported before anybody was reminded`);
  return {
    ...on,
    reached: { ...on.reached, [of]: highest },
    rungs: { ...on.rungs, [of]: [...on.rungs[of], highest] },
    history: [...on.history, on.state],
  };
}

const URGENT = "重大";
const ACKNOWLEDGE: Record<string, number> = { 一般: 48, 较大: 24, 重大: 1 };

/** Sets what comes by itself, from how the issue stands at `now`. */
function wound(issue: Issue, now: number): Issue {
  const urgent = issue.level === URGENT;
  const hours = (at: number) => (urgent ? at : inHours(at));
  const after = (day: string, n: number) => morning(urgent ? plusDays(day, n) : plusWorked(day, n));
  const coming: Coming[] = [];
  /** The reminders of a matter; of those that have passed none is given, unless nobody was reminded and none is to come. */
  const remind = (of: Matter, ...times: number[]) => {
    const future = times.filter((at) => at > now);
    const first =
      future.length > 0 || issue.reminded[of] !== null
        ? future
        : [urgent ? morning(plusDays(dayOf(now), 1)) : nextMorning(now)];
    coming.push(...first.map((at) => ({ at, what: "remind" as const, of })));
    return (reached: number) => {
      const reminded = issue.reminded[of] ?? Math.min(...first);
      return Math.max(reached, urgent ? reminded : plusOfficeHours(reminded, 4));
    };
  };
  const report = (of: Matter, rung: number, at: number) => {
    if (rung > issue.reached[of]) coming.push({ at: Math.max(at, now), what: "report", of, rung });
  };
  if (issue.state === "assigned") {
    const term = (ACKNOWLEDGE[issue.level] ?? 48) * HOUR;
    const later = (ms: number) => (since: number) => (urgent ? since + ms : plusWorkingTime(since, ms));
    const mayBe = remind("ack", hours(later(term / 2)(issue.assignedAt)));
    const limit = mayBe(later(term)(issue.assignedAt));
    const day = urgent ? term : 24 * HOUR;
    for (const [n, ms] of [0, day, 3 * day].entries()) report("ack", n + 1, hours(later(ms)(limit)));
  }
  if (["assigned", "acknowledged", "rectifying"].includes(issue.state)) {
    const before = (n: number) => {
      let day = plusDays(issue.due, -n);
      while (!urgent && !isWorked(day)) day = plusDays(day, -1);
      return morning(day);
    };
    const onTheDay = urgent || isWorked(issue.due) ? [before(0)] : [];
    const mayBe = remind("mend", before(3), before(1), ...onTheDay, after(issue.due, 1));
    for (const [n, days] of [1, 3, 5].entries()) report("mend", n + 1, mayBe(after(issue.due, days)));
  }
  if (issue.state === "submitted") {
    const mayBe = remind("decide", after(dayOf(issue.submittedAt), 3));
    report("decide", 2, mayBe(after(dayOf(issue.submittedAt), 5)));
  }
  if (issue.state === "reviewing") {
    const mayBe = remind("decide", after(dayOf(issue.confirmedAt), 5));
    report("decide", 3, mayBe(after(dayOf(issue.confirmedAt), 8)));
  }
  if (issue.state === "displayed") {
    const mayBe = remind("decide", after(issue.displayed, 1));
    report("decide", 3, mayBe(after(issue.displayed, 5)));
  }
  if (issue.state === "suspended")
    coming.push({ at: Math.max(now, after(issue.suspended?.until ?? issue.due, 1)), what: "resume" });
  const due = coming.map((one): Coming => ({ ...one, at: hours(one.at) }));
  return { ...issue, coming: due.toSorted((a, b) => a.at - b.at) };
}
