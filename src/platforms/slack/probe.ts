import type { Finding } from "../../store/inspection.ts";
import { type Asked, askPlatform, clockFinding } from "../kit/ask-platform.ts";
import { manifestOf } from "./manifest.ts";
import type { SlackSettings } from "./settings.ts";

type Answer = { ok?: boolean; error?: string; team?: string; user?: string; bot_id?: string };

/** Looks at the bot's place in Slack without changing or sending anything: the tokens, the scopes, the clock. */
export async function probeSlack(settings: SlackSettings, timeoutMs?: number): Promise<Finding[]> {
  const ask = (method: string, token: string) =>
    askPlatform(
      `${settings.apiUrl ?? "https://slack.com/api/"}${method}`,
      { method: "POST", headers: { authorization: `Bearer ${token}` } },
      timeoutMs,
    );
  const me = await ask("auth.test", settings.botToken);
  if (me.kind === "silence") return [unreached(me.why)];
  const findings = [botToken(me), ...scopes(me), ...clockFinding("Slack", me.clockOff)];
  if (settings.appToken === null)
    return [
      ...findings,
      {
        name: "slack connection",
        ok: true,
        detail: "over HTTP; whether Slack reaches it, Slack's app page says",
      },
    ];
  const socket = await ask("apps.connections.open", settings.appToken);
  return [...findings, socket.kind === "silence" ? unreached(socket.why) : appToken(socket)];
}

const unreached = (why: string): Finding => ({
  name: "slack",
  ok: false,
  detail: `can't be reached (${why})`,
  mend: "check the network, the proxy (HTTPS_PROXY), and SLACK_API_URL",
});

function botToken(asked: Extract<Asked, { kind: "answer" }>): Finding {
  const name = "slack bot token";
  const { ok, error, team, user, bot_id } = (asked.body ?? {}) as Answer;
  if (ok !== true)
    return {
      name,
      ok: false,
      detail: `Slack refuses it: ${error ?? `HTTP ${asked.status}`}`,
      mend: "copy the Bot User OAuth Token from the app's page OAuth & Permissions into SLACK_BOT_TOKEN",
    };
  if (bot_id === undefined)
    return {
      name,
      ok: false,
      detail: "it belongs to a person, not to a bot",
      mend: "take the one that begins xoxb-",
    };
  return { name, ok: true, detail: `${user ?? bot_id} in ${team ?? "its workspace"}` };
}

/** The scopes that Slack grants stand in a header of each answer. */
function scopes({ headers }: Extract<Asked, { kind: "answer" }>): Finding[] {
  const header = headers.get("x-oauth-scopes");
  if (header === null) return [];
  const granted = new Set(header.split(",").map((scope) => scope.trim()));
  const wanted = manifestOf([], { prefix: "", url: null }).oauth_config.scopes.bot;
  const missing = wanted.filter((scope) => !granted.has(scope));
  if (missing.length === 0) return [{ name: "slack scopes", ok: true, detail: `all ${wanted.length}` }];
  return [
    {
      name: "slack scopes",
      ok: false,
      detail: `missing: ${missing.join(", ")}`,
      mend: "put the manifest (npm run manifest) into the app and install it anew",
    },
  ];
}

function appToken(asked: Extract<Asked, { kind: "answer" }>): Finding {
  const name = "slack app token";
  const { ok, error } = (asked.body ?? {}) as Answer;
  if (ok === true) return { name, ok: true, detail: "Socket Mode may be opened" };
  return {
    name,
    ok: false,
    detail: `Slack refuses it: ${error ?? `HTTP ${asked.status}`}`,
    mend: "make one with connections:write on the app's page Basic Information and put it into SLACK_APP_TOKEN",
  };
}
