import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aCheckout } from "./support/checkout.ts";
import { aDatabaseIn } from "./support/office.ts";

const root = join(import.meta.dirname, "..");
const guides = ["README.md", "CONTRIBUTING.md"]
  .map((name) => readFileSync(join(root, name), "utf8"))
  .join("\n");

/** The examples of the guides, by the path that each is said to have: “`commands/stations.ts`, whole:”. */
const examples: Readonly<Record<string, string>> = Object.fromEntries(
  [...guides.matchAll(/`((?:commands|schedules|src)\/[\w/-]+\.ts)`, whole:\n\n```ts\n([\s\S]*?)```/g)].map(
    ([, path = "", text = ""]) => [path, text],
  ),
);

test("what the guides say to add is one file each, and works in a checkout with nothing else changed", async () => {
  expect(Object.keys(examples).toSorted()).toEqual([
    "commands/stations.ts",
    "schedules/unacknowledged.ts",
    "src/incoming/kinds/road-dust.ts",
    "src/issues/steps/summon.ts",
    // The one that is there already, as the guide prints it.
    "src/platforms/slack/provider.ts",
  ]);
  const { folder, runner } = aCheckout(examples);
  await aDatabaseIn(folder);
  const run = runner();
  const json = async (...how: Parameters<typeof run>) => JSON.parse((await run(...how)).stdout);
  const say = (who: string, text: string) => json("say", ["--json", "--as", who, text]);

  // The command: asked for, and in the help.
  expect((await say("海安联络员", "站点")).facts.rows).toHaveLength(4);
  expect(
    (await say("海安联络员", "帮助")).facts.commands.map(({ name }: { name: string }) => name),
  ).toContain("stations");
  // The step: its button is drawn.
  expect(
    (await say("市办", "NT-2020-000006")).card.actions.map(({ label }: { label: string }) => label),
  ).toContain("约谈");
  // The kind of import: told by its columns.
  writeFileSync(join(folder, "dust.csv"), "月份,县区,道路,积尘量,面积\n2020-05,海安,甲路,3.0,16\n");
  expect(await json("import", [join(folder, "dust.csv"), "--json"])).toMatchObject({
    kind: "road-dust",
    added: 1,
  });
  // The job: it runs at its slot.
  const played = await json("play", ["--from", "2020-06-16", "--to", "2020-06-16", "--json"]);
  const told = played.deliveries.filter(({ job }: { job: string }) => job === "unacknowledged");
  expect(told.map(({ audience, title }: Record<string, string>) => [audience, title])).toEqual([
    ["市办", "待签收：1件"],
  ]);
});

test("a pack is one folder: a new office opens with it", () => {
  const { folder, run } = aCheckout({});
  cpSync(join(root, "test/packs/lanwan-2023"), join(folder, "seeds/lanwan-2023"), { recursive: true });
  const asked = run("src/ops/say.ts", ["--as", "市办", "--json", "东山 5月"], {
    LANTIAN_PLAN: "lanwan-2023",
  });
  expect(JSON.parse(asked.stdout)).toMatchObject({ ok: true, facts: { county: "东山" } });
});
