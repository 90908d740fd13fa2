import { deliverDue } from "../src/delivery/worker.ts";
import { webDoor } from "../src/platforms/web/door.ts";
import { walk } from "../src/scheduler/walk.ts";
import { benchOffice } from "./office.ts";
import { type Finding, type Size, sized, timed } from "./side-by-side.ts";

/** The office's clock walked over 2020, as `play` does: every slot worked off, every delivery put into its conversation. */
export async function yearOfPlay(size: Size): Promise<Finding[]> {
  const { bot, close } = await benchOffice();
  const { timeZone } = bot.office.pack;
  const from = Temporal.PlainDateTime.from("2020-01-01T00:00").toZonedDateTime(timeZone).toInstant();
  const to = Temporal.PlainDateTime.from(sized(size, "2020-12-31T23:59:59", "2020-01-31T23:59:59"))
    .toZonedDateTime(timeZone)
    .toInstant();
  let delivered = 0;
  const took = await timed(() =>
    walk(bot, from, to, async (there) => {
      delivered += await deliverDue(there, [webDoor(there)]);
    }),
  );
  close();
  return [
    { name: `play, ${sized(size, "the whole of 2020", "January 2020")}`, unit: "s", ours: took / 1000 },
    { name: `play, ${delivered} deliveries`, unit: "per s", ours: delivered / (took / 1000) },
  ];
}
