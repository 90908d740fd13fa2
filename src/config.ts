import { existsSync } from "node:fs";
import { distance } from "fastest-levenshtein";
import { z } from "zod";

/** A setting is wrong; the message is one English line for whoever starts the bot. */
export class ConfigFault extends Error {}

/** `null` for a variable that isn't set or is empty. */
const text = z
  .string()
  .trim()
  .transform((value) => (value === "" ? null : value))
  .nullable()
  .default(null);
const onOff = z
  .enum(["1", "0", "true", "false", "on", "off", ""])
  .transform((value) => (value === "" ? null : ["1", "true", "on"].includes(value)))
  .nullable()
  .default(null);

/** Every variable of the environment that Lantian reads; `.env.example` documents the same list. */
const variables = z.object({
  /** `file:` URL or path of the SQLite database. */
  DATABASE_URL: z.string().trim().min(1).default("file:data/lantian.db"),
  /** Folder of the plan pack: its name in `seeds/`, or a path. */
  LANTIAN_PLAN: z.string().trim().default("nantong-2020"),
  /** Demonstration data and clock. Unset: on for a new database while no chat platform is configured. */
  LANTIAN_DEMO: onOff,
  /** Start of the demonstration clock, office local time; unset: a Monday morning in June of the plan's year. */
  LANTIAN_NOW: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "is a local time such as 2020-06-15T09:00")
    .nullable()
    .default(null),
  PORT: z.coerce.number().int().min(0).max(65535).default(8020),
  /** Loopback unless told otherwise: the console has no password of its own. */
  HOST: z.string().trim().min(1).default("127.0.0.1"),
  SLACK_BOT_TOKEN: text,
  SLACK_SIGNING_SECRET: text,
  SLACK_APP_TOKEN: text,
  SLACK_API_URL: text,
  TELEGRAM_BOT_TOKEN: text,
  TELEGRAM_API_ROOT: text,
  /** Public address that Telegram sends updates to; without it they are fetched and nothing listens. */
  TELEGRAM_WEBHOOK_URL: text,
  TELEGRAM_WEBHOOK_SECRET: text,
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type Config = {
  databaseFile: string;
  /** A name in `seeds/`, or a path. */
  plan: string;
  demo: boolean | null;
  demoStart: string | null;
  port: number;
  host: string;
  /** Whether a chat platform is configured: then a new database is a real one unless told otherwise. */
  hasPlatform: boolean;
  /** Null while no bot token is set. With an app token Slack is reached over Socket Mode and no port is opened. */
  slack: {
    botToken: string;
    signingSecret: string | null;
    appToken: string | null;
    apiUrl: string | null;
  } | null;
  /** Null while no bot token is set. */
  telegram: TelegramConfig | null;
  logLevel: z.output<typeof variables>["LOG_LEVEL"];
};

export type TelegramConfig = {
  token: string;
  /** Null for Telegram's own servers. */
  apiRoot: string | null;
  /** Null: updates are fetched. */
  webhook: { url: string; secret: string } | null;
};

/** The process's environment, with `.env` of the working folder below it where there is one. */
export function environment(): Readonly<Record<string, string | undefined>> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return process.env;
}

/** Reads the environment once. @throws ConfigFault naming each wrong variable and what it should be. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const known = Object.keys(variables.shape);
  for (const name of Object.keys(environment)) {
    if (!name.startsWith("LANTIAN_") || known.includes(name)) continue;
    const nearest = known.toSorted((a, b) => distance(a, name) - distance(b, name))[0];
    throw new ConfigFault(`${name} is no setting of Lantian; did you mean ${nearest}?`);
  }
  // An empty value, as in a copied .env.example, is a value that isn't set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw new ConfigFault(parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; "));
  }
  const v = parsed.data;
  if (v.SLACK_BOT_TOKEN !== null && v.SLACK_SIGNING_SECRET === null && v.SLACK_APP_TOKEN === null)
    throw new ConfigFault(
      "SLACK_BOT_TOKEN alone is not enough: set SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)",
    );
  return {
    databaseFile: v.DATABASE_URL.replace(/^file:(\/\/)?/, ""),
    plan: v.LANTIAN_PLAN,
    demo: v.LANTIAN_DEMO,
    demoStart: v.LANTIAN_NOW,
    port: v.PORT,
    host: v.HOST,
    hasPlatform: v.SLACK_BOT_TOKEN !== null || v.TELEGRAM_BOT_TOKEN !== null,
    slack:
      v.SLACK_BOT_TOKEN === null
        ? null
        : {
            botToken: v.SLACK_BOT_TOKEN,
            signingSecret: v.SLACK_SIGNING_SECRET,
            appToken: v.SLACK_APP_TOKEN,
            apiUrl: v.SLACK_API_URL,
          },
    telegram: telegramOf(v),
    logLevel: v.LOG_LEVEL,
  };
}

function telegramOf(v: z.output<typeof variables>): TelegramConfig | null {
  if (v.TELEGRAM_BOT_TOKEN === null) return null;
  if (!/^\d+:[\w-]+$/.test(v.TELEGRAM_BOT_TOKEN))
    throw new ConfigFault("TELEGRAM_BOT_TOKEN is no bot token; BotFather gives one such as 123456:ABC-DEF");
  const root = withoutSlash(v.TELEGRAM_API_ROOT);
  const url = withoutSlash(v.TELEGRAM_WEBHOOK_URL);
  const secret = v.TELEGRAM_WEBHOOK_SECRET ?? "";
  if (url !== null && !/^https:\/\/[^\s?#]+$/.test(url))
    throw new ConfigFault("TELEGRAM_WEBHOOK_URL: Telegram sends to https addresses only");
  if (url !== null && !/^[\w-]{32,256}$/.test(secret))
    throw new ConfigFault("TELEGRAM_WEBHOOK_SECRET must have 32 to 256 letters, digits, _ or -");
  const webhook = url === null ? null : { url, secret };
  return { token: v.TELEGRAM_BOT_TOKEN, apiRoot: root, webhook };
}

const withoutSlash = (url: string | null) => url?.replace(/\/+$/, "") ?? null;
