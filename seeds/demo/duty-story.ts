/** A month of which a county reports another figure of a duty than it should, or, null, nothing. */
export type DutyStory = { indicator: string; region: string; month: string; value: string | null };
