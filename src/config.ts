import { existsSync, readFileSync } from "node:fs";
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import type { AnyProvider, Configured } from "./platforms/kit/chat-platform.ts";
import { PROVIDERS } from "./platforms/platforms.ts";
import { type ConsoleWay, wayOf } from "./platforms/web/way.ts";
import { openToOthers } from "./store/open-to-others.ts";

/** A setting is wrong; the message is one English line for whoever starts the bot. */
export class ConfigFault extends Error {}

const onOff = z
  .enum(["1", "0", "true", "false", "on", "off", ""])
  .transform((value) => (value === "" ? null : ["1", "true", "on"].includes(value)))
  .nullable()
  .default(null);

/** Variables of the environment that Lantian reads, beside those of chat platforms; `.env.example` documents all. */
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
  /** Loopback, unless `PUBLIC_URL` has everybody sign in. */
  HOST: z.string().trim().min(1).default("127.0.0.1"),
  /** The console's address on a network, as browsers have it. */
  PUBLIC_URL: z
    .string()
    .trim()
    .refine(
      isPublicOrigin,
      "is the console's address on the network alone, such as https://lantian.example.gov.cn",
    )
    .transform((url) => new URL(url).origin)
    .nullable()
    .default(null),
  /** Said on purpose, with `LANTIAN_DEMO=1`: a demonstration that anybody on the network may look at. */
  LANTIAN_OPEN_DEMO: onOff,
  /** Backups that are kept of those made each night; 0: none are made. */
  BACKUP_KEEP: z.coerce.number().int().min(0).max(365).default(7),
  /** What a monitor shows on a network for /health and /metrics. */
  MONITOR_TOKEN: z.string().trim().min(32, "has at least 32 characters").nullable().default(null),
  /** Called once a minute while all is well. */
  HEARTBEAT_URL: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
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
  /** An origin: scheme, host and port. */
  publicUrl: string | null;
  openDemo: boolean;
  /** The chat platforms that are configured. With one, a new database is a real one unless told otherwise. */
  platforms: readonly Configured[];
  /** Backups that are kept of those made each night; 0: none are made. */
  backupKeep: number;
  heartbeatUrl: string | null;
  monitorToken: string | null;
  logLevel: z.output<typeof variables>["LOG_LEVEL"];
};

function isPublicOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === "https:" && url.href === `${url.origin}/` && url.username === "";
}

/** How people come to the console by these settings. @throws ConfigFault where that would be a third way. */
export function consoleWay({ host, publicUrl, demo, openDemo, platforms }: Config): ConsoleWay {
  const way = wayOf({ host, publicUrl, demo, openDemo, hasChat: platforms.length > 0 });
  if ("fault" in way) throw new ConfigFault(way.fault);
  return way;
}

/** The process's environment, with `.env` of the working folder below it where there is one. @throws ConfigFault */
export function environment(): Readonly<Record<string, string | undefined>> {
  if (existsSync(".env")) {
    refuseWhatOthersRead(".env");
    process.loadEnvFile(".env");
  }
  return withSecretFiles(process.env);
}

/** Settings hold tokens. @throws ConfigFault for a file that others than its owner may read. */
export function refuseWhatOthersRead(file: string): void {
  if (openToOthers(file) !== null)
    throw new ConfigFault(
      `others may read ${file}, which is for tokens: chmod 600 ${file}. ${file}存有令牌，其他用户可读，请执行 chmod 600 ${file}`,
    );
}

/** Tokens and secrets may stand in files of their own, as containers and service managers hand them over. */
export function withSecretFiles(
  given: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const read = Object.entries(given).flatMap(([name, path]) => {
    const [, secret] = SECRET_FILE.exec(name) ?? [];
    if (secret === undefined || !path?.trim()) return [];
    if (given[secret]?.trim()) throw new ConfigFault(`${secret} and ${name} are both set; keep one of them`);
    return [[secret, secretIn(name, path.trim())] as const];
  });
  return { ...given, ...Object.fromEntries(read) };
}

const SECRET_FILE = new RegExp(
  `^((?:MONITOR|${PROVIDERS.map(({ name }) => name.toUpperCase()).join("|")})_\\w*(?:TOKEN|SECRET))_FILE$`,
);

function secretIn(name: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new ConfigFault(`${name}: cannot read ${path}: ${(error as NodeJS.ErrnoException).code}`);
  }
  if (text === "") throw new ConfigFault(`${name}: ${path} is empty`);
  return text;
}

/** Reads the environment once. @throws ConfigFault naming each wrong variable and what it should be. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  providers: readonly AnyProvider[] = PROVIDERS,
): Config {
  const known = Object.keys(variables.shape);
  for (const name of Object.keys(environment)) {
    if (!name.startsWith("LANTIAN_") || known.includes(name)) continue;
    const nearest = known.toSorted((a, b) => distance(a, name) - distance(b, name))[0];
    throw new ConfigFault(`${name} is no setting of Lantian; did you mean ${nearest}?`);
  }
  // An empty value, as in a copied .env.example, is a value that isn't set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = variables.safeParse(given);
  const platforms = providers.map((provider) => ({ provider, read: provider.settings.safeParse(given) }));
  const faults = [parsed, ...platforms.map(({ read }) => read)].flatMap(({ error }) => error?.issues ?? []);
  if (!parsed.success || faults.length > 0)
    throw new ConfigFault(faults.map((i) => `${i.path.join(".")}: ${i.message}`).join("; "));
  const v = parsed.data;
  return {
    databaseFile: v.DATABASE_URL.replace(/^file:(\/\/)?/, ""),
    plan: v.LANTIAN_PLAN,
    demo: v.LANTIAN_DEMO,
    demoStart: v.LANTIAN_NOW,
    port: v.PORT,
    host: v.HOST,
    publicUrl: v.PUBLIC_URL,
    openDemo: v.LANTIAN_OPEN_DEMO === true,
    platforms: platforms.flatMap(({ provider, read: { data: settings } }) =>
      settings == null ? [] : [{ provider, settings }],
    ),
    backupKeep: v.BACKUP_KEEP,
    heartbeatUrl: v.HEARTBEAT_URL,
    monitorToken: v.MONITOR_TOKEN,
    logLevel: v.LOG_LEVEL,
  };
}
