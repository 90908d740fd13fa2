import { argsOf } from "../../chat/args.ts";
import type { AnyCommand } from "../../chat/command.ts";
import { EVENTS_PATH } from "./receivers.ts";

/** Slack's own commands: an app can't have them, or would never be asked. */
const builtIn = new Set(
  "active archive away call collapse dm dnd expand feed help huddle invite join keys leave me msg mute open part people prefs remind remove rename search shortcuts shrug star status topic unarchive who".split(
    " ",
  ),
);

/** Limits of slackapi/manifest-schema. */
const LIMITS = { command: 32, description: 2000, hint: 1000, appDescription: 140, events: 100 } as const;

/** What the bot hears of: the talk of channels only for the numbers of issues, and for edits of what was said to it. */
const EVENTS = ["app_home_opened", "app_mention", "message.channels", "message.groups", "message.im"];

/** What the bot may do in Slack, each scope with its reason. */
const scopes = {
  "app_mentions:read": "hear who mentions it",
  "channels:history":
    "read back whether a notice in doubt stands in a public channel, and hear numbers of issues there",
  "groups:history": "the same in a private channel",
  "channels:read": "look whether it may post in a public channel before that is promised",
  "channels:join": "go into a public channel that is bound",
  "groups:read": "look whether it may post in a private channel",
  "chat:write": "answer and notify",
  commands: "slash commands",
  "files:read": "fetch the tables, photos and documents that people send",
  "files:write": "send photos, workbooks and letters that go with a card",
  "im:history": "hear direct messages",
  "im:write": "open direct messages",
  "users:read": "tell members from bots and guests",
} as const;

/**
 * The app manifest, made from the commands there are. A command whose name is Slack's own gets a prefix in any case.
 * @param url https address of the bot as Slack reaches it, without a path; null for Socket Mode.
 * @param orgWide whether it may be installed in a whole organisation (Enterprise Grid), not in one workspace only.
 * @throws Error naming the address that Slack would refuse, or the command that exceeds what it allows.
 */
export function manifestOf(
  commands: readonly AnyCommand[],
  options: { prefix: string; url: string | null; orgWide?: boolean },
) {
  const { prefix, url, orgWide = false } = options;
  if (url !== null && !/^https:\/\/[^\s?#]+$/.test(url))
    throw new Error(`Slack posts to https addresses only, and this is none: "${url}"`);
  const requestUrl = url === null ? {} : { request_url: `${url.replace(/\/+$/, "")}${EVENTS_PATH}` };
  const sent = url === null ? {} : { url: `${url.replace(/\/+$/, "")}${EVENTS_PATH}` };
  return {
    display_information: {
      name: "蓝天",
      description: "大气污染防治联席会议办公室的值班助手：查空气质量和任务进度，交办和办理问题",
      background_color: "#1f5f8b",
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: "蓝天", always_online: true },
      slash_commands: commands.map((command) => ({
        command: slashName(command.name, prefix),
        description: within(
          command,
          "description",
          `${command.words[0]}：${command.help.does}`,
          LIMITS.description,
        ),
        ...(hintOf(command) === ""
          ? {}
          : { usage_hint: within(command, "usage hint", hintOf(command), LIMITS.hint) }),
        should_escape: false,
        ...sent,
      })),
    },
    oauth_config: { scopes: { bot: Object.keys(scopes) } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: EVENTS },
      interactivity: { is_enabled: true, ...requestUrl },
      socket_mode_enabled: url === null,
      org_deploy_enabled: orgWide,
      token_rotation_enabled: false,
    },
  };
}

/** `/county`, or with a prefix where one is asked for or the name is Slack's own. */
function slashName(name: string, prefix: string): string {
  const wanted = prefix || (builtIn.has(name) ? "lt-" : "");
  const slash = `/${wanted}${name}`;
  if (!/^\/[a-z0-9_-]+$/.test(slash) || slash.length > LIMITS.command)
    throw new Error(
      `Slack takes no command "${slash}": small Latin letters, digits, - and _, 32 signs at most`,
    );
  return slash;
}

/** What may follow the name: what it must have, and in brackets what may be left out. */
function hintOf(command: AnyCommand): string {
  return argsOf(command.args)
    .filter(([, meta]) => !meta.formOnly)
    .map(([, meta]) => (meta.optional || meta.otherwise !== undefined ? `[${meta.label}]` : meta.label))
    .join(" ");
}

function within(command: AnyCommand, what: string, text: string, most: number): string {
  if (text.length > most) throw new Error(`the ${what} of "${command.name}" is longer than ${most} signs`);
  return text;
}
