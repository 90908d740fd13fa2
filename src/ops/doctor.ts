import { readConfig } from "../config.ts";
import { databaseFindings, settingsFindings, troubledDeliveries } from "./examine.ts";
import { runAsProcess, script } from "./script.ts";

// `npm run doctor`: what can be looked at, a line each, with how to mend what is wrong; exit status 1 when anything is.
// It changes nothing and sends nothing. Platforms are asked only where their tokens are set.
export const doctor = script(async (_args, environment, { out }) => {
  const config = readConfig(environment);
  const findings = [...settingsFindings(), ...(await databaseFindings(config.databaseFile))];
  if (config.slack !== null) {
    const { probeSlack } = await import("../platforms/slack/probe.ts");
    findings.push(...(await probeSlack(config.slack)));
  }
  if (config.telegram !== null) {
    const { probeTelegram } = await import("../platforms/telegram/probe.ts");
    findings.push(...(await probeTelegram(config.telegram)));
  }
  for (const { name, ok, detail, mend } of findings)
    out(`${ok ? "ok  " : "BAD "} ${name}: ${detail}${mend ? `; ${mend}` : ""}\n`);
  for (const line of await troubledDeliveries(config.databaseFile)) out(`     ${line}\n`);
  return findings.every((finding) => finding.ok) ? 0 : 1;
});

if (import.meta.main) await runAsProcess(doctor);
