import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deliveryDocument } from "../../src/delivery/document/delivery-document.ts";
import { PLATFORMS } from "../../src/platforms/platforms.ts";
import { anOffice } from "../support/office.ts";
import { aSlackOffice } from "../support/slack/office.ts";
import { aStage } from "../support/telegram/stage.ts";

test("docs/delivery.md is what the worker does: npm run docs:delivery brings it up to date", async () => {
  const office = await anOffice();
  try {
    const person = await office.bot.store.read((r) => r.people.byName("海安联络员"));
    if (person === null) throw new Error("no liaison");
    const drawn = await deliveryDocument(office.bot, person);
    expect(readFileSync(join(import.meta.dirname, "../../docs/delivery.md"), "utf8")).toBe(drawn);
    expect(drawn).not.toMatch(/undefined|null|NaN|\[object/);
  } finally {
    office.close();
  }
});

test("a platform says truly whether a message in doubt can be looked for there", async () => {
  const saysSo = new Map(PLATFORMS.map(({ name, readsBack }) => [name, readsBack === true]));
  const [slack, telegram] = [await aSlackOffice(), await aStage()];
  try {
    expect(slack.door().find !== undefined).toBe(saysSo.get("slack"));
    expect(telegram.door().find !== undefined).toBe(saysSo.get("telegram"));
  } finally {
    await slack.close();
    await telegram.close();
  }
});
