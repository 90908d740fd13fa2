import type { AnOffice } from "./office.ts";

/** Takes the demonstration's enterprises off the emergency list: a test that counts has a list of its own. */
export const withoutListed = ({ bot }: Pick<AnOffice, "bot">): Promise<void> =>
  bot.store.write(async ({ enterprises }) => {
    for (const { id } of await enterprises.listed(DAY)) await enterprises.change(id, { endedOn: BEFORE });
  });

const [BEFORE, DAY] = ["2020-01-01", "2020-01-02"];
