import { expect, test } from "vitest";
import { aCheckout } from "../support/checkout.ts";

const declared = (top: string, more = "") => `
import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { action, buttonsOf } from "../src/chat/action.ts";
import { command } from "../src/chat/command.ts";
import { paper } from "../src/chat/paper.ts";
import { says } from "../src/chat/says.ts";
${top}
export default command({
  name: "odd",
  words: ["怪事"],
  help: { does: "试", example: "怪事" },
  who: anyone,
  args: z.object({}),
  async answer() {
    return { title: "怪事", blocks: [], ${more} };
  },
});`;

const act = `action({ name: "odd.act", label: "办", params: z.object({}), fields: z.object({}), press: async () => ({ title: "办了", blocks: [] }) })`;
const paperOf = `paper({ name: "odd.paper", params: z.object({}), data: async () => 1, render: async () => ({ name: "a", type: "text/plain", bytes: new Uint8Array() }) })`;

test.each([
  [
    "a button that says a word to no command",
    `const to = says("不存在");`,
    `buttons: [to("看")]`,
    'buttons say "不存在" to no command',
  ],
  [
    "a button of an action that nobody declares",
    `const to = buttonsOf("odd.none", z.object({}));`,
    `buttons: [to("看", {})]`,
    'exports the action "odd.none"',
  ],
  [
    "an action that is declared and not exported",
    `const act = ${act};`,
    `buttons: [act.button({})]`,
    'exports the action "odd.act"',
  ],
  [
    "a paper that is declared and not exported",
    `const made = ${paperOf};`,
    `files: [made.file({}, { name: "a" })]`,
    'exports the paper "odd.paper"',
  ],
])("the bot doesn't start with %s, and says which", (_, top, more, said) => {
  const { run } = aCheckout({ "commands/odd.ts": declared(top, more) });
  const ran = run("src/ops/say.ts", ["--as", "市办", "帮助"]);
  expect(ran.status).not.toBe(0);
  expect(ran.stderr).toContain(said);
});

test("with all of them in place it starts", () => {
  const top = `const to = says("怪事");\nexport const act = ${act};\nexport const made = ${paperOf};`;
  const more = `buttons: [to("看"), act.button({})], files: [made.file({}, { name: "a" })]`;
  const { script } = aCheckout({ "commands/odd.ts": declared(top, more) });
  expect(script("src/ops/say.ts", "--as", "市办", "怪事")).toContain("怪事");
});
