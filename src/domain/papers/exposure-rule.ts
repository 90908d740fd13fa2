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
};
