import { z } from "zod";

/** What each package that we name ourselves is there for. One that is added needs its line. */
const PURPOSES: Readonly<Record<string, string>> = {
  "@fontsource-variable/noto-sans-sc": "Chinese type for pictures and pages",
  "@hono/node-server": "HTTP server of console and webhooks",
  "@napi-rs/canvas": "drawing of pictures and pages",
  "@slack/bolt": "a chat platform",
  "better-sqlite3": "the database",
  "chinese-s2t": "traditional characters",
  croner: "cron expressions",
  "decimal.js": "rounding of figures by GB/T 8170",
  docx: "Word documents",
  docxtemplater: "an office's own Word templates",
  "drizzle-orm": "queries and migrations",
  echarts: "charts",
  exifreader: "place and time of a photo",
  "fastest-levenshtein": "the nearest name to a mistyped one",
  fflate: "zip archives",
  "file-type": "what a file really is",
  grammy: "a chat platform",
  hono: "routes of console and webhooks",
  "lit-html": "the console's page",
  "modern-tar": "backups",
  "node-cron": "the beat of the clock",
  pino: "the log",
  "pinyin-pro": "names by their sound",
  pizzip: "zip archives of Word templates",
  "prom-client": "metrics",
  "read-excel-file": "reading of workbooks",
  sharp: "photos",
  undici: "chat platforms behind a proxy",
  "write-excel-file": "writing of workbooks",
  yaml: "plan packs",
  zod: "checks at every border",
};

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** Licences of packages that a process is made of; others have to be looked at by somebody before they come in. */
const FREE =
  /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Zlib|OFL-1\.1|CC-BY-4\.0|MPL-2\.0|LGPL-3\.0-or-later)$/;

export type Dependency = {
  name: string;
  version: string;
  licence: string;
  direct: boolean;
  optional: boolean;
};

/** What a lock file brings, in production or for building and testing; by name and version. */
export function dependenciesIn(lock: unknown, part: "production" | "development"): Dependency[] {
  const { packages } = lockFile.parse(lock);
  const own = packages[""]?.dependencies ?? {};
  const found = Object.entries(packages).flatMap(([path, about]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    if (name === "" || (about.dev === true) !== (part === "development")) return [];
    const direct = path === `node_modules/${name}` && name in own;
    return [
      {
        name,
        version: about.version ?? "",
        licence: about.license ?? "none said",
        direct,
        optional: about.optional ?? false,
      },
    ];
  });
  const once = new Map(found.map((one) => [`${one.name}@${one.version}`, one]));
  return [...once.values()].toSorted(
    (a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"),
  );
}

/** Whether everything that an expression asks for is among the free licences, choosing where it lets one choose. */
export function isFree(licence: string): boolean {
  const text = licence.replace(/^\((.*)\)$/, "$1");
  if (text.includes(" OR ")) return text.split(" OR ").some(isFree);
  return text.split(" AND ").every((one) => FREE.test(one));
}

/** `kilobytes` of a package as it is installed; null where it isn't, as for other machines' builds. */
export function dependenciesDocument(lock: unknown, kilobytes: (name: string) => number | null): string {
  const production = dependenciesIn(lock, "production");
  const development = dependenciesIn(lock, "development");
  const row = ({ name, version, licence }: Dependency) =>
    `| ${name} | ${version} | ${licence} | ${size(kilobytes(name))} |`;
  const direct = production.filter((one) => one.direct);
  const purpose = (name: string) => {
    const text = PURPOSES[name];
    if (text === undefined) throw new Error(`${name} has no purpose in src/ops/dependencies-document.ts`);
    return text;
  };
  return `${[
    "# Dependencies",
    "",
    "Drawn from `package-lock.json` by `npm run docs:dependencies`. Sizes are of one installation on Linux x64; a package of another machine's build has none. The project itself is under the licence in `LICENSE`.",
    "",
    `A running office needs ${production.length} packages, ${direct.length} of which we name ourselves; building and testing bring ${development.length} more. All are pinned by hash in the lock file.`,
    "",
    "## What we name ourselves",
    "",
    "| package | version | licence | kB | for |",
    "|---|---|---|--:|---|",
    ...direct.map((one) => `${row(one)} ${purpose(one.name)} |`),
    "",
    "## Licences",
    "",
    "| licence | in production | in development |",
    "|---|--:|--:|",
    ...licences(production, development),
    "",
    "MPL-2.0 and LGPL-3.0 packages are used unchanged, as libraries of their own (LGPL: the image library that `sharp` loads at run time); that asks for their notices, not for our source.",
    "",
    "## What they bring in production",
    "",
    "| package | version | licence | kB |",
    "|---|---|---|--:|",
    ...production.filter((one) => !one.direct).map(row),
    "",
    "## For building and testing only",
    "",
    "| package | version | licence | kB |",
    "|---|---|---|--:|",
    ...development.map(row),
  ].join("\n")}\n`;
}

const size = (kb: number | null): string => (kb === null ? "–" : String(kb));

function licences(production: readonly Dependency[], development: readonly Dependency[]): string[] {
  const count = (of: readonly Dependency[], licence: string) =>
    of.filter((one) => one.licence === licence).length;
  const names = new Set([...production, ...development].map(({ licence }) => licence));
  return [...names]
    .toSorted((a, b) => a.localeCompare(b, "en"))
    .map((licence) => `| ${licence} | ${count(production, licence)} | ${count(development, licence)} |`);
}
