import type { Block } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { dateSeenOn } from "../chat/wording.ts";
import { isOverdue } from "../domain/issues/machine.ts";
import { isEnd, stateNames } from "../domain/issues/states.ts";
import {
  type DecisionRead,
  decisionLine,
  readDecision,
  type UnitNamed,
} from "../domain/meetings/decision-words.ts";
import type { MeetingDecision } from "../store/meetings.ts";
import type { Reader } from "../store/store.ts";
import { unitWord } from "./units.ts";

type Around = Pick<Context<Reader>, "office" | "names" | "today">;

/** A line of what was decided, as it is read by the office's own names; days count from `today`. */
export const decisionIn = (line: string, around: Around): DecisionRead =>
  readDecision(line, {
    today: around.today,
    calendar: around.office.calendar,
    unitsIn: (text) => unitsIn(text, around),
  });

/** The counties and departments that a text names, the longest name first, each stretch of it once. */
function unitsIn(text: string, { office, names, today }: Around): UnitNamed[] {
  const words = [
    ...office.pack.regions
      .filter(({ kind }) => kind !== "city")
      .flatMap(({ short, name, aliases }) => [short, name, ...aliases]),
    ...office.pack.departments.flatMap(({ short, name, aliases }) => [short, name, ...aliases]),
  ].sort((a, b) => b.length - a.length);
  const found: UnitNamed[] = [];
  let left = text;
  for (const word of new Set(words)) {
    if (!left.includes(word)) continue;
    left = left.replaceAll(word, "　");
    const department = names.department(word);
    const place = names.place(word);
    if (department !== null) found.push({ word, regionId: null, departmentId: department.id });
    else if (place !== null)
      found.push({ word, regionId: office.heirOf(place, today).id, departmentId: null });
  }
  return found;
}

/** 海安, 住建, 海安、住建; null where nobody is named. */
export function ownerWords(
  { regionId, departmentId }: Pick<MeetingDecision, "regionId" | "departmentId">,
  around: Pick<Around, "office" | "today">,
): string | null {
  const words = [
    ...(regionId === null ? [] : [unitWord({ regionId, departmentId: null }, around)]),
    ...(departmentId === null ? [] : [unitWord({ regionId: null, departmentId }, around)]),
  ];
  return words.length === 0 ? null : words.join("、");
}

/** The line by which a decision is read again as it is. */
export const lineOfDecision = (one: MeetingDecision, around: Pick<Around, "office" | "today">): string =>
  decisionLine(one.text, ownerWords(one, around), one.due === null ? null : Temporal.PlainDate.from(one.due));

/** What is still lacking before a decision can be given out. */
export const lacksOf = ({ regionId, departmentId, due }: MeetingDecision): string[] => [
  ...(regionId === null && departmentId === null ? ["缺责任单位"] : []),
  ...(due === null ? ["缺完成期限"] : []),
];

/** What has become of a decision: 未交办, 整改中，超期3天, 已销号. */
export function progressWords({ issue }: MeetingDecision, { today }: Pick<Around, "today">): string {
  if (issue === null) return "未交办";
  const state = stateNames[issue.state];
  if (isEnd(issue.state) || !isOverdue(issue.state, issue.due, today.toString())) return state;
  return `${state}，超期${-today.until(issue.due).days}天`;
}

/** 议定事项 with what has become of each. */
export function decisionBlocks(
  decisions: readonly MeetingDecision[],
  around: Pick<Around, "office" | "today">,
): Block[] {
  if (decisions.length === 0) return [];
  const { today } = around;
  return [
    {
      kind: "table",
      columns: [
        { title: "序号" },
        { title: "议定事项" },
        { title: "责任单位" },
        { title: "期限" },
        { title: "办理" },
      ],
      rows: decisions.map((one) => [
        String(one.ordinal),
        one.text,
        ownerWords(one, around) ?? "未定",
        one.due === null ? "未定" : dateSeenOn(today, one.issue?.due ?? one.due),
        progressWords(one, around),
      ]),
      opens: decisions.map(({ issue }) => (issue === null ? null : `问题 ${issue.no}`)),
    },
  ];
}
