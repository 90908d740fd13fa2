import { isOutsider } from "../domain/roles.ts";
import type { Office } from "../office/office.ts";
import type { Person } from "../store/people.ts";
import type { AnyCommand } from "./command.ts";
import { examplesFor, withExamples } from "./examples.ts";

/**
 * What a person most often says, most common first; each is answered when said as it stands. People of a county begin
 * with their own, everybody else with the city and then its first county. Empty for a stranger, who can only link.
 */
export function commonPhrases(person: Person | null, office: Office, today: Temporal.PlainDate): string[] {
  if (person === null) return [];
  if (isOutsider(person)) return ["企业", "帮助"];
  const first = office.regionsOf({ to: today }, today)[0];
  const places =
    person.regionId === null
      ? ["全市", ...(first ? [first.short] : [])]
      : [office.heirOn(person.regionId, today).short, "全市"];
  return [...places, "排名", "滞后", "问题", "今日", "帮助"];
}

/** The commands that a person may use with some arguments or other; for a stranger the one that makes them known. */
export function commandsFor(
  person: Person | null,
  commands: readonly AnyCommand[],
  office: Office,
  today: Temporal.PlainDate,
): AnyCommand[] {
  if (person === null) return commands.filter((c) => c.kind === "welcome");
  return commands.filter(
    (c) => c.kind !== "welcome" && c.who.check({ person, args: {}, office, today }) === null,
  );
}

/** A command's example, about the person's own county and department: what it shows must not be refused. */
export function exampleFor(
  person: Person | null,
  { help }: AnyCommand,
  on: { office: Office; today: Temporal.PlainDate },
): string {
  return withExamples(help.example, examplesFor(on, person));
}
