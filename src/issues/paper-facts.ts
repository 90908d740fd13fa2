import type { Context } from "../chat/command.ts";
import { longDate, longTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { OrderFacts } from "../output/order-papers.ts";
import type { PaperPicture } from "../output/paper-model.ts";
import type { Evidence } from "../store/evidence.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
import { addresseeOf, officerName, unitFullName } from "./full-names.ts";
import { unitNames } from "./parts.ts";
import { evidenceName } from "./rounds.ts";

export type PaperContext = Pick<Context<Reader>, "store" | "office" | "today">;

/** Bytes of kept pictures by their hash; a layout that is only counted needs none. */
export type PictureBytes = (sha256: string) => Uint8Array;

/** What the papers of an order say of it alike. */
export async function orderFacts(
  issue: Issue,
  context: PaperContext,
): Promise<Pick<OrderFacts, "addressees" | "facts">> {
  const unit = unitFullName(issue, context);
  const addressee = addresseeOf(issue, context);
  const parts = await context.store.issueUnits.of(issue.id);
  const helping = unitNames(parts, "helping", context, { full: true }).join("、");
  const fact = (label: OrderFacts["facts"][number]["label"], value: string) =>
    value === "" ? [] : [{ label, value }];
  return {
    addressees: [addressee, ...(unit === null ? [] : [unit])],
    facts: [
      ...fact("问题编号", issue.no),
      ...fact("问题来源", [issue.source, issue.batch].filter(Boolean).join("，")),
      ...fact("等级类别", [issue.level, issue.category].filter(Boolean).join("，")),
      ...fact("地点", placeOf(issue)),
      ...fact("责任地区", addressee),
      ...fact("责任单位", unit ?? ""),
      ...fact("协办单位", helping),
    ],
  };
}

/** Where it is, in words and, where a picture has told, in degrees. */
export function placeOf({ town, place, latitude, longitude }: Issue): string {
  const words = [town, place].filter(Boolean).join(" ");
  const degrees =
    latitude === null || longitude === null ? "" : `（${longitude.toFixed(5)}°E，${latitude.toFixed(5)}°N）`;
  return `${words}${degrees}`;
}

/** Who took a step and when: 2020年6月12日 09:30　王建国（海安市联络员）. */
export async function takenWords(event: IssueEvent | undefined, context: PaperContext): Promise<string> {
  return event === undefined ? "—" : `${timeWords(event.at, context)}\n${await takerName(event, context)}`;
}

/** Somebody of a history by name and post, as papers name them. */
export async function takerName({ by }: Pick<IssueEvent, "by">, context: PaperContext): Promise<string> {
  if (by === null) return "—";
  const person = await context.store.people.byName(by);
  return person === null ? by : officerName(person, context);
}

export const timeWords = (at: EpochMs, { office }: Pick<PaperContext, "office">): string =>
  longTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));

export const dayWords = (at: EpochMs, { office }: Pick<PaperContext, "office">): string =>
  longDate(office.today(Temporal.Instant.fromEpochMilliseconds(at)));

export const dueWords = (due: string): string => longDate(Temporal.PlainDate.from(due));

export const isDrawn = ({ width, height, type }: Evidence): boolean =>
  type.startsWith("image/") && width !== null && height !== null;

/** Pictures of how it was and is, with what tells each from any other. */
export const paperPictures = (
  evidence: readonly Evidence[],
  issue: Pick<Issue, "round">,
  bytes: PictureBytes,
): PaperPicture[] =>
  evidence.map((e) => ({
    bytes: bytes(e.sha256),
    type: "jpg",
    width: e.width ?? 1,
    height: e.height ?? 1,
    most: 60,
    caption: `${evidenceName(e, issue)}　${e.name}（校验码 ${e.sha256.slice(0, 12)}）`,
  }));
