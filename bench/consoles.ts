import { roundsOf as roundsThrough } from "../src/delivery/rounds.ts";
import { webDoor } from "../src/platforms/web/door.ts";
import { officeConsole } from "../src/platforms/web/office-console.ts";
import { walk } from "../src/scheduler/walk.ts";
import { benchOffice } from "./office.ts";
import { type Finding, median, roundsOf, type Size, takingTurns } from "./side-by-side.ts";

const CONSOLES = 200;
/** Longer than the pages wait between two looks. */
const LOOKED_MS = 400;

/** CPU of an order that is given on the console, until its pages are told, with two hundred other pages open and with none. */
export async function consoles(size: Size): Promise<Finding[]> {
  const { bot, close } = await benchOffice();
  let orders = 0;
  const rounds = roundsThrough(bot, [webDoor(bot)], () => {});
  // Nobody gives orders as fast as that: for the flood rule ten seconds lie between two.
  const service = officeConsole(bot, { rounds, walk, machineNow: () => orders * 10_000 });
  const people = await bot.store.read((r) => r.people.all());
  const office = people.find(({ role }) => role === "office")?.id ?? null;
  const others = people.filter(({ id }) => id !== office);
  const orderWith = async (crowd: number) => {
    const closing = new AbortController();
    const page = (key: string, persona: number | null) =>
      service.subscribe({ key, persona }, () => undefined, closing.signal);
    page("mine", office);
    for (let i = 0; i < crowd; i++) page(`page ${i}`, others[i % others.length]?.id ?? null);
    const order = async () => {
      orders += 1;
      const text = `交办 海安 “工地裸土未覆盖之${orders}” 3个工作日`;
      await service.say({ key: "mine", persona: office }, { id: `order-${orders}`, text });
      await new Promise((resolve) => setTimeout(resolve, LOOKED_MS));
    };
    // The first one tells each page whose it is.
    await order();
    const before = process.cpuUsage();
    await order();
    const { user, system } = process.cpuUsage(before);
    closing.abort();
    return (user + system) / 1000;
  };
  const cpu = await takingTurns(
    () => orderWith(CONSOLES),
    () => orderWith(0),
    roundsOf(size, 2, 8),
  );
  close();
  return [
    {
      name: `CPU of an order: ${CONSOLES} other pages open against none`,
      aim: 2,
      unit: "ms",
      ours: median(cpu.ours),
      reference: median(cpu.reference),
    },
  ];
}
