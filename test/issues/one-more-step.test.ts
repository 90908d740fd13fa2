import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { loadSteps } from "../../src/issues/load-steps.ts";
import { aCheckout } from "../support/checkout.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";

const root = join(import.meta.dirname, "../..");
const HAIAN = "NT-2020-000006";

/** What a contributor writes: the whole example of CONTRIBUTING.md. */
const guide = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const SUMMON = guide.match(/```ts\n((?:(?!```)[\s\S])*?export default step\([\s\S]*?)```/)?.[1] ?? "";

test("a step more is a file more: its button is drawn and pressed, it is told, kept, and drawn into docs/issues.md", async () => {
  const { folder, script, runner } = aCheckout({ "src/issues/steps/summon.ts": SUMMON });
  const file = await aDatabaseIn(folder);
  const run = runner();
  const say = async (who: string, ...what: string[]) =>
    JSON.parse((await run("say", ["--json", "--as", who, ...what])).stdout);

  const [button] = (await say("市办", HAIAN)).card.actions;
  expect(button).toMatchObject({
    label: "约谈",
    fields: [{ name: "text", label: "约谈要求", required: true }],
  });
  const pressed = await say("市办", "--press", button.action, "--fill", "text=请今天覆盖");
  expect(pressed.card.title).toBe("已约谈");
  expect(pressed.facts.issue).toMatchObject({ state: "assigned" });
  expect(pressed.facts.issue.history.at(-1)).toMatchObject({ step: "约谈", by: "市办", text: "请今天覆盖" });
  expect(pressed.deliveries).toEqual(
    ["海安联络员", "住建联络员"].map((audience) => ({
      audience,
      title: "海安被约谈：工地裸土未覆盖，出入口未冲洗",
    })),
  );

  const raw = new Database(file, { readonly: true });
  const newest = (of: string) => raw.prepare(`select ${of} order by id desc limit 1`).pluck().get();
  expect([newest("step from issue_event"), newest("act from audit")]).toEqual(["summon", "issue.summon"]);
  raw.close();

  const offered = (await say("海安联络员", HAIAN)).card.actions.map(
    (action: { label: string }) => action.label,
  );
  expect(offered).toContain("签收");
  expect(offered).not.toContain("约谈");

  script("src/ops/draw-issues-document.ts");
  const drawn = readFileSync(join(folder, "docs/issues.md"), "utf8");
  expect(drawn).toContain(
    "| 约谈 `summon` | 待签收、已签收、整改中 | stays | office 市办, supervision 督查 | reason | unit 责任单位 |  |",
  );
  expect(drawn).toContain("stands where it stood (约谈、");
});

test("so is one that ends an issue in another: its own words say why not, and the other's history names it", async () => {
  const FOLD = `
    import { z } from "zod";
    import { arg } from "../../chat/args.ts";
    import { refuse } from "../../chat/refusal.ts";
    import { ASSIGNERS } from "../../domain/issues/states.ts";
    import { step } from "../step.ts";
    export default step({
      id: "fold",
      words: { name: "归并" },
      from: ["assigned"],
      to: "merged",
      by: ASSIGNERS,
      form: z.object({ into: arg.text("归入的问题编号") }),
      into: (_, other) => (other.level === "重大" ? null : refuse("usage", "只能归入重大问题。")),
      told: ["unit"],
      button: { place: 15 },
    });`;
  const { folder, runner } = aCheckout({ "src/issues/steps/fold.ts": FOLD });
  await aDatabaseIn(folder);
  const run = runner();
  const as = ["--json", "--as", "市办"];
  const say = async (...what: string[]) => JSON.parse((await run("say", [...as, ...what])).stdout);
  const buttonOf = async () =>
    (await say(HAIAN)).card.actions.find(({ label }: { label: string }) => label === "归并").action;
  const { no } = (await say("交办 海安 “东城花园裸土未覆盖” 2020-06-30 重大")).facts.issue;
  const refused = await run("say", [...as, "--press", await buttonOf(), "--fill", "into=NT-2020-000001"]);
  expect(refused.stdout).toContain("只能归入重大问题。");
  const folded = await say("--press", await buttonOf(), "--fill", `into=${no}`);
  expect(folded.facts.issue.state).toBe("merged");
  expect((await say(no)).facts.issue.absorbed).toEqual([HAIAN]);
});

describe("a file that declares no sound step keeps the bot from starting, by name", () => {
  const declared = (differs: string) =>
    `export default { kind: "step", id: "summon", from: ["draft"], by: ["office"], form: { shape: {} }, button: {}, ${differs} };`;
  test.each([
    ["no step", "export const summon = 1;", "summon.ts exports no step"],
    ["another id than its name", declared('id: "hurry"'), 'its id is "hurry", and names its file'],
    ["nobody who may take it", declared("by: []"), "nobody can ever take it"],
    [
      "a reason that its form doesn't ask for",
      declared('needs: { text: "reason" }'),
      "its form asks for none",
    ],
    ["another issue that its form doesn't ask for", declared("into: () => null"), "its form asks for none"],
    [
      "a date that its form doesn't ask for",
      declared('needs: { due: "deadline" }'),
      "its form asks for none",
    ],
  ])("%s", async (_, text, fault) => {
    const folder = join(aFolder(), "steps");
    mkdirSync(folder);
    writeFileSync(join(folder, "summon.ts"), text);
    await expect(loadSteps(folder)).rejects.toThrow(fault);
  });
});
