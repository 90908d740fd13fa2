import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../config.ts";
import { deliveryDocument } from "../delivery/document/delivery-document.ts";
import { boot } from "./boot.ts";

// Draws docs/delivery.md by sending messages in a demonstration office: `npm run docs:delivery`. A test fails when it is out
// of date.
const folder = mkdtempSync(join(tmpdir(), "lantian-delivery-"));
try {
  const { bot } = await boot(readConfig({ DATABASE_URL: join(folder, "lantian.db"), LANTIAN_DEMO: "1" }));
  const person = await bot.store.read((r) => r.people.byName("海安联络员"));
  if (person === null) throw new Error("the demonstration has no liaison");
  writeFileSync(join(import.meta.dirname, "../../docs/delivery.md"), await deliveryDocument(bot, person));
  bot.store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
