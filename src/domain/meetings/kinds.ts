/** The meetings that the plan asks for: 月度会商 and 季度点评会. Each id is also that of the job that proposes it. */
export const MEETING_KINDS = ["monthly-consultation", "quarterly-review"] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];

/** called: the units are invited; held: it has begun; cancelled: it doesn't take place, another one of its period may. */
export type MeetingState = "called" | "held" | "cancelled";

/** What a unit says to an invitation. */
export type RollCallWord = "attending" | "excused" | "delegated";

/** Minutes as somebody has written or dictated them; null: nothing was said of it. */
export type MinutesText = {
  /** 时间, where it was another one than the invitation's. */
  time: string | null;
  /** 参会 */
  participants: string | null;
  /** 形势 of the period that it looked back on. */
  situation: string | null;
  /** 后期研判 */
  outlook: string | null;
  /** 会议要求 */
  requirements: string | null;
  /** What nobody has said the place of yet: kept, and asked about. */
  unread: readonly string[];
};
