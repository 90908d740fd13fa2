import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonId } from "../../src/domain/ids.ts";
import type { Conversation } from "../../src/store/messages.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
const [mine, others]: Conversation[] = [{ personId: 1 as PersonId }, { chat: "visitor" }];
beforeAll(async () => {
  office = await anOffice();
  for (let nth = 1; nth <= 5; nth++)
    for (const [platform, conversation] of [
      ["web", mine],
      ["web", others],
      ["terminal", mine],
    ] as const)
      await office.bot.store.write((w) =>
        w.messages.add({
          platform,
          conversation: conversation as Conversation,
          direction: "in",
          text: `${platform} ${nth}`,
          at: nth,
        }),
      );
});
afterAll(() => office.close());

test.each([
  ["a person's", mine],
  ["a visitor's", others],
])(
  "%s conversation on a platform is read back page by page, each oldest first",
  async (_whose, conversation) => {
    const read = (limit: number, before?: number) =>
      office.bot.store.read((r) => r.messages.history("web", conversation as Conversation, limit, before));
    const newest = await read(2);
    expect(newest.map(({ text }) => text)).toEqual(["web 4", "web 5"]);
    const earlier = await read(2, newest[0]?.id);
    expect(earlier.map(({ text }) => text)).toEqual(["web 2", "web 3"]);
    expect((await read(9, earlier[0]?.id)).map(({ text }) => text)).toEqual(["web 1"]);
  },
);
