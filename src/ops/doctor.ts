import { readConfig } from "../config.ts";
import { fetchThroughProxy } from "../platforms/kit/proxy.ts";
import { consoleFinding, databaseFindings, settingsFindings, troubledDeliveries } from "./examine.ts";
import { packFinding } from "./pack-templates.ts";
import { runAsProcess, script } from "./script.ts";

// `npm run doctor`: what can be looked at, a line each, with how to mend what is wrong; exit status 1 when anything is.
// It changes nothing and sends nothing. Platforms are asked only where they are configured.
export const doctor = script(async (_args, environment, { out }) => {
  const config = readConfig(environment);
  const guides: string[] = [];
  const findings = [
    ...settingsFindings(),
    consoleFinding(config),
    await packFinding(config.plan),
    ...(await databaseFindings(config.databaseFile)),
  ];
  for (const { provider, settings } of config.platforms) {
    const found = await provider.probe(settings);
    findings.push(...found);
    if (found.some(({ ok }) => !ok)) guides.push(provider.guide);
  }
  for (const { name, ok, detail, mend } of findings)
    out(`${ok ? "ok  " : "BAD "} ${name}: ${detail}${mend ? `; ${mend}` : ""}\n`);
  for (const guide of guides) out(`     see ${guide}\n`);
  for (const line of await troubledDeliveries(config.databaseFile)) out(`     ${line}\n`);
  return findings.every((finding) => finding.ok) ? 0 : 1;
});

if (import.meta.main)
  await runAsProcess((args, environment, io) => {
    fetchThroughProxy(environment);
    return doctor(args, environment, io);
  });
