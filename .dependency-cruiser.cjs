// Imports point one way (docs in CONTRIBUTING.md). Each rule names what a folder may not reach.
const onlyIn = (name, packages, folder) => ({
  name,
  severity: "error",
  comment: `${packages} belong to ${folder}: one place each, so that one adapter can change without the rest`,
  from: { path: "^(src|commands|schedules|seeds)/", pathNot: `^${folder}` },
  to: { path: `node_modules/(${packages})/` },
});
const never = (from, to, comment, pathNot) => ({
  name: `${from} -> ${to}`.replace(/[\^()]/g, ""),
  severity: "error",
  comment,
  from: { path: from, ...(pathNot ? { pathNot } : {}) },
  to: { path: to },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "type-import"] } },
    },
    never(
      "^src/domain/",
      "^(src/(?!domain/)|commands|schedules|seeds|bench)",
      "the rules know nothing but themselves",
    ),
    never(
      "^src/store/",
      "^(src/(?!store/|domain/)|commands|schedules|seeds)",
      "the store knows the rules and SQL",
    ),
    never(
      "^src/intake/",
      "^(src/(?!intake/|domain/)|commands|schedules|seeds)",
      "readers of files know the rules only",
    ),
    never(
      "^src/chat/",
      "^(src/(platforms|delivery|scheduler|ops)|seeds)",
      "the vocabulary knows no platform",
    ),
    never(
      "^(commands|schedules)/",
      "^src/(platforms|delivery|scheduler|ops|intake)",
      "a command knows nothing of platforms",
    ),
    never("^commands/", "^schedules/", "jobs may not be asked by commands"),
    never("^schedules/", "^commands/", "what both need stands in src/chat"),
    never(
      "^src/(delivery|scheduler)/",
      "^(src/platforms|commands|schedules|seeds)",
      "the engine knows no platform",
    ),
    never("^src/(?!ops/)", "^seeds/", "only the start-up brings in demonstration data"),
    onlyIn("Bolt only in slack", "@slack", "src/platforms/slack/"),
    onlyIn("grammY only in telegram", "grammy", "src/platforms/telegram/"),
    onlyIn("drizzle only in the store", "drizzle-orm|better-sqlite3", "src/store/"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "src/platforms/web/page" },
    tsPreCompilationDeps: true,
    parser: "swc",
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
