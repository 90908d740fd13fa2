/**
 * A plain number or string that says in its type what it counts or names. A literal or a computed value takes the type
 * without a cast, so tests and sums stay readable; one flavour is never taken for another, which is the mistake that people
 * make. Nothing of it exists at run time.
 */
type Flavoured<Value, Name extends string> = Value & { readonly __flavour?: Name };

/** The number of a member's row. */
export type PersonId = Flavoured<number, "person">;
/** The number of an issue's row; people know an issue by its `no`. */
export type IssueId = Flavoured<number, "issue">;
/** The number of a meeting's row; people know a meeting by it, too: 会议 3. */
export type MeetingId = Flavoured<number, "meeting">;
/** The plan pack's word for a region, such as `haian`. */
export type RegionId = Flavoured<string, "region">;
/** The plan pack's word for a department. */
export type DepartmentId = Flavoured<string, "department">;
/** The number of a response to heavy pollution. */
export type ResponseId = Flavoured<number, "response">;
/** The number of an enterprise of the emergency list. */
export type EnterpriseId = Flavoured<number, "enterprise">;
/** A moment as milliseconds UTC, as rows hold it; a `Temporal.Instant` is the same moment as an object. */
export type EpochMs = Flavoured<number, "epoch-ms">;
