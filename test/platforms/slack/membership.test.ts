import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { slackClient } from "../../../src/platforms/slack/calls.ts";
import { type Home, membershipOf } from "../../../src/platforms/slack/members.ts";

const ALONE: Home = { team: "T1", enterprise: null };
const IN_ORGANISATION: Home = { team: "T1", enterprise: "E1" };
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** What Slack says of everybody, and how often it was asked. */
let says: object;
let asked: number;
let about: string;
let server: Server;
let apiUrl: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1;
    about = "";
    request.on("data", (chunk) => (about += chunk));
    request.on("end", () => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(says));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = 0;
});

const member = { ok: true, user: { team_id: "T1" } };
const refused = (error: string) => ({ ok: false, error });

function ask(home: Home) {
  let now = 0;
  const client = slackClient("xoxb-1", { apiUrl, timeoutMs: 5_000 });
  const membership = membershipOf(client, home, () => now);
  return { is: (user = "U1") => membership(user), pass: (ms: number) => (now += ms) };
}

describe("who is a full member", () => {
  test.each<[string, Home, object, "member" | "stranger"]>([
    ["of the workspace", ALONE, { team_id: "T1" }, "member"],
    ["a bot", ALONE, { team_id: "T1", is_bot: true }, "stranger"],
    ["who has left", ALONE, { team_id: "T1", deleted: true }, "stranger"],
    ["of another organisation", ALONE, { team_id: "T1", is_stranger: true }, "stranger"],
    ["a guest", ALONE, { team_id: "T1", is_restricted: true }, "stranger"],
    ["a guest of one channel", ALONE, { team_id: "T1", is_ultra_restricted: true }, "stranger"],
    ["of another workspace", ALONE, { team_id: "T2" }, "stranger"],
    ["of another workspace in an organisation", ALONE, { team_id: "T2", enterprise_id: "E1" }, "stranger"],
    ["of another that belongs to no organisation", ALONE, { team_id: "T2", enterprise_id: null }, "stranger"],
    ["of no workspace", ALONE, {}, "stranger"],
    [
      "of our organisation, at home elsewhere",
      IN_ORGANISATION,
      { team_id: "T2", enterprise_id: "E1" },
      "member",
    ],
    [
      "the same, as some answers say it",
      IN_ORGANISATION,
      { enterprise_user: { enterprise_id: "E1" } },
      "member",
    ],
    ["of another organisation's", IN_ORGANISATION, { team_id: "T2", enterprise_id: "E2" }, "stranger"],
    ["of none", IN_ORGANISATION, { team_id: "T2" }, "stranger"],
    ["a guest there", IN_ORGANISATION, { enterprise_id: "E1", is_restricted: true }, "stranger"],
  ])("%s", async (_, home, user, is) => {
    says = { ok: true, user };
    expect(await ask(home).is()).toBe(is);
  });

  test.each([
    ["user_not_found", "stranger"],
    ["user_not_visible", "stranger"],
    ["missing_scope", "unsure"],
    ["internal_error", "unsure"],
  ])("where Slack answers %s: %s", async (error, is) => {
    says = refused(error);
    expect(await ask(ALONE).is()).toBe(is);
  });
});

describe("what Slack has said is good for a while", () => {
  test.each<[string, object, number]>([
    ["of a member an hour", member, HOUR],
    ["of a stranger a minute, so that a flood of theirs costs one call", refused("user_not_found"), MINUTE],
  ])("%s", async (_, answer, ms) => {
    says = answer;
    const { is, pass } = ask(ALONE);
    const first = await is();
    pass(ms - 1);
    expect([await is(), asked]).toEqual([first, 1]);
    pass(1);
    expect([await is(), asked]).toEqual([first, 2]);
    await is("U2");
    expect([asked, about], "of one says nothing of another").toEqual([3, expect.stringContaining("U2")]);
  });

  test("while it can't be asked they remain what they were, and are asked for anew each time", async () => {
    says = member;
    const { is, pass } = ask(ALONE);
    await is();
    pass(HOUR);
    says = refused("missing_scope");
    expect([await is(), await is(), asked]).toEqual(["member", "member", 3]);
    says = refused("user_not_found");
    expect(await is()).toBe("stranger");
  });
});
