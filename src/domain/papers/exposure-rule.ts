/** Where a problem that is to be made public stands. */
export type ExposureState = "preparing" | "informed" | "struck";

/** What is known of one while it is prepared. */
export type Exposing = {
  state: ExposureState;
  /** Pictures that were chosen, each with its boxes. */
  pictures: number;
  /** Until which day, inclusive, its county may object; null before it was told. */
  objectBy: string | null;
  /** What the county has said: nothing yet, that it has no objection, or one that the office has or hasn't answered. */
  county: "silent" | "agrees" | "objects" | "answered";
  /** Nobody has to mend it any more, and it isn't public. */
  over: boolean;
};

/** Why a problem can't be printed yet, or null: 曝光 needs a covered picture, and its county told before. */
export type ExposureGap = "over" | "no-picture" | "not-informed" | "may-object" | "objection" | "struck";
export function exposureGap(
  { state, pictures, objectBy, county, over }: Exposing,
  today: string,
): ExposureGap | null {
  if (state === "struck") return "struck";
  if (over) return "over";
  if (pictures === 0) return "no-picture";
  if (state === "preparing" || objectBy === null) return "not-informed";
  if (county === "objects") return "objection";
  // Silence until the day is over is no objection.
  return county === "silent" && today <= objectBy ? "may-object" : null;
}
