/** Days from now on, both inclusive. */
export type DaysAhead = { from: Temporal.PlainDate; to: Temporal.PlainDate };

/** Something that would go to somebody, by the present state: what people do until then changes it. */
export type Foreseen = {
  at: Temporal.ZonedDateTime;
  /** The job that it would come of; null for what a step of the loop causes. */
  job: string | null;
  audience: string;
  title: string;
};
