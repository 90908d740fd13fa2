import { environment, readConfig } from "../config.ts";
import { script } from "../platforms/terminal/options.ts";
import { inspectDatabase } from "../store/care.ts";
import { boot } from "./boot.ts";

// `npm run doctor`: everything that can be looked at in the database, a line each; exit status 1 when something is wrong.
await script(async () => {
  const config = readConfig(environment());
  const { bot } = await boot(config);
  try {
    const { broken, outbox, troubled } = await bot.store.read(async (r) => ({
      broken: await r.audit.firstBroken(),
      outbox: await r.outbox.countByState(),
      troubled: await r.outbox.troubled(20),
    }));
    const findings = [
      ...inspectDatabase(config.databaseFile),
      {
        name: "audit log",
        ok: broken === null,
        detail: broken === null ? "the chain holds" : `row ${broken} was tampered with`,
      },
      {
        name: "deliveries",
        ok: outbox.failed + outbox.ambiguous === 0,
        detail: `${outbox.sent} sent, ${outbox.pending} waiting, ${outbox.failed} failed, ${outbox.ambiguous} in doubt`,
      },
    ];
    for (const { name, ok, detail } of findings) console.log(`${ok ? "ok  " : "BAD "} ${name}: ${detail}`);
    for (const { row, audience } of troubled)
      console.log(`     #${row.id} to ${audience}: ${row.title} — ${row.state}: ${row.lastError}`);
    return findings.every((finding) => finding.ok) ? 0 : 1;
  } finally {
    bot.store.close();
  }
});
