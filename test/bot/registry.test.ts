import { expect, test } from "vitest";
import { aCheckout } from "../support/checkout.ts";
import { aDatabaseIn } from "../support/office.ts";

/** A command file that is sound but for what the test puts in. */
const declared = (name: string, top: string, more = "") => `
import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { action, buttonsOf } from "../src/chat/action.ts";
import { command } from "../src/chat/command.ts";
import { paper } from "../src/chat/paper.ts";
import { says } from "../src/chat/says.ts";
${top}
export default command({
  name: "${name}",
  words: ["怪事${name}"],
  help: { does: "试", example: "怪事${name}" },
  who: anyone,
  args: z.object({}),
  async answer() {
    return { title: "怪事", blocks: [], ${more} };
  },
});`;

const act = (name: string) =>
  `action({ name: "${name}.act", label: "办", params: z.object({}), fields: z.object({}), press: async () => ({ title: "办了", blocks: [] }) })`;
const paperOf = (name: string) =>
  `paper({ name: "${name}.paper", params: z.object({}), data: async () => 1, render: async () => ({ name: "a", type: "text/plain", bytes: new Uint8Array() }) })`;

test("the bot doesn't start with a button or a file that comes to nothing, and says which", async () => {
  const { folder, run } = aCheckout({
    "commands/odda.ts": declared("odda", `const to = says("不存在");`, `buttons: [to("看")]`),
    "commands/oddb.ts": declared(
      "oddb",
      `const to = buttonsOf("oddb.none", z.object({}));`,
      `buttons: [to("看", {})]`,
    ),
    "commands/oddc.ts": declared("oddc", `const act = ${act("oddc")};`, `buttons: [act.button({})]`),
    "commands/oddd.ts": declared(
      "oddd",
      `const made = ${paperOf("oddd")};`,
      `files: [made.file({}, { name: "a" })]`,
    ),
  });
  await aDatabaseIn(folder);
  const ran = run("src/ops/say.ts", ["--as", "市办", "帮助"]);
  expect(ran.status).not.toBe(0);
  // A word that no command has, an action that nobody declares, and an action and a paper that are declared and not exported.
  for (const fault of [
    'buttons say "不存在" to no command',
    'exports the action "oddb.none"',
    'exports the action "oddc.act"',
    'exports the paper "oddd.paper"',
  ])
    expect(ran.stderr).toContain(fault);
  // Each is named by its own command's file alone: what is sound isn't complained of.
  expect(ran.stderr.split("; ")).toHaveLength(4);
});

test("with all of them in place it starts", async () => {
  const top = `const to = says("怪事odd");\nexport const act = ${act("odd")};\nexport const made = ${paperOf("odd")};`;
  const more = `buttons: [to("看"), act.button({})], files: [made.file({}, { name: "a" })]`;
  const { folder, script } = aCheckout({ "commands/odd.ts": declared("odd", top, more) });
  await aDatabaseIn(folder);
  expect(script("src/ops/say.ts", "--as", "市办", "怪事odd")).toContain("怪事");
});
