import { type ArgMeta, argsOf } from "./args.ts";
import type { AnyCommand } from "./command.ts";
import { dateSeenOn } from "./wording.ts";

/** How a phrase was read, as scripts are told: canonical values (interfaces document, section 1). */
export function understoodAs({
  command,
  args,
}: {
  command: AnyCommand;
  args: Readonly<Record<string, unknown>>;
}) {
  const said = Object.entries(args).filter(([, value]) => value !== undefined);
  // Of units that have a part there may always be several: one is a list, too.
  const isList = new Set(
    argsOf(command.args).flatMap(([name, { kind }]) => (kind === "units" ? [name] : [])),
  );
  return {
    command: command.name,
    args: Object.fromEntries(
      said.map(([name, value]) => [name, isList.has(name) ? [canonical(value)].flat() : canonical(value)]),
    ),
  };
}

/** Counties and departments by short name, several as a list, periods as from..to, dates ISO, measures and issues by number. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? canonical(value[0]) : value.map(canonical);
  if (value instanceof Temporal.PlainDate) return value.toString();
  if (typeof value !== "object" || value === null) return value;
  const { short, no, from, to, text } = value as Record<string, unknown>;
  if (from instanceof Temporal.PlainDate) return `${from}..${to}`;
  return short ?? no ?? text ?? String(value);
}

/** An argument's value in words. */
export function wordsFor(meta: ArgMeta, value: unknown, today: Temporal.PlainDate): string {
  if (Array.isArray(value)) return value.map((one) => wordsFor(meta, one, today)).join("、");
  if (value instanceof Temporal.PlainDate) return dateSeenOn(today, value.toString());
  const choice = Object.entries({ ...meta.choices, ...meta.says }).find(([, meant]) => meant === value);
  return choice?.[0] ?? String((value as { label?: string }).label ?? canonical(value));
}
