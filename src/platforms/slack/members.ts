import type { webApi } from "@slack/bolt";
import { called } from "./calls.ts";

/** Where the bot is at home: its workspace, and the organisation (Enterprise Grid) to which that belongs, if any. */
export type Home = { team: string; enterprise: string | null };

/** How long Slack's word on somebody is good: whoever leaves or becomes a guest is heard no longer than this. */
const MEMBER_MS = 3_600_000;
/** A guest who becomes a member is heard after this; until then a flood of theirs costs one call. */
const STRANGER_MS = 60_000;
const nobody = new Set(["user_not_found", "user_not_visible"]);

/** `unsure`: Slack can't be asked now, and was never asked before. */
export type Membership = "member" | "stranger" | "unsure";

/**
 * Asks Slack who is a full member here, and remembers that for a while. Guests, bots, people of other organisations and
 * those who have left are strangers.
 */
export function membershipOf(
  client: webApi.WebClient,
  home: Home,
  now: () => number,
): (user: string) => Promise<Membership> {
  const known = new Map<string, { is: "member" | "stranger"; until: number }>();
  return async (user) => {
    const before = known.get(user);
    if (before !== undefined && now() < before.until) return before.is;
    const info = await called(client.users.info({ user }));
    const isAnswer = info.kind === "done" || (info.kind === "refused" && nobody.has(info.error));
    // What the token lacks, or a Slack that is away, says nothing about anybody.
    if (!isAnswer) return before?.is ?? "unsure";
    const is = info.kind === "done" && isFullMember(info.value.user ?? {}, home) ? "member" : "stranger";
    if (known.size > 10_000) known.clear();
    known.set(user, { is, until: now() + (is === "member" ? MEMBER_MS : STRANGER_MS) });
    return is;
  };
}

type User = NonNullable<webApi.UsersInfoResponse["user"]>;

function isFullMember(user: User, { team, enterprise }: Home): boolean {
  const { is_bot, deleted, is_stranger, is_restricted, is_ultra_restricted } = user;
  if (is_bot || deleted || is_stranger || is_restricted || is_ultra_restricted) return false;
  // In an organisation somebody may be at home in another of its workspaces, and some answers name only the organisation.
  const of = user.enterprise_user?.enterprise_id ?? user.enterprise_id;
  return user.team_id === team || (enterprise !== null && of === enterprise);
}

/**
 * Whether what came in may be a member's, by the workspaces that it names. Where the workspace stands alone, all of them
 * must be it: in a shared channel others may speak as well, and an id is somebody's only within a workspace. In an
 * organisation ids are one person's everywhere, and people come from, and write in, workspaces that nobody here can list:
 * there Slack's word on the person decides.
 */
export function mayBeOurs(body: unknown, { team, enterprise }: Home): boolean {
  type Named = {
    team_id?: unknown;
    team?: unknown;
    user_team?: unknown;
    source_team?: unknown;
    user?: unknown;
  };
  const { team_id, team: of, user, event } = body as Named & { event?: Named };
  if (enterprise !== null) return true;
  const named = [
    team_id,
    (of as { id?: unknown } | undefined)?.id,
    (user as { team_id?: unknown } | undefined)?.team_id,
    event?.team,
    event?.user_team,
    event?.source_team,
  ];
  return named.includes(team) && named.every((id) => id === undefined || id === null || id === team);
}
