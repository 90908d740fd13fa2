import type { Card } from "../chat/card.ts";
import { shortDate } from "../chat/wording.ts";
import { partStateOf } from "../domain/issues/part.ts";
import { isEnd, type Relation } from "../domain/issues/states.ts";
import type { Office } from "../office/office.ts";
import type { IssueUnit } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import { countyOf } from "./facts.ts";
import { helpDue, isWorking, partStanding, partStateNames, unitName } from "./parts.ts";
import { isOf } from "./relation.ts";
import { unitOf } from "./unit.ts";

type Around = { office: Office; today: Temporal.PlainDate };

/** What a unit that doesn't answer for the issue has to do with it. */
export function ownPart(
  issue: Issue,
  person: Person,
  parts: readonly IssueUnit[],
  relation: Relation,
  context: Around,
): Card["blocks"] {
  const own = parts.find((part) => isOf(part, person, context));
  if (own === undefined || (relation !== "helper" && relation !== "stranger")) return [];
  const text = isWorking(own)
    ? `${own.role === "helping" ? `您单位协办：${unitOf(issue, context)}主办` : `${countyOf(issue, context.office, context.today)}转办您单位`}${isEnd(issue.state) ? "" : `，请于${shortDate(helpDue(own, issue))}前${own.role === "helping" ? "配合" : "办理"}完成（${partStateNames[partStateOf(own)]}）`}。`
    : `抄送您单位：由${unitOf(issue, context)}办理，供知悉，不用办理。`;
  return [{ kind: "text", text, tone: "notice" }];
}

/** Who else has a part in it, as the card of an issue says it. */
export function partItems(parts: readonly IssueUnit[], context: Around) {
  const said = (role: IssueUnit["role"]) =>
    parts
      .filter((part) => part.role === role)
      .map(
        (part) =>
          `${unitName(part, context, { full: true })}${isWorking(part) ? `（${partStanding(part)}）` : ""}`,
      );
  const [helping, down, copied] = [said("helping"), said("handed-down"), said("copied")];
  return [
    ...(down.length > 0 ? [{ label: "转办", value: down.join("、") }] : []),
    ...(helping.length > 0 ? [{ label: "协办单位", value: helping.join("、") }] : []),
    ...(copied.length > 0 ? [{ label: "抄送", value: copied.join("、") }] : []),
  ];
}
