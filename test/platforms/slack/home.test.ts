import { describe, expect, test } from "vitest";
import { type Home, mayBeOurs } from "../../../src/platforms/slack/members.ts";

const alone: Home = { team: "T1", enterprise: null };
const inOrganisation: Home = { team: "T1", enterprise: "E1" };

/** Where a payload may name a workspace, and how. */
const places: readonly [string, (team: unknown) => object][] = [
  ["a command or an event", (team_id) => ({ team_id })],
  ["a button's workspace", (id) => ({ team: { id } })],
  ["a button's user", (team_id) => ({ user: { team_id } })],
  ["an event's own", (team) => ({ event: { team } })],
  ["an event's user", (user_team) => ({ event: { user_team } })],
  ["an event's source", (source_team) => ({ event: { source_team } })],
];

describe("where the workspace stands alone, a payload may be a member's", () => {
  test.each(places)("when %s names it", (_, naming) => {
    expect(mayBeOurs(naming("T1"), alone)).toBe(true);
  });

  test.each(places)("not when %s names another one, also beside ours", (_, naming) => {
    expect(mayBeOurs(naming("T2"), alone)).toBe(false);
    expect(mayBeOurs({ ...naming("T2"), context: 1 }, alone)).toBe(false);
    for (const [, ours] of places) {
      const both = { ...ours("T1"), ...naming("T2") };
      expect(mayBeOurs(both, alone), JSON.stringify(both)).toBe(false);
    }
  });

  test.each<[string, object]>([
    ["nothing", {}],
    ["an empty event", { event: {} }],
    ["null for all", { team_id: null, team: { id: null }, user: {}, event: { team: null } }],
    ["an organisation instead", { enterprise_id: "E1" }],
    ["something that is no id", { team_id: ["T1"] }],
  ])("not when it names no workspace: %s", (_, body) => {
    expect(mayBeOurs(body, alone)).toBe(false);
  });

  test("where some places are empty, those that are named decide", () => {
    expect(mayBeOurs({ team_id: "T1", event: { user_team: null, source_team: undefined } }, alone)).toBe(
      true,
    );
  });
});

test.each<[string, object]>([
  ["ours", { team_id: "T1" }],
  ["another", { team_id: "T2" }],
  ["none", {}],
])(
  "in an organisation a payload is let through that names %s: there Slack's word on the person decides",
  (_, body) => {
    expect(mayBeOurs(body, inOrganisation)).toBe(true);
  },
);
