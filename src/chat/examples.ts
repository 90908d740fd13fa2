import { initialsOf } from "../office/names.ts";
import type { Office } from "../office/office.ts";
import type { Person } from "../store/people.ts";

/** What examples name: something of the plan at hand that whoever reads them may ask for. */
export type Examples = {
  /** Short name of a county-level region: the person's own, or the first. */
  county: string;
  /** Another of them. */
  "other county": string;
  /** Short name of a department: the person's own, or the first. */
  department: string;
  /** Number of a measure. */
  measure: string;
  /** Numbers of two issues. */
  issue: string;
  "other issue": string;
  /** The month before this one, 2020-05. */
  month: string;
  /** The last day of this month, 2020-06-30. */
  date: string;
};

/** The examples for a person on a day; for a stranger, or where nobody in particular asks, the plan's first ones. */
export function examplesFor(
  { office, today }: { office: Office; today: Temporal.PlainDate },
  person: Pick<Person, "regionId" | "departmentId"> | null = null,
): Examples {
  const { departments, measures } = office.pack;
  const region =
    person?.regionId != null
      ? office.heirOn(person.regionId, today)
      : (office.regionsOf({ to: today }, today)[0] ?? office.city);
  const department = person?.departmentId != null ? office.department(person.departmentId) : departments[0];
  const numbered = measures.filter(({ no }) => /^\d/.test(no));
  const prefix = `${initialsOf(office.city.short)}-${today.year}`;
  return {
    county: region.short,
    "other county":
      office.regionsOf({ to: today }, today).find((r) => r.id !== region.id)?.short ?? region.short,
    department: department?.short ?? "",
    measure: numbered[Math.floor(numbered.length / 2)]?.no ?? "1",
    issue: `${prefix}-000001`,
    "other issue": `${prefix}-000002`,
    month: today.toPlainYearMonth().subtract({ months: 1 }).toString(),
    date: today.with({ day: today.daysInMonth }).toString(),
  };
}

/**
 * A declared text with its examples put in.
 * @example withExamples("{county} {month}", examplesFor({ office, today })) // "海安 2020-05"
 */
export function withExamples(text: string, examples: Examples): string {
  return text.replace(/\{([a-z ]+)\}/g, (whole, name: string) =>
    Object.hasOwn(examples, name) ? examples[name as keyof Examples] : whole,
  );
}
