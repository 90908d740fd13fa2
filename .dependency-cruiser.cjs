// Imports point one way (docs in CONTRIBUTING.md). Each rule names what a folder may not reach.
const onlyIn = (name, packages, folder) => ({
  name,
  severity: "error",
  comment: `${packages} belong to ${folder}: one place each, so that one adapter can change without the rest`,
  from: { path: "^(src|commands|schedules|seeds)/", pathNot: `^${folder}` },
  to: { path: `node_modules/(${packages})/` },
});
/** Rooms of the house, and what each may import beside itself: an arrow allows what lies below it, too. */
const ground = ["domain"];
const words = ["chat", "office", "store", ...ground];
const matter = [...words, "intake", "output", "aside"];
const field = ["alerts", "towns", "patrols", "enterprises", "responses", "seasons", "duties"];
const features = [
  ...["air", "plan", "issues", "members", "answers", "runs", "meetings", "papers", "calendar"],
  ...field,
];
const rooms = {
  domain: [],
  store: ground,
  aside: [],
  intake: ["aside", ...ground],
  output: ["aside", ...ground],
  office: ["store", ...ground],
  chat: ["office", "store", ...ground],
  air: [...matter, "plan"],
  plan: matter,
  issues: matter,
  members: [...matter, "issues", "papers"],
  answers: matter,
  meetings: [...matter, "air", "plan", "issues", "members", "papers", "duties"],
  runs: matter,
  // Its kinds say what each paper is about; meetings have theirs there.
  papers: [...matter, "air", "plan", "issues", "runs", "meetings", ...field],
  alerts: [...matter, "air", "issues"],
  towns: [...matter, "air"],
  patrols: [...matter, "air", "issues", "towns"],
  enterprises: [...matter, "air", "issues", "members"],
  responses: [...matter, "air", "issues", "enterprises", "papers"],
  seasons: [...matter, "air", "responses"],
  duties: [...matter, "plan", "seasons", "runs"],
  calendar: [...matter, "runs", "issues", "meetings", "seasons"],
  bot: [...words, "clock.ts"],
  delivery: ["bot", ...features, ...matter],
  scheduler: ["bot", ...features, ...matter, "clock.ts"],
  incoming: ["bot", ...features, ...matter],
  platforms: ["bot", "delivery", "incoming", ...features, ...matter],
};
const only = (room, allowed, comment) => ({
  name: `${room} -> ${allowed.join(", ") || "nothing"}`,
  severity: "error",
  comment,
  from: { path: `^${room}/` },
  to: { path: "^(src|commands|schedules|seeds|bench|test)/", pathNot: `^(${[room, ...allowed].join("|")})` },
});
const inside = Object.entries(rooms).map(([room, allowed]) =>
  only(
    `src/${room}`,
    allowed.map((name) => `src/${name}`),
    "imports point one way: see the map in CONTRIBUTING.md",
  ),
);
const asked = [...features, ...matter].map((name) => `src/${name}/`);

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...inside,
    only("commands", asked, "a command asks a feature and knows nothing of platforms"),
    only("schedules", asked, "a job is a command that the clock asks"),
    only(
      "src/issues/steps",
      ["domain", "office", "chat", "issues/(step|fields|terms|named-unit|subunits)\\.ts"].map(
        (name) => `src/${name}`,
      ),
      "a step is data and pure rules: it asks no store and sends nothing",
    ),
    {
      name: "no step waits for itself",
      severity: "error",
      comment:
        "the loop waits for every step, so that a step which reached it would keep the bot from starting",
      from: { path: "^src/issues/steps/" },
      to: { path: "^src/issues/loop\\.ts$", reachable: true },
    },
    {
      name: "no kind of paper waits for itself",
      severity: "error",
      comment:
        "what is declared is loaded file by file, so that a kind which reached it would keep the bot from starting",
      from: { path: "^src/papers/kinds/" },
      to: { path: "^src/papers/declared\\.ts$", reachable: true },
    },
    {
      name: "seeds only from ops",
      severity: "error",
      comment: "only the start-up brings in demonstration data",
      from: { path: "^src/", pathNot: "^src/ops/" },
      to: { path: "^seeds/" },
    },
    onlyIn("Bolt only in slack", "@slack", "src/platforms/slack/"),
    onlyIn("grammY only in telegram", "grammy", "src/platforms/telegram/"),
    onlyIn("lit-html only in the console's page", "lit-html", "src/platforms/web/page/"),
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
