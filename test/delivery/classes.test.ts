import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DeliveryClass } from "../../src/store/outbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { anUnsteadyPlatform, type Event } from "./unsteady.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

/** What happens to the requests of one delivery one after another; afterwards all goes well. */
const after =
  (...events: Event[]) =>
  () =>
    events.shift() ?? "accepted";

type Row = [
  kind: DeliveryClass,
  readsBack: "always" | "never",
  events: Event[],
  end: { posts: number; standing: number; state: string },
];
const sent = (posts: number, standing = 1) => ({ posts, standing, state: "sent" });
const listed = (posts: number, standing: number) => ({ posts, standing, state: "ambiguous" });

/** The promise of each class when nobody knows whether a message arrived. */
const promises: Row[] = [
  // Where the chat can be read back, doubt is resolved by looking, whatever the class.
  ["card", "always", ["arrived"], sent(1)],
  ["card", "always", ["lost"], sent(2)],
  ["must-arrive", "always", ["arrived"], sent(1)],
  ["must-arrive", "always", ["lost"], sent(2)],
  ["must-not-repeat", "always", ["arrived"], sent(1)],
  ["must-not-repeat", "always", ["lost"], sent(2)],
  ["must-not-repeat", "always", ["killed after arrival"], sent(1)],
  ["must-not-repeat", "always", ["killed before arrival"], sent(2)],
  ["must-not-repeat", "always", ["lost", "killed before arrival", "arrived"], sent(3)],
  // Where it can't, a card and what must arrive are sent once more, and no third time.
  ["card", "never", ["arrived"], sent(2, 2)],
  ["card", "never", ["lost"], sent(2)],
  ["must-arrive", "never", ["arrived"], sent(2, 2)],
  ["must-arrive", "never", ["lost"], sent(2)],
  ["must-arrive", "never", ["lost", "lost"], listed(2, 0)],
  ["must-arrive", "never", ["arrived", "killed after arrival"], listed(2, 2)],
  // What must not be repeated is left to people at the first doubt.
  ["must-not-repeat", "never", ["arrived"], listed(1, 1)],
  ["must-not-repeat", "never", ["lost"], listed(1, 0)],
  ["must-not-repeat", "never", ["killed before arrival"], listed(1, 0)],
  ["must-not-repeat", "never", ["later", "unreachable", "throws", "arrived"], listed(4, 1)],
];

describe("nobody knows whether it arrived", () => {
  test.each(promises)("%s, chat read back %s: %j → %j", async (kind, readsBack, events, end) => {
    const platform = await anUnsteadyPlatform(office, after(...events), readsBack);
    const id = await platform.queue("1", kind);
    await platform.toTheEnd();
    const [row] = await platform.rows();
    expect({
      posts: platform.posts.get(id),
      standing: platform.standing.get(id) ?? 0,
      state: row?.state,
    }).toEqual(end);
  });
});

test.each(["card", "must-arrive", "must-not-repeat"] as const)(
  "%s: what certainly did not arrive is tried five times and then given up, what is refused at once",
  async (kind) => {
    const down = await anUnsteadyPlatform(office, () => "unreachable", "never");
    const [tried] = [await down.queue("1", kind)];
    await down.toTheEnd();
    expect([down.posts.get(tried), (await down.rows())[0]?.state]).toEqual([5, "failed"]);
    const refuses = await anUnsteadyPlatform(office, () => "failed", "never");
    const refused = await refuses.queue("2", kind);
    await refuses.toTheEnd();
    expect([refuses.posts.get(refused), (await refuses.rows())[0]?.state]).toEqual([1, "failed"]);
  },
);

test("a platform that can't be read back for a while is asked again, and nothing is sent meanwhile", async () => {
  const platform = await anUnsteadyPlatform(office, after("arrived"), "fitfully");
  const id = await platform.queue("1", "must-not-repeat");
  await platform.toTheEnd();
  expect([platform.posts.get(id), (await platform.rows())[0]?.state]).toEqual([1, "sent"]);
});
